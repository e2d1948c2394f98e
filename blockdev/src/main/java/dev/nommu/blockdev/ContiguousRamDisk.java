package dev.nommu.blockdev;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.BlockDevice;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.PageSource;
import dev.nommu.api.PointedRange;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A ramdisk that "allocated all its memory as a contiguous array upfront", as the document puts it:
 * memory backed, mapped shared like a file on ramfs.
 */
final class ContiguousRamDisk implements BlockDevice {
  private final Capacity capacity;
  private final long address;
  private final MemorySegment memory;

  private ContiguousRamDisk(Capacity capacity, long address, MemorySegment memory) {
    this.capacity = capacity;
    this.address = address;
    this.memory = memory;
  }

  /**
   * Allocates a disk, all of it zero.
   *
   * @throws ErrnoException EFBIG if it is longer than the longest run of pages; ENOMEM
   */
  static ContiguousRamDisk allocate(Capacity capacity, PageSource source) throws ErrnoException {
    long pages = Page.count(capacity.bytes());
    if (pages > source.maximumRun()) {
      throw new ErrnoException(
          Errno.EFBIG,
          "%s: contiguous ramdisk of %d pages: the longest run has %d"
              .formatted(capacity.name(), pages, source.maximumRun()));
    }
    long address = source.allocateRun(pages);
    return new ContiguousRamDisk(capacity, address, source.memory(address, capacity.bytes()));
  }

  @Override
  public long size() {
    return capacity.bytes();
  }

  @Override
  public void read(MemorySegment into, long offset) throws ErrnoException {
    capacity.requireInside("read", offset, into.byteSize(), Errno.EIO);
    into.copyFrom(memory.asSlice(offset, into.byteSize()));
  }

  @Override
  public void write(MemorySegment from, long offset) throws ErrnoException {
    capacity.requireInside("write", offset, from.byteSize(), Errno.EIO);
    memory.asSlice(offset, from.byteSize()).copyFrom(from);
  }

  @Override
  public BackingDeviceInfo backingDeviceInfo() {
    return BackingDeviceInfo.MEMORY;
  }

  @Override
  public Optional<PointedRange> point(long offset, long length) throws ErrnoException {
    capacity.requireInside("point", offset, length, Errno.EINVAL);
    return Optional.of(PointedRange.at(address + offset));
  }
}
