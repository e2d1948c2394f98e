package dev.nommu.cramfs;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.MappableFile;
import dev.nommu.api.ReadableFile;
import java.lang.foreign.MemorySegment;

/**
 * An open file of an image that is read through its store: mappings are private copies.
 *
 * @param content the bytes
 */
record CopiedFile(CramfsContent content) implements ReadableFile, MappableFile {
  @Override
  public long read(MemorySegment into, long position) throws ErrnoException {
    return content.read(into, position);
  }
}
