package dev.nommu.chardevfb;

import dev.nommu.api.ReadableFile;
import dev.nommu.api.WritableFile;
import java.lang.foreign.MemorySegment;

/**
 * {@code /dev/random} or {@code /dev/urandom}, open: the next bytes of the machine's fixed
 * sequence. What is written is accepted and changes nothing. It cannot be mapped (rule CHR-05).
 *
 * @param sequence the sequence of the machine, which all files share
 */
record RandomFile(FixedSequence sequence) implements ReadableFile, WritableFile {
  @Override
  public long read(MemorySegment into, long position) {
    sequence.next(into);
    return into.byteSize();
  }

  @Override
  public long write(MemorySegment from, long position) {
    return from.byteSize();
  }
}
