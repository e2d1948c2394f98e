package dev.nommu.mtd;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PointedRange;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * ROM as an MTD: {@code map_rom} (rule MTD-15).
 *
 * @param memory the ROM
 * @param address its physical address
 */
record RomOperations(MemorySegment memory, long address) implements MtdOperations {
  @Override
  public void read(MemorySegment into, long offset) {
    into.copyFrom(memory.asSlice(offset, into.byteSize()));
  }

  @Override
  public void write(MemorySegment from, long offset) throws ErrnoException {
    throw new ErrnoException(Errno.EROFS, "write at 0x%x: the device is a ROM".formatted(offset));
  }

  @Override
  public void erase(long offset, long length) throws ErrnoException {
    throw new ErrnoException(Errno.EROFS, "erase at 0x%x: the device is a ROM".formatted(offset));
  }

  @Override
  public Optional<PointedRange> point(long offset, long length) {
    return Optional.of(PointedRange.at(address + offset));
  }
}
