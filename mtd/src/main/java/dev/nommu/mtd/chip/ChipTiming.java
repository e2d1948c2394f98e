package dev.nommu.mtd.chip;

/**
 * How long a chip's operations take, as binary exponents.
 *
 * @param word to program a word, 2^n µs
 * @param buffer to program a write buffer, 2^n µs
 * @param block to erase a block, 2^n ms
 * @param longestWord the longest time in typical times, 2^n
 * @param longestBuffer the same of a write buffer
 * @param longestBlock the same of a block
 */
public record ChipTiming(
    int word, int buffer, int block, int longestWord, int longestBuffer, int longestBlock) {
  private static final long NANOS_PER_MICRO = 1000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Returns nanoseconds. */
  long toProgramWord() {
    return NANOS_PER_MICRO << word;
  }

  /** Returns nanoseconds. */
  long toProgramBuffer() {
    return NANOS_PER_MICRO << buffer;
  }

  /** Returns nanoseconds. */
  long toEraseBlock() {
    return NANOS_PER_MILLI << block;
  }

  /** Returns the eight bytes of the query table: typical times and multipliers; no chip erasure. */
  int[] exponents() {
    return new int[] {word, buffer, block, 0, longestWord, longestBuffer, longestBlock, 0};
  }
}
