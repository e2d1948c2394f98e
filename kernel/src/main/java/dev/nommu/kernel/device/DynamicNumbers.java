package dev.nommu.kernel.device;

import dev.nommu.api.DeviceFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Allocates numbers for drivers that request none in particular. Not safe for concurrent use. */
final class DynamicNumbers {
  /** The number of minors of a major. */
  static final int LIMIT = 1 << 20;

  private final Map<Object, Integer> next = new HashMap<>();

  /**
   * An allocated number.
   *
   * @param group the numbered group
   */
  record Given(Object group, int number) {}

  /** Checks whether a major is used. */
  interface Used {
    boolean isTaken(DeviceFile.Kind kind, int major);
  }

  /** Returns the first unused major in the order Linux tries them; EBUSY if there is none. */
  static int major(DeviceFile.Kind kind, Used used) throws ErrnoException {
    return inOrder(kind)
        .filter(major -> !used.isTaken(kind, major))
        .findFirst()
        .orElseThrow(() ->
            new ErrnoException(
                Errno.EBUSY, "allocate a major of a %s device: none is free".formatted(kind)));
  }

  private static IntStream inOrder(DeviceFile.Kind kind) {
    return switch (kind) {
      case CHARACTER -> IntStream.concat(down(254, 234), down(511, 384));
      case BLOCK -> down(254, 1);
    };
  }

  private static IntStream down(int first, int last) {
    return IntStream.iterate(first, major -> major >= last, major -> major - 1);
  }

  /**
   * Returns the numbers of a group from 0 on, one per call; EBUSY after the last one.
   *
   * @param group the numbered group; named in messages
   */
  int next(Object group) throws ErrnoException {
    int number = next.getOrDefault(group, 0);
    if (number == LIMIT) {
      throw new ErrnoException(Errno.EBUSY, "number of %s: none is free".formatted(group));
    }
    next.put(group, number + 1);
    return number;
  }

  /** Resumes at the lowest of these numbers at the latest; numbers still taken are skipped. */
  void giveBack(List<Given> numbers) {
    numbers.forEach(each -> next.merge(each.group(), each.number(), Math::min));
  }
}
