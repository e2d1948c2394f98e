package dev.nommu.mtd.chip;

/**
 * The durations of a chip's operations, as binary exponents.
 *
 * @param word to program a word, 2^n µs
 * @param buffer to program a write buffer, 2^n µs
 * @param block to erase a block, 2^n ms
 * @param longestWord the longest time to program a word, 2^n times the typical
 * @param longestBuffer the same for a write buffer
 * @param longestBlock the same for erasing a block
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
