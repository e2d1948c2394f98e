package dev.nommu.api;

import java.util.List;
import java.util.Map;

/**
 * A plugin's header of the Linux user-space API: the names of constants and ioctls for its files.
 * Scenarios parse and print them; the kernel never asks.
 *
 * <p>Stateless; found by {@link java.util.ServiceLoader}. Methods may be added, each with a
 * default.
 *
 * @since 0.1.0
 */
public interface UapiHeader {
  /**
   * Returns the name of the header in an include, such as {@code "mtd/mtd-abi.h"}, even if no such
   * file exists.
   */
  String name();

  /** Returns the values of constants other than ioctls by their names in C; by default none. */
  default Map<String, Long> constants() {
    return Map.of();
  }

  /** Returns the ioctls; by default none. */
  default List<IoctlCommand> ioctls() {
    return List.of();
  }
}
