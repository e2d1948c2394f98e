package dev.nommu.mtd;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PointedRange;
import dev.nommu.mtd.CfiQuery.Duration;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Flash chips with the AMD command set, driven as by {@code cfi_cmdset_0002} (rules FLASH-04 to
 * FLASH-07, FLASH-09). They cannot be pointed and have no changeable locks (MTD-14). Requests are
 * carried out one at a time, but a read suspends the erasure of another block ({@link
 * EraseOperation}). After an operation the chips return to array mode by themselves.
 */
final class AmdFlash implements MtdOperations {
  private static final long UNLOCK_1 = 0x555;
  private static final long UNLOCK_2 = 0x2aa;
  private static final int RESET = 0xf0;
  private static final int WRITE_BUFFER = 0x25;
  private static final int PROGRAM_BUFFER = 0x29;
  private static final int ERASE_SETUP = 0x80;
  private static final int ERASE_BLOCK = 0x30;
  private static final int SUSPEND = 0xb0;
  private static final int RESUME = 0x30;
  private static final int ERASE_SUSPEND_FEATURE = 0x300;
  private static final int ATTEMPTS = 4;

  private final CfiBus bus;
  private final CfiQuery query;
  private final EraseBlocks blocks;
  private final Delay delay;
  private final EraseOperation erasure;

  AmdFlash(CfiBus bus, CfiQuery query, EraseBlocks blocks, Delay delay) {
    this.bus = bus;
    this.query = query;
    this.blocks = blocks;
    this.delay = delay;
    this.erasure = new EraseOperation(bus, new Suspension(), delay);
  }

  /** The commands that suspend an erasure so that other blocks can be read. */
  private final class Suspension implements EraseOperation.Chips {
    @Override
    public boolean canSuspend() {
      return (query.features() & ERASE_SUSPEND_FEATURE) != 0;
    }

    @Override
    public void suspend(long block) {
      bus.command(block / bus.width(), SUSPEND);
    }

    /**
     * A value that does not toggle is not status; chips whose erasure has failed toggle forever.
     */
    @Override
    public boolean showsArray(long block, long offset) {
      long address = offset / bus.width();
      long before = bus.read(address);
      return bus.read(address) == before;
    }

    @Override
    public void resume(long block) {
      bus.command(block / bus.width(), RESUME);
    }
  }

  @Override
  public void read(MemorySegment into, long offset) {
    if (!erasure.read(into, offset)) {
      readArray(into, offset);
    }
  }

  private synchronized void readArray(MemorySegment into, long offset) {
    reset();
    bus.copy(offset, into);
  }

  @Override
  public synchronized void write(MemorySegment from, long offset) throws ErrnoException {
    for (FlashChunk chunk : FlashChunk.of(from, offset, query.bufferSize() * bus.chips())) {
      program(chunk);
    }
  }

  @Override
  public synchronized void erase(long offset, long length) throws ErrnoException {
    for (EraseRegion block : blocks.in(offset, length)) {
      eraseBlock(block);
    }
  }

  @Override
  public Optional<PointedRange> point(long offset, long length) {
    return Optional.empty();
  }

  /** Programs words, skipping those that already hold their datum (rule FLASH-05). */
  private void program(FlashChunk chunk) throws ErrnoException {
    reset();
    long first = chunk.firstWord(bus.width());
    long[] data = new long[(int) chunk.words(bus.width())];
    boolean changes = false;
    for (int index = 0; index < data.length; index++) {
      long current = bus.read(first + index);
      data[index] = chunk.word(first + index, bus.width(), current);
      changes |= data[index] != current;
    }
    if (changes) {
      program(first, data);
    }
  }

  private void program(long first, long[] data) throws ErrnoException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      unlock();
      bus.command(first, WRITE_BUFFER);
      bus.command(first, data.length - 1);
      for (int index = 0; index < data.length; index++) {
        bus.write(first + index, data[index]);
      }
      bus.command(first, PROGRAM_BUFFER);
      long last = first + data.length - 1;
      if (appears(last, data[data.length - 1], query.program())) {
        return;
      }
      reset();
    }
    throw failed("program", first);
  }

  private void eraseBlock(EraseRegion block) throws ErrnoException {
    long first = block.offset() / bus.width();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (eraseOnce(block, first)) {
        return;
      }
      reset();
    }
    throw failed("erase", first);
  }

  private boolean eraseOnce(EraseRegion block, long first) {
    erasure.begin(
        block,
        () -> {
          unlock();
          bus.command(UNLOCK_1, ERASE_SETUP);
          unlock();
          bus.command(first, ERASE_BLOCK);
        });
    try {
      return appears(first, ones(), query.erase());
    } finally {
      erasure.end();
    }
  }

  /** Waits until two consecutive reads return the expected word, or for the longest time. */
  private boolean appears(long address, long word, Duration duration) {
    long step = Math.max(1, duration.typical() / 2);
    for (long waited = 0; waited <= duration.longest(); waited += step) {
      if (erasure.look(() -> shows(address, word))) {
        return true;
      }
      delay.nanos(step);
    }
    return false;
  }

  private boolean shows(long address, long word) {
    long before = bus.read(address);
    return bus.read(address) == before && before == word;
  }

  private long ones() {
    return bus.width() == Long.BYTES ? -1 : (1L << (8 * bus.width())) - 1;
  }

  private void unlock() {
    bus.command(UNLOCK_1, 0xaa);
    bus.command(UNLOCK_2, 0x55);
  }

  /** Resets the chips, even after a failed write to buffer. */
  private void reset() {
    unlock();
    bus.command(UNLOCK_1, RESET);
  }

  private ErrnoException failed(String action, long address) {
    return new ErrnoException(
        Errno.EIO,
        "%s of flash at 0x%x: the expected word did not appear"
            .formatted(action, address * bus.width()));
  }
}
