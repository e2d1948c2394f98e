package dev.nommu.mtd;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PointedRange;
import dev.nommu.mtd.CfiQuery.Duration;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * Flash chips with the Intel command set, driven as by {@code cfi_cmdset_0001} (rules FLASH-05 to
 * FLASH-11).
 *
 * <p>Requests are carried out one at a time, but a read suspends the erasure of another block
 * ({@link EraseOperation}). After programming, erasing and locking the chips stay in status mode:
 * loads from their addresses see the status until the next read (FLASH-08).
 *
 * <p>While a range is pointed, the chips stay in array mode, and requests that would leave it fail
 * with EBUSY. In Linux such a request sleeps uninterruptibly until the last unpoint; with a single
 * task, which itself holds the mount, that is forever. Such a sleep is a defect of Linux, not a
 * rule, so here the caller gets an error. Any number of ranges may be pointed, and closing a file
 * does not access the chips.
 */
final class IntelFlash implements MtdOperations, BlockLocks {
  private static final int READ_ARRAY = 0xff;
  private static final int READ_IDENTIFIER = 0x90;
  private static final int CLEAR_STATUS = 0x50;
  private static final int WRITE_BUFFER = 0xe8;
  private static final int ERASE = 0x20;
  private static final int SUSPEND = 0xb0;
  private static final int READ_STATUS = 0x70;
  private static final int LOCK_SETUP = 0x60;
  private static final int LOCK = 0x01;
  private static final int CONFIRM = 0xd0;
  private static final int READY = 0x80;
  private static final int ERASE_ERROR = 0x20;
  private static final int PROGRAM_ERROR = 0x10;
  private static final int VOLTAGE_LOW = 0x08;
  private static final int BLOCK_LOCKED = 0x02;
  private static final int LOCK_STATUS = 2;
  private static final int ERASE_SUSPEND_FEATURE = 1 << 1;
  private static final int ATTEMPTS = 4;

  private final CfiBus bus;
  private final CfiQuery query;
  private final EraseBlocks blocks;
  private final long address;
  private final Delay delay;
  private final EraseOperation erasure;
  private int pointed;

  /**
   * Creates the driver of chips.
   *
   * @param address the physical address of their window
   */
  IntelFlash(CfiBus bus, CfiQuery query, EraseBlocks blocks, long address, Delay delay) {
    this.bus = bus;
    this.query = query;
    this.blocks = blocks;
    this.address = address;
    this.delay = delay;
    this.erasure = new EraseOperation(bus, new Suspension(), delay);
  }

  /** The commands that suspend an erasure; the chips then show what they are asked for. */
  private final class Suspension implements EraseOperation.Chips {
    @Override
    public boolean canSuspend() {
      return (query.features() & ERASE_SUSPEND_FEATURE) != 0;
    }

    @Override
    public void suspend(long block) {
      bus.command(block / bus.width(), SUSPEND);
      bus.command(block / bus.width(), READ_STATUS);
    }

    @Override
    public boolean showsArray(long block, long offset) {
      boolean ready = bus.allHave(bus.read(block / bus.width()), READY);
      if (ready) {
        bus.command(0, READ_ARRAY);
      }
      return ready;
    }

    @Override
    public void resume(long block) {
      bus.command(block / bus.width(), CONFIRM);
      bus.command(block / bus.width(), READ_STATUS);
    }
  }

  @Override
  public void read(MemorySegment into, long offset) {
    if (!erasure.read(into, offset)) {
      readArray(into, offset);
    }
  }

  private synchronized void readArray(MemorySegment into, long offset) {
    bus.command(0, READ_ARRAY);
    bus.copy(offset, into);
  }

  @Override
  public synchronized void write(MemorySegment from, long offset) throws ErrnoException {
    checkNotPointed("program", offset);
    for (FlashChunk chunk : FlashChunk.of(from, offset, query.bufferSize() * bus.chips())) {
      program(chunk);
    }
  }

  @Override
  public synchronized void erase(long offset, long length) throws ErrnoException {
    checkNotPointed("erase", offset);
    for (EraseRegion block : blocks.in(offset, length)) {
      eraseBlock(block);
    }
  }

  @Override
  public synchronized Optional<PointedRange> point(long offset, long length) {
    bus.command(0, READ_ARRAY);
    pointed++;
    return Optional.of(PointedRange.at(address + offset, this::unpoint));
  }

  private synchronized void unpoint() {
    pointed--;
  }

  @Override
  public Optional<BlockLocks> locks() {
    return Optional.of(this);
  }

  @Override
  public synchronized void lock(long offset, long length) throws ErrnoException {
    changeLocks(offset, length, LOCK, query.program());
  }

  /** Unlocks blocks; on chips with persistent lock bits, all blocks. */
  @Override
  public synchronized void unlock(long offset, long length) throws ErrnoException {
    changeLocks(offset, length, CONFIRM, query.erase());
  }

  @Override
  public synchronized boolean isLocked(long offset, long length) throws ErrnoException {
    checkNotPointed("islocked", offset);
    boolean locked = false;
    List<EraseRegion> asked = blocks.in(offset, length);
    bus.command(0, READ_IDENTIFIER);
    for (EraseRegion block : asked) {
      locked |= bus.anyHas(bus.read(block.offset() / bus.width() + LOCK_STATUS), 1);
    }
    bus.command(0, READ_ARRAY);
    return locked;
  }

  private void program(FlashChunk chunk) throws ErrnoException {
    long first = chunk.firstWord(bus.width());
    long words = chunk.words(bus.width());
    bus.command(first, CLEAR_STATUS);
    bus.command(first, WRITE_BUFFER);
    await(first, query.program());
    bus.command(first, words - 1);
    for (long index = 0; index < words; index++) {
      bus.write(first + index, chunk.word(first + index, bus.width(), -1L));
    }
    bus.command(first, CONFIRM);
    checkProgrammed(await(first, query.program()), chunk.offset());
  }

  private void checkProgrammed(long status, long offset) throws ErrnoException {
    if (bus.anyHas(status, BLOCK_LOCKED)) {
      throw failed(Errno.EROFS, "program", offset, "the block is locked");
    }
    if (bus.anyHas(status, VOLTAGE_LOW)) {
      throw failed(Errno.EIO, "program", offset, "the programming voltage is low");
    }
    if (bus.anyHas(status, PROGRAM_ERROR)) {
      throw failed(Errno.EINVAL, "program", offset, "the chip rejected it");
    }
  }

  private void eraseBlock(EraseRegion block) throws ErrnoException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long status = eraseOnce(block);
      checkEraseSequence(status, block.offset());
      if (!bus.anyHas(status, ERASE_ERROR)) {
        return;
      }
    }
    throw failed(Errno.EIO, "erase", block.offset(), "the block failed to erase");
  }

  private long eraseOnce(EraseRegion block) throws ErrnoException {
    long first = block.offset() / bus.width();
    erasure.begin(
        block,
        () -> {
          bus.command(first, CLEAR_STATUS);
          bus.command(first, ERASE);
          bus.command(first, CONFIRM);
        });
    try {
      return await(first, query.erase());
    } finally {
      erasure.end();
    }
  }

  private void checkEraseSequence(long status, long block) throws ErrnoException {
    if (bus.anyHas(status, ERASE_ERROR) && bus.anyHas(status, PROGRAM_ERROR)) {
      throw failed(Errno.EINVAL, "erase", block, "bad command sequence");
    }
    if (bus.anyHas(status, BLOCK_LOCKED)) {
      throw failed(Errno.EROFS, "erase", block, "the block is locked");
    }
    if (bus.anyHas(status, VOLTAGE_LOW)) {
      throw failed(Errno.EIO, "erase", block, "the programming voltage is low");
    }
  }

  private void changeLocks(long offset, long length, int action, Duration duration)
      throws ErrnoException {
    checkNotPointed("lock or unlock", offset);
    for (EraseRegion block : blocks.in(offset, length)) {
      long first = block.offset() / bus.width();
      bus.command(first, LOCK_SETUP);
      bus.command(first, action);
      await(first, duration);
    }
  }

  /** Waits until all chips are ready and returns their status. */
  private long await(long first, Duration duration) throws ErrnoException {
    long step = Math.max(1, duration.typical() / 2);
    for (long waited = 0; waited <= duration.longest(); waited += step) {
      long status = erasure.look(() -> bus.read(first));
      if (bus.allHave(status, READY)) {
        return status;
      }
      delay.nanos(step);
    }
    throw failed(Errno.ETIME, "wait", first * bus.width(), "timed out: the chip is not ready");
  }

  private void checkNotPointed(String action, long offset) throws ErrnoException {
    if (pointed > 0) {
      throw failed(
          Errno.EBUSY, action, offset, "the chip is mapped (%d ranges pointed)".formatted(pointed));
    }
  }

  private static ErrnoException failed(Errno errno, String action, long offset, String why) {
    return new ErrnoException(errno, "%s of flash at 0x%x: %s".formatted(action, offset, why));
  }
}
