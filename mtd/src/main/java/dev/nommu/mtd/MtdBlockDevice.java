package dev.nommu.mtd;

import dev.nommu.api.BackingStore;
import dev.nommu.api.BlockDevice;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.UserMemory;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * {@code /dev/mtdblockN} (rules MTDBLK-01 to MTDBLK-07). Writes go through a cache of one erase
 * block, unless the device needs no erase. May be called concurrently.
 */
final class MtdBlockDevice implements BlockDevice {
  private static final int SECTOR = 512;
  private static final int BLKFLSBUF = 0x1261;

  private final Mtd mtd;
  private final BackingStore store;
  private final Optional<EraseBlockCache> cache;

  /**
   * Creates the block device of an MTD.
   *
   * @param store the backing store of file systems mounted from it
   */
  MtdBlockDevice(Mtd mtd, BackingStore store) {
    this.mtd = mtd;
    this.store = store;
    this.cache =
        mtd.has(MtdFlag.WRITEABLE) && !mtd.has(MtdFlag.NO_ERASE)
            ? Optional.of(new EraseBlockCache(mtd))
            : Optional.empty();
  }

  /** Returns the size in whole sectors of 512 bytes. */
  @Override
  public long size() {
    return mtd.size() & -SECTOR;
  }

  @Override
  public boolean isReadOnly() {
    return !mtd.has(MtdFlag.WRITEABLE);
  }

  @Override
  public BackingStore mountStore() {
    return store;
  }

  @Override
  public synchronized void read(MemorySegment into, long offset) throws ErrnoException {
    checkRange("read", offset, into.byteSize());
    try {
      if (cache.isEmpty()) {
        mtd.read(into, offset);
        return;
      }
      readThrough(cache.get(), into, offset);
    } catch (ErrnoException e) {
      throw ioError("read", offset, e);
    }
  }

  @Override
  public synchronized void write(MemorySegment from, long offset) throws ErrnoException {
    mtd.checkWriteable("write", offset);
    checkRange("write", offset, from.byteSize());
    try {
      if (cache.isEmpty()) {
        mtd.write(from, offset);
        return;
      }
      writeThrough(cache.get(), from, offset);
    } catch (ErrnoException e) {
      throw ioError("write", offset, e);
    }
  }

  /** Writes the cached block to the device (rule MTDBLK-05). */
  @Override
  public synchronized void flush() throws ErrnoException {
    try {
      if (cache.isPresent()) {
        cache.get().flush();
      }
    } catch (ErrnoException e) {
      throw new ErrnoException(
          Errno.EIO, "flush of mtdblock %s: %s".formatted(mtd.name(), e.getMessage()), e);
    }
  }

  @Override
  public long ioctl(int command, long argument, UserMemory memory) throws ErrnoException {
    if (command == BLKFLSBUF) {
      flush();
      return 0;
    }
    return BlockDevice.super.ioctl(command, argument, memory);
  }

  /** Writes the cached block to the device and frees the cache (rule MTDBLK-05). */
  @Override
  public synchronized void released() throws ErrnoException {
    try {
      flush();
    } finally {
      cache.ifPresent(EraseBlockCache::drop);
    }
  }

  private static void readThrough(EraseBlockCache cache, MemorySegment into, long offset)
      throws ErrnoException {
    long done = 0;
    while (done < into.byteSize()) {
      long length = cache.inOneBlock(offset + done, into.byteSize() - done);
      cache.read(into.asSlice(done, length), offset + done);
      done += length;
    }
  }

  /** Requests arrive sector by sector, so only a block of one sector is ever written as a whole. */
  private void writeThrough(EraseBlockCache cache, MemorySegment from, long offset)
      throws ErrnoException {
    long done = 0;
    while (done < from.byteSize()) {
      long length = cache.inOneBlock(offset + done, from.byteSize() - done);
      MemorySegment part = from.asSlice(done, length);
      if (length == SECTOR && mtd.info().eraseSize() == SECTOR) {
        cache.writeBlock(part, offset + done);
      } else {
        cache.write(part, offset + done);
      }
      done += length;
    }
  }

  private void checkRange(String action, long offset, long length) throws ErrnoException {
    if (offset < 0 || offset > size() || length > size() - offset) {
      throw new ErrnoException(
          Errno.EIO,
          "%s of 0x%x bytes at 0x%x of mtdblock %s: expected a range in its 0x%x bytes"
              .formatted(action, length, offset, mtd.name(), size()));
    }
  }

  private ErrnoException ioError(String action, long offset, ErrnoException cause) {
    return new ErrnoException(
        Errno.EIO,
        "%s at 0x%x of mtdblock %s: %s".formatted(action, offset, mtd.name(), cause.getMessage()),
        cause);
  }
}
