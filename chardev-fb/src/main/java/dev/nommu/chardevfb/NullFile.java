package dev.nommu.chardevfb;

import dev.nommu.api.ReadableFile;
import dev.nommu.api.SpliceWritableFile;
import java.lang.foreign.MemorySegment;

/**
 * {@code /dev/null}, open: always at end of file; writes are discarded. Its mmap slot is empty, so
 * mapping it fails with ENODEV (rule CHR-05).
 */
final class NullFile implements ReadableFile, SpliceWritableFile, PositionlessFile {
  @Override
  public long read(MemorySegment into, long position) {
    return 0;
  }

  @Override
  public long write(MemorySegment from, long position) {
    return from.byteSize();
  }
}
