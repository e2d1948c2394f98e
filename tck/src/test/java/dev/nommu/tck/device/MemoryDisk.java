package dev.nommu.tck.device;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.BlockDevice;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PointedRange;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** A disk that is memory, and does everything right. */
class MemoryDisk implements BlockDevice {
  final MemorySegment memory;
  final long address;

  MemoryDisk(MemorySegment memory, long address) {
    this.memory = memory;
    this.address = address;
  }

  private BlockDevice right() {
    return BlockDevice.of(memory, address);
  }

  @Override
  public long size() {
    return memory.byteSize();
  }

  @Override
  public BackingDeviceInfo backingDeviceInfo() {
    return BackingDeviceInfo.MEMORY;
  }

  @Override
  public void read(MemorySegment into, long offset) throws ErrnoException {
    right().read(into, offset);
  }

  @Override
  public void write(MemorySegment from, long offset) throws ErrnoException {
    right().write(from, offset);
  }

  @Override
  public Optional<PointedRange> point(long offset, long length) throws ErrnoException {
    return right().point(offset, length);
  }

  static ErrnoException failure(Errno errno, long offset) {
    return new ErrnoException(errno, "at 0x%x".formatted(offset));
  }
}
