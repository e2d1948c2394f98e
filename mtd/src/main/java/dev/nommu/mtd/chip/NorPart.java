package dev.nommu.mtd.chip;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A kind of chip, as its data sheet describes it.
 *
 * @param commandSet its command set
 * @param manufacturer its identifier at address 0 in identifier mode
 * @param device its identifier at address 1
 * @param bootBlocks the number of equal blocks that replace the first block; 1 for none
 * @param bufferLog2 the binary logarithm of the write buffer's size in bytes
 * @param timing the durations of its operations
 * @param locking the kind of lock bits it has
 * @param extendedTable the address of the command set's table in query mode
 * @param extended the bytes of that table after its signature
 * @param endurance the number of times a block can be erased
 */
public record NorPart(
    CommandSet commandSet,
    int manufacturer,
    int device,
    int bootBlocks,
    int bufferLog2,
    ChipTiming timing,
    Locking locking,
    int extendedTable,
    List<Integer> extended,
    int endurance) {
  /** Intel StrataFlash 28F128J3: uniform blocks, lock bits that are cleared all together. */
  public static final NorPart STRATAFLASH_J3 =
      new NorPart(
          CommandSet.INTEL_EXTENDED,
          0x89,
          0x18,
          1,
          5,
          new ChipTiming(6, 7, 10, 2, 3, 2),
          Locking.PERSISTENT,
          0x31,
          List.of(0x31, 0x31, 0x8e, 0, 0, 0, 0x01, 0x01, 0, 0x33, 0, 0),
          100_000);

  /** Intel StrataFlash 28F256P30, bottom boot: four small blocks, locked at power-up. */
  public static final NorPart STRATAFLASH_P30 =
      new NorPart(
          CommandSet.INTEL_EXTENDED,
          0x89,
          0x891c,
          4,
          6,
          new ChipTiming(6, 9, 10, 1, 2, 2),
          Locking.VOLATILE,
          0x10a,
          List.of(0x31, 0x31, 0xa6, 0, 0, 0, 0x01, 0x03, 0, 0x18, 0x90, 0),
          100_000);

  /** Spansion S29GL256N: uniform sectors, the AMD command set. */
  public static final NorPart S29GL_N =
      new NorPart(
          CommandSet.AMD_STANDARD,
          0x01,
          0x227e,
          1,
          5,
          new ChipTiming(7, 7, 10, 3, 5, 4),
          Locking.NONE,
          0x40,
          List.of(0x31, 0x33, 0x10, 0x02, 0, 0, 0, 0, 0, 0x02, 0, 0, 0, 0),
          100_000);

  private static final Pattern AMD = Pattern.compile("(amd|spansion|cypress|macronix),.*");
  private static final Pattern P30 = Pattern.compile("(intel|numonyx|micron),.*[pP]30.*");
  private static final long BLOCK = 0x20000;

  /** Takes an immutable copy. */
  public NorPart {
    extended = List.copyOf(extended);
  }

  /**
   * Returns the part that a node's {@code compatible} strings name: {@link #S29GL_N} for a chip of
   * AMD, Spansion, Cypress or Macronix, {@link #STRATAFLASH_P30} for one of that family, otherwise
   * {@link #STRATAFLASH_J3}.
   */
  public static NorPart of(List<String> compatible) {
    if (compatible.stream().anyMatch(AMD.asMatchPredicate())) {
      return S29GL_N;
    }
    return compatible.stream().anyMatch(P30.asMatchPredicate()) ? STRATAFLASH_P30 : STRATAFLASH_J3;
  }

  /** Returns this part with another endurance. */
  public NorPart withEndurance(int erasures) {
    return new NorPart(
        commandSet,
        manufacturer,
        device,
        bootBlocks,
        bufferLog2,
        timing,
        locking,
        extendedTable,
        extended,
        erasures);
  }

  /**
   * Returns the blocks of a chip of this kind: 128 KiB each, or the whole chip if it is smaller.
   *
   * @param size bytes, a power of two
   */
  BlockLayout layout(long size) {
    long block = Math.min(BLOCK, size);
    int blocks = Math.toIntExact(size / block);
    if (bootBlocks == 1) {
      return new BlockLayout(List.of(new BlockRun(block, blocks)));
    }
    BlockRun boot = new BlockRun(block / bootBlocks, bootBlocks);
    return new BlockLayout(
        blocks == 1 ? List.of(boot) : List.of(boot, new BlockRun(block, blocks - 1)));
  }
}
