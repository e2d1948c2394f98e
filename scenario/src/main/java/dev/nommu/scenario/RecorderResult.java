package dev.nommu.scenario;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The recording program's output for one operation: {@code @INDEX RESULT KEY:NUMBER… =BYTES}, all
 * in hexadecimal.
 *
 * @param index the number of the operation
 * @param value the returned value
 * @param numbers further results by key: f a signal that interrupted it, d the wait status of its
 *     process, n no such process, x and y specific to the call
 * @param data the bytes it read
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record RecorderResult(int index, long value, Map<Character, Long> numbers, byte[] data) {
  private static final int MAX_ERRNO = 4095;

  /** Returns the result on a line; empty if the line is not about an operation. */
  static Optional<RecorderResult> parse(String line) {
    if (!line.matches("@[0-9a-f]+ .*")) {
      return Optional.empty();
    }
    String[] words = line.substring(1).split(" ", -1);
    Map<Character, Long> numbers =
        Stream.of(words)
            .skip(2)
            .filter(word -> word.indexOf(':') == 1)
            .collect(
                Collectors.toMap(
                    word -> word.charAt(0), word -> Long.parseUnsignedLong(word.substring(2), 16)));
    byte[] data =
        Stream.of(words)
            .filter(word -> word.startsWith("="))
            .findFirst()
            .map(word -> HexFormat.of().parseHex(word.substring(1)))
            .orElse(new byte[0]);
    return Optional.of(
        new RecorderResult(
            Integer.parseInt(words[0], 16), Long.parseUnsignedLong(words[1], 16), numbers, data));
  }

  Optional<Long> number(char key) {
    return Optional.ofNullable(numbers.get(key));
  }

  boolean isError() {
    return value < 0 && value >= -MAX_ERRNO;
  }
}
