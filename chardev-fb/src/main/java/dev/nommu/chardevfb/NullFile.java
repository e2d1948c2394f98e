package dev.nommu.chardevfb;

import dev.nommu.api.ReadableFile;
import dev.nommu.api.SpliceWritableFile;
import java.lang.foreign.MemorySegment;

/**
 * {@code /dev/null}, open: at its end from the start, and swallows what is written. Its mmap slot
 * is empty, so any mapping of it fails with ENODEV (rule CHR-05).
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
