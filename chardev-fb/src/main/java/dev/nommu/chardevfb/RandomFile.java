package dev.nommu.chardevfb;

import dev.nommu.api.SeekableFile;
import dev.nommu.api.SpliceReadableFile;
import dev.nommu.api.SpliceWritableFile;
import dev.nommu.api.Whence;
import java.lang.foreign.MemorySegment;

/**
 * {@code /dev/random} or {@code /dev/urandom}, open: the next bytes of the machine's fixed
 * sequence. Writes succeed and change nothing. It cannot be mapped (rule CHR-05).
 *
 * @param sequence the machine's sequence, shared by all files
 */
record RandomFile(FixedSequence sequence)
    implements SpliceReadableFile, SpliceWritableFile, SeekableFile {
  @Override
  public long read(MemorySegment into, long position) {
    sequence.next(into);
    return into.byteSize();
  }

  /** Leaves the position unchanged (rule FILE-02). */
  @Override
  public long seek(long position, long offset, Whence whence) {
    return position;
  }

  @Override
  public long write(MemorySegment from, long position) {
    return from.byteSize();
  }
}
