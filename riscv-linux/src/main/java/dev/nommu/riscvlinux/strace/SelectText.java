package dev.nommu.riscvlinux.strace;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The arguments and the result of {@code pselect6}. */
final class SelectText {
  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** RLIMIT_NOFILE. */
  private static final long MOST_FILES = 1024;

  private static final int TIMEOUT = 4;

  private SelectText() {}

  /** Returns the descriptors in a set. */
  static String set(TracedCall call, long address) {
    return descriptors(call, address)
        .map(listed -> "[" + listed + "]")
        .orElse(Argument.pointer(address));
  }

  private static Optional<String> descriptors(TracedCall call, long address) {
    int count = (int) Math.clamp(call.argument(0), 0, MOST_FILES);
    long bytes = (count + Long.SIZE - 1L) / Long.SIZE * Long.BYTES;
    return call.memory(address, bytes)
        .map(bits ->
            IntStream.range(0, count)
                .filter(i -> (bits.getAtIndex(WORD, i / Long.SIZE) >>> i % Long.SIZE & 1) != 0)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" ")));
  }

  /** Returns a signal mask, from a pointer to its address and size. */
  static String mask(TracedCall call, long address) {
    return Structures.at(
        call,
        address,
        2 * Long.BYTES,
        pair ->
            "{sigmask=%s, sigsetsize=%d}"
                .formatted(
                    Structures.signals(call, pair.getAtIndex(WORD, 0)), pair.getAtIndex(WORD, 1)));
  }

  /**
   * Returns the number of descriptors left in the sets, the descriptors, and the remaining time.
   */
  static String result(TracedCall call) {
    long ready = call.result().orElseThrow();
    if (ready == 0) {
      return "0 (Timeout)";
    }
    StringJoiner left = new StringJoiner(", ", ready + " (", ")");
    String[] names = {"in", "out", "except"};
    for (int i = 0; i < names.length; i++) {
      String listed = descriptors(call, call.argument(i + 1)).orElse("");
      if (!listed.isEmpty()) {
        left.add("%s [%s]".formatted(names[i], listed));
      }
    }
    if (call.argument(TIMEOUT) != 0) {
      left.add("left " + Structures.timespec(call, call.argument(TIMEOUT)));
    }
    return left.toString();
  }
}
