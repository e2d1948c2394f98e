package dev.nommu.mtd;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Placement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.Optional;

/**
 * NOR flash as an MTD: bits are cleared by writing and set by erasing blocks (rules FLASH-05 and
 * FLASH-06).
 */
final class NorOperations implements MtdOperations, BlockLocks {
  private final MemorySegment memory;
  private final long address;
  private final long blockSize;
  private final BitSet locked = new BitSet();

  NorOperations(MemorySegment memory, long address, long blockSize) {
    this.memory = memory;
    this.address = address;
    this.blockSize = blockSize;
  }

  @Override
  public synchronized void read(MemorySegment into, long offset) {
    into.copyFrom(memory.asSlice(offset, into.byteSize()));
  }

  @Override
  public synchronized void write(MemorySegment from, long offset) throws ErrnoException {
    checkUnlocked(offset, from.byteSize());
    for (long index = 0; index < from.byteSize(); index++) {
      byte old = memory.get(ValueLayout.JAVA_BYTE, offset + index);
      byte datum = from.get(ValueLayout.JAVA_BYTE, index);
      memory.set(ValueLayout.JAVA_BYTE, offset + index, (byte) (old & datum));
    }
  }

  @Override
  public synchronized void erase(long offset, long length) throws ErrnoException {
    checkBlocks(offset, length);
    checkUnlocked(offset, length);
    memory.asSlice(offset, length).fill((byte) 0xff);
  }

  @Override
  public Placement point(long offset, long length) {
    return Placement.at(address + offset);
  }

  @Override
  public Optional<BlockLocks> locks() {
    return Optional.of(this);
  }

  @Override
  public synchronized void lock(long offset, long length) throws ErrnoException {
    checkBlocks(offset, length);
    locked.set(block(offset), block(offset + length));
  }

  @Override
  public synchronized void unlock(long offset, long length) throws ErrnoException {
    checkBlocks(offset, length);
    locked.clear(block(offset), block(offset + length));
  }

  @Override
  public synchronized boolean isLocked(long offset, long length) {
    int next = locked.nextSetBit(block(offset));
    return next >= 0 && next <= block(offset + length - 1);
  }

  private int block(long offset) {
    return (int) (offset / blockSize);
  }

  private void checkUnlocked(long offset, long length) throws ErrnoException {
    if (isLocked(offset, length)) {
      throw new ErrnoException(
          Errno.EROFS, "0x%x bytes at 0x%x: a block is locked".formatted(length, offset));
    }
  }

  private void checkBlocks(long offset, long length) throws ErrnoException {
    if (offset % blockSize != 0 || length % blockSize != 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "0x%x bytes at 0x%x: expected whole erase blocks of 0x%x bytes"
              .formatted(length, offset, blockSize));
    }
  }
}
