package dev.nommu.mtd;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.BackingStore;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PointedRange;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * An MTD as the backing store of a file system, bypassing the block layer (rule ROMFS-01). Each MTD
 * has exactly one, so mounts by name and by block device share it.
 */
final class MtdStore implements BackingStore {
  private final Mtd mtd;

  /** Creates the store of an MTD. */
  MtdStore(Mtd mtd) {
    this.mtd = mtd;
  }

  @Override
  public Kind kind() {
    return Kind.MTD;
  }

  @Override
  public long size() {
    return mtd.size();
  }

  @Override
  public boolean isReadOnly() {
    return !mtd.has(MtdFlag.WRITEABLE);
  }

  @Override
  public void read(MemorySegment into, long offset) throws ErrnoException {
    try {
      mtd.read(into, offset);
    } catch (ErrnoException e) {
      throw ioError("read", offset, e);
    }
  }

  @Override
  public void write(MemorySegment from, long offset) throws ErrnoException {
    try {
      mtd.write(from, offset);
    } catch (ErrnoException e) {
      throw e.errno() == Errno.EROFS ? e : ioError("write", offset, e);
    }
  }

  @Override
  public BackingDeviceInfo backingDeviceInfo() {
    return mtd.info().type().backingDeviceInfo();
  }

  @Override
  public Optional<PointedRange> point(long offset, long length) throws ErrnoException {
    return mtd.point(offset, length);
  }

  private ErrnoException ioError(String action, long offset, ErrnoException cause) {
    return new ErrnoException(
        Errno.EIO,
        "%s at 0x%x of mtd %s: %s".formatted(action, offset, mtd.name(), cause.getMessage()),
        cause);
  }
}
