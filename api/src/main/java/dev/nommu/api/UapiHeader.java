package dev.nommu.api;

import java.util.List;
import java.util.Map;

/**
 * A plugin's header of Linux's user-space API: the names of the numbers and ioctls with which
 * programs use its files. The notation of scenarios reads and prints them; the kernel never asks.
 *
 * <p>Stateless; found by {@link java.util.ServiceLoader}. May come to have more methods, each with
 * a default.
 *
 * @since 0.1.0
 */
public interface UapiHeader {
  /**
   * Returns the header's name as a program includes it, such as {@code "mtd/mtd-abi.h"}; also for a
   * plugin that has no such file elsewhere.
   */
  String name();

  /** Returns the values of constants other than ioctls by their names in C; none unless it says. */
  default Map<String, Long> constants() {
    return Map.of();
  }

  /** Returns the ioctls, none unless it says. */
  default List<IoctlCommand> ioctls() {
    return List.of();
  }
}
