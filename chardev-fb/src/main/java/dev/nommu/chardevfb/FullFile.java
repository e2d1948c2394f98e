package dev.nommu.chardevfb;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.SpliceReadableFile;
import dev.nommu.api.WritableFile;
import java.lang.foreign.MemorySegment;

/** {@code /dev/full}, open: reads return zeros, writes fail with ENOSPC (rule CHR-05). */
final class FullFile implements SpliceReadableFile, WritableFile, PositionlessFile {
  @Override
  public long read(MemorySegment into, long position) {
    into.fill((byte) 0);
    return into.byteSize();
  }

  @Override
  public long write(MemorySegment from, long position) throws ErrnoException {
    throw new ErrnoException(
        Errno.ENOSPC,
        "write of " + from.byteSize() + " bytes to /dev/full: the device is always full");
  }
}
