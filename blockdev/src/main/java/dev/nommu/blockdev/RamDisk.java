package dev.nommu.blockdev;

import dev.nommu.api.BlockDevice;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.PageSource;
import dev.nommu.api.UserMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/**
 * Linux's ramdisk: a page is allocated when it is first written, and reads as zero until then (rule
 * BLK-03). Its pages are not contiguous, so it is mapped by copying only.
 */
final class RamDisk implements BlockDevice {
  /** The ioctl BLKDISCARD: its argument points to a start and a length in bytes. */
  private static final int BLKDISCARD = 0x1277;

  private static final int SECTOR = 512;
  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Capacity capacity;
  private final PageSource source;
  private final PageTable table = new PageTable();

  RamDisk(Capacity capacity, PageSource source) {
    this.capacity = capacity;
    this.source = source;
  }

  @Override
  public long size() {
    return capacity.bytes();
  }

  /** Returns the size of a page. */
  @Override
  public int physicalBlockSize() {
    return (int) Page.SIZE;
  }

  @Override
  public synchronized void read(MemorySegment into, long offset) throws ErrnoException {
    capacity.requireInside("read", offset, into.byteSize(), Errno.EIO);
    for (long done = 0; done < into.byteSize(); ) {
      long length = bytesInPage(offset + done, into.byteSize() - done);
      readInPage(into.asSlice(done, length), offset + done);
      done += length;
    }
  }

  private void readInPage(MemorySegment into, long offset) {
    OptionalLong address = table.address(offset >>> Page.SHIFT);
    if (address.isPresent()) {
      into.copyFrom(memory(address.getAsLong(), offset, into.byteSize()));
    } else {
      into.fill((byte) 0);
    }
  }

  /**
   * Writes as specified by {@link BlockDevice#write}.
   *
   * @throws ErrnoException EIO past the end, and if there is no memory for a page (rule BLK-04):
   *     the bytes before that page are written
   */
  @Override
  public synchronized void write(MemorySegment from, long offset) throws ErrnoException {
    capacity.requireInside("write", offset, from.byteSize(), Errno.EIO);
    for (long done = 0; done < from.byteSize(); ) {
      long length = bytesInPage(offset + done, from.byteSize() - done);
      long page = pageFor(offset + done);
      memory(page, offset + done, length).copyFrom(from.asSlice(done, length));
      done += length;
    }
  }

  private long pageFor(long offset) throws ErrnoException {
    OptionalLong address = table.address(offset >>> Page.SHIFT);
    return address.isPresent() ? address.getAsLong() : allocate(offset);
  }

  private long allocate(long offset) throws ErrnoException {
    try {
      long address = source.allocatePage();
      table.put(offset >>> Page.SHIFT, address);
      return address;
    } catch (ErrnoException e) {
      throw new ErrnoException(
          Errno.EIO,
          "%s: write at 0x%x: no memory for the page".formatted(capacity.name(), offset),
          e);
    }
  }

  /**
   * Carries out BLKDISCARD: pages wholly in the range are freed (rule BLK-04).
   *
   * @return 0
   * @throws ErrnoException ENOTTY for any other command; EFAULT; EINVAL if start or length is not a
   *     multiple of 512 or the range does not lie in the disk
   */
  @Override
  public long ioctl(int command, long argument, UserMemory memory) throws ErrnoException {
    if (command != BLKDISCARD) {
      return BlockDevice.super.ioctl(command, argument, memory);
    }
    MemorySegment range = memory.at(argument, 2 * U64.byteSize());
    discard(range.get(U64, 0), range.get(U64, U64.byteSize()));
    return 0;
  }

  private synchronized void discard(long start, long length) throws ErrnoException {
    capacity.requireInside("discard", start, length, Errno.EINVAL);
    if ((start | length) % SECTOR != 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "%s: discard of 0x%x bytes at 0x%x: not whole sectors"
              .formatted(capacity.name(), length, start));
    }
    long end = (start + length) >>> Page.SHIFT;
    for (long page = Page.count(start); page < end; page++) {
      table.remove(page).ifPresent(address -> source.free(address, 1));
    }
  }

  private static long bytesInPage(long offset, long limit) {
    return Math.min(limit, Page.SIZE - (offset & (Page.SIZE - 1)));
  }

  private MemorySegment memory(long page, long offset, long length) {
    return source.memory(page + (offset & (Page.SIZE - 1)), length);
  }
}
