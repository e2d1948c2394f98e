package dev.nommu.mtd;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PointedRange;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * RAM as an MTD: {@code map_ram}, {@code phram} and {@code mtdram} (rule MTD-15).
 *
 * @param memory the RAM
 * @param address its physical address
 * @param eraseAlignment the alignment of an erase's offset and length, bytes; 1 for none
 */
record RamOperations(MemorySegment memory, long address, long eraseAlignment)
    implements MtdOperations {
  private static final byte ERASED = (byte) 0xff;

  @Override
  public void read(MemorySegment into, long offset) {
    into.copyFrom(memory.asSlice(offset, into.byteSize()));
  }

  @Override
  public void write(MemorySegment from, long offset) {
    memory.asSlice(offset, from.byteSize()).copyFrom(from);
  }

  @Override
  public void erase(long offset, long length) throws ErrnoException {
    if (offset % eraseAlignment != 0 || length % eraseAlignment != 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "erase of 0x%x bytes at 0x%x: expected multiples of the erase size 0x%x"
              .formatted(length, offset, eraseAlignment));
    }
    memory.asSlice(offset, length).fill(ERASED);
  }

  @Override
  public Optional<PointedRange> point(long offset, long length) {
    return Optional.of(PointedRange.at(address + offset));
  }
}
