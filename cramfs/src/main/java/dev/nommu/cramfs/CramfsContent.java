package dev.nommu.cramfs;

import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;

/** The bytes of a regular file or symbolic link. May be called concurrently. */
final class CramfsContent {
  private final ImageReader reader;
  private final BlockCache cache;
  private final BlockTable table;
  private final CramfsNode node;
  private final int blockSize;

  CramfsContent(
      ImageReader reader, BlockCache cache, BlockTable table, CramfsNode node, int blockSize) {
    this.reader = reader;
    this.cache = cache;
    this.table = table;
    this.node = node;
    this.blockSize = blockSize;
  }

  /** Returns the size in bytes. */
  int size() {
    return table.count() == 0 ? 0 : node.size();
  }

  /**
   * Reads bytes, up to a malformed block if there is one.
   *
   * @param position bytes from the start, 0 or more
   * @return the number of bytes read; 0 at and past the end
   * @throws ErrnoException EIO if the first block is malformed or cannot be read
   */
  long read(MemorySegment into, long position) throws ErrnoException {
    long wanted = Math.min(into.byteSize(), size() - position);
    long done = 0;
    while (done < wanted) {
      try {
        done += readPart(into.asSlice(done, wanted - done), position + done);
      } catch (ErrnoException e) {
        if (done == 0) {
          throw e;
        }
        return done;
      }
    }
    return done;
  }

  /** Locates pages that can be mapped in place, as {@link BlockTable#directRun}. */
  OptionalLong directRun(int first, int count) {
    return table.directRun(first, count);
  }

  /** Reads as many bytes as are contiguous; returns their number, 1 or more. */
  private long readPart(MemorySegment into, long position) throws ErrnoException {
    int index = (int) (position / blockSize);
    int from = (int) (position % blockSize);
    int wanted = (int) Math.ceilDiv(from + into.byteSize(), blockSize);
    int adjacent = table.adjacent(index, wanted);
    long piece = (long) Math.max(adjacent, 1) * blockSize - from;
    MemorySegment part = into.asSlice(0, Math.min(into.byteSize(), piece));
    if (adjacent > 0) {
      reader.read(part, table.directStart(index) + from, node);
    } else if (!cache.copy(table.pointerOffset(index), from, part)) {
      readFromImage(index, from, part);
    }
    return part.byteSize();
  }

  private void readFromImage(int index, int from, MemorySegment into) throws ErrnoException {
    switch (table.block(index)) {
      case Block.Hole hole -> into.fill((byte) 0);
      case Block.Stored stored -> readStored(stored, from, into);
      case Block.Deflated deflated -> cache.load(table.pointerOffset(index), deflated, from, into);
      case Block.Bad bad -> throw bad.error("block pointer of " + node);
    }
  }

  private void readStored(Block.Stored stored, int from, MemorySegment into) throws ErrnoException {
    long count = Math.clamp((long) stored.length() - from, 0, into.byteSize());
    reader.read(into.asSlice(0, count), stored.offset() + from, node);
    into.asSlice(count).fill((byte) 0);
  }
}
