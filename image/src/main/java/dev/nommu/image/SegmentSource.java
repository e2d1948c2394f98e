package dev.nommu.image;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;

/** The bytes of a segment. */
record SegmentSource(MemorySegment image) implements ByteSource {
  @Override
  public long size() {
    return image.byteSize();
  }

  @Override
  public void read(MemorySegment into, long offset) throws ErrnoException {
    if (offset < 0 || offset > size() - into.byteSize()) {
      throw new ErrnoException(
          Errno.EIO,
          "image: read of %d bytes at 0x%x: expected to end at 0x%x or before"
              .formatted(into.byteSize(), offset, size()));
    }
    into.copyFrom(image.asSlice(offset, into.byteSize()));
  }
}
