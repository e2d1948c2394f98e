package dev.nommu.mtd.chip;

import dev.nommu.api.DeviceWindow;
import dev.nommu.mtd.chip.BlockLayout.Block;
import dev.nommu.mtd.chip.NorArray.Lane;
import dev.nommu.mtd.power.PowerSupply;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Identical NOR flash chips side by side on a bus, as one window: every chip receives each command
 * and supplies its part of each word (the interleave of {@code cfi.h}).
 *
 * <p>{@link #memory} is present while all chips show their arrays. It is read-only: a store is a
 * command to the chips and goes through {@link #store}, whatever they show.
 */
public final class NorBank implements DeviceWindow {
  private static final long CYCLE_NANOS = 100;

  private final MemorySegment view;
  private final int bankWidth;
  private final int chipWidth;
  private final List<NorArray> arrays = new ArrayList<>();
  private final List<NorChip> chips = new ArrayList<>();
  private final ChipTime time;

  /** Creates chips whose power never fails. */
  public NorBank(NorPart part, MemorySegment memory, int bankWidth, int chipWidth, ChipTime time) {
    this(part, memory, bankWidth, chipWidth, time, PowerSupply.STEADY);
  }

  /**
   * Creates the chips in their power-up state.
   *
   * @param part the kind of chip
   * @param memory their contents; its size is a power of two times {@code bankWidth}
   * @param bankWidth bytes in a word of the bus
   * @param chipWidth bytes in a word of a chip, 1 or 2; a divisor of {@code bankWidth}
   * @param power queried before each change of a cell
   */
  public NorBank(
      NorPart part,
      MemorySegment memory,
      int bankWidth,
      int chipWidth,
      ChipTime time,
      PowerSupply power) {
    this.view = memory.asReadOnly();
    this.bankWidth = bankWidth;
    this.chipWidth = chipWidth;
    this.time = time;
    long chipSize = memory.byteSize() * chipWidth / bankWidth;
    BlockLayout layout = part.layout(chipSize);
    CfiTable query = new CfiTable(part, chipWidth, Long.numberOfTrailingZeros(chipSize), layout);
    for (int first = 0; first < bankWidth; first += chipWidth) {
      NorArray array = new NorArray(memory, new Lane(first, chipWidth, bankWidth), layout, power);
      arrays.add(array);
      chips.add(
          switch (part.commandSet()) {
            case INTEL_EXTENDED -> new IntelChip(array, part, query, time);
            case AMD_STANDARD -> new AmdChip(array, part, query, time);
          });
    }
  }

  /**
   * The erase count of an erase block since the chips left the factory.
   *
   * @param offset bytes from the start of the bank
   * @param size bytes
   * @param erasures the count of the chip with the most erasures
   */
  public record Wear(long offset, long size, int erasures) {}

  /** Returns the wear of all blocks, in order. */
  public synchronized List<Wear> wear() {
    return arrays.getFirst().blocks().stream().map(this::wear).toList();
  }

  private Wear wear(Block block) {
    int side = arrays.size();
    int most = arrays.stream().mapToInt(array -> array.erasures(block)).max().orElseThrow();
    return new Wear(block.start() * side, block.size() * side, most);
  }

  @Override
  public long size() {
    return view.byteSize();
  }

  @Override
  public synchronized Optional<MemorySegment> memory() {
    return chips.stream().allMatch(NorChip::isReadingArray) ? Optional.of(view) : Optional.empty();
  }

  @Override
  public synchronized long load(long offset, int width) {
    long value = 0;
    for (long at = offset; at < offset + width; at = nextWord(at)) {
      int shift = (int) (at % bankWidth);
      int bytes = (int) (Math.min(nextWord(at), offset + width) - at);
      long word = readCycle(at / bankWidth, enabled(shift, bytes));
      value |= ((word >>> (8 * shift)) & mask(bytes)) << (8 * (at - offset));
    }
    return value;
  }

  @Override
  public synchronized void store(long offset, int width, long value) {
    for (long at = offset; at < offset + width; at = nextWord(at)) {
      int shift = (int) (at % bankWidth);
      int bytes = (int) (Math.min(nextWord(at), offset + width) - at);
      long enabled = enabled(shift, bytes);
      long data = (value >>> (8 * (at - offset))) << (8 * shift);
      writeCycle(at / bankWidth, enabled, (data & enabled) | ~enabled);
    }
  }

  private long nextWord(long offset) {
    return offset - offset % bankWidth + bankWidth;
  }

  /** The bus lines that carry this many bytes, starting at a byte of the word. */
  private static long enabled(int shift, int bytes) {
    return mask(bytes) << (8 * shift);
  }

  private static long mask(int bytes) {
    return bytes == Long.BYTES ? -1 : (1L << (8 * bytes)) - 1;
  }

  private long readCycle(long address, long enabled) {
    time.delay(CYCLE_NANOS);
    long word = 0;
    for (int index = 0; index < chips.size(); index++) {
      if (isEnabled(index, enabled)) {
        word |= (chips.get(index).read(address) & mask(chipWidth)) << shift(index);
      }
    }
    return word;
  }

  /** Lines of a chip that are not driven are pulled up. */
  private void writeCycle(long address, long enabled, long word) {
    time.delay(CYCLE_NANOS);
    for (int index = 0; index < chips.size(); index++) {
      if (isEnabled(index, enabled)) {
        chips.get(index).write(address, (int) ((word >>> shift(index)) & mask(chipWidth)));
      }
    }
  }

  private boolean isEnabled(int chip, long enabled) {
    return ((enabled >>> shift(chip)) & mask(chipWidth)) != 0;
  }

  private int shift(int chip) {
    return 8 * chipWidth * chip;
  }
}
