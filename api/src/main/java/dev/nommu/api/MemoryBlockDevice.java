package dev.nommu.api;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Memory as a block device. */
record MemoryBlockDevice(MemorySegment memory, long address) implements BlockDevice {
  @Override
  public long size() {
    return memory.byteSize();
  }

  @Override
  public boolean isReadOnly() {
    return memory.isReadOnly();
  }

  @Override
  public BackingDeviceInfo backingDeviceInfo() {
    return isReadOnly() ? BackingDeviceInfo.ROM : BackingDeviceInfo.MEMORY;
  }

  @Override
  public void read(MemorySegment into, long offset) throws ErrnoException {
    requireInside("read", offset, into.byteSize(), Errno.EIO);
    into.copyFrom(memory.asSlice(offset, into.byteSize()));
  }

  @Override
  public void write(MemorySegment from, long offset) throws ErrnoException {
    if (isReadOnly()) {
      throw new ErrnoException(Errno.EROFS, "write at 0x%x: read-only memory".formatted(offset));
    }
    requireInside("write", offset, from.byteSize(), Errno.EIO);
    memory.asSlice(offset, from.byteSize()).copyFrom(from);
  }

  @Override
  public Optional<PointedRange> point(long offset, long length) throws ErrnoException {
    requireInside("point", offset, length, Errno.EINVAL);
    return Optional.of(PointedRange.at(address + offset));
  }

  private void requireInside(String operation, long offset, long length, Errno otherwise)
      throws ErrnoException {
    if (offset < 0 || length < 0 || length > size() - offset) {
      throw new ErrnoException(
          otherwise,
          "%s of 0x%x bytes at 0x%x: the device has 0x%x"
              .formatted(operation, length, offset, size()));
    }
  }
}
