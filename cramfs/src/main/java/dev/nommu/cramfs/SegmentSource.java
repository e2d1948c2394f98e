package dev.nommu.cramfs;

import java.lang.foreign.MemorySegment;

/** The bytes of a segment. */
record SegmentSource(MemorySegment image) implements ByteSource {
  @Override
  public long size() {
    return image.byteSize();
  }

  @Override
  public void read(MemorySegment into, long offset) {
    MemorySegment.copy(image, offset, into, 0, into.byteSize());
  }
}
