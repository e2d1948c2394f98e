package dev.nommu.mtd;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;

/**
 * The erase block that an mtdblock device caches in memory, so that part of a block can be written
 * (rules MTDBLK-01 to MTDBLK-06). Not safe for concurrent use.
 */
final class EraseBlockCache {
  private static final Content EMPTY = new Empty();

  private final Mtd mtd;
  private final int blockSize;
  private Content content = EMPTY;

  /** Creates an empty cache for a device with erase blocks of one size, below 2 GiB. */
  EraseBlockCache(Mtd mtd) {
    this.mtd = mtd;
    this.blockSize = Math.toIntExact(mtd.info().eraseSize());
  }

  /**
   * The state of the cache. A block that was read and not yet written (STATE_CLEAN) is never
   * visible.
   */
  private sealed interface Content {}

  /** STATE_EMPTY: nothing. */
  private record Empty() implements Content {}

  /** STATE_DIRTY: the new contents of a block. */
  private record Dirty(long block, MemorySegment bytes) implements Content {}

  /**
   * Returns the number of bytes from an offset to the end of its erase block, at most {@code
   * length}.
   */
  long inOneBlock(long offset, long length) {
    return Math.min(length, blockSize - offset % blockSize);
  }

  /**
   * Reads bytes of one block, from the cache if it holds the block.
   *
   * @throws ErrnoException EIO, or the device's error
   */
  void read(MemorySegment into, long offset) throws ErrnoException {
    if (content instanceof Dirty(long block, MemorySegment bytes) && block == start(offset)) {
      into.copyFrom(bytes.asSlice(offset - block, into.byteSize()));
    } else {
      mtd.read(into, offset);
    }
  }

  /**
   * Writes bytes of one block into the cache; flushes the block cached before.
   *
   * @throws ErrnoException the device's error; the bytes are not written
   */
  void write(MemorySegment from, long offset) throws ErrnoException {
    long block = start(offset);
    MemorySegment bytes = load(block);
    bytes.asSlice(offset - block, from.byteSize()).copyFrom(from);
    content = new Dirty(block, bytes);
  }

  /**
   * Erases a block and writes all of it, bypassing the cache (rule MTDBLK-02).
   *
   * @throws ErrnoException the device's error; the block may be erased
   */
  void writeBlock(MemorySegment from, long block) throws ErrnoException {
    if (!(content instanceof Dirty dirty && dirty.block != block)) {
      content = EMPTY;
    }
    mtd.erase(block, blockSize);
    mtd.write(from, block);
  }

  /**
   * Erases and writes the block if it is dirty. Afterwards the cache is empty, even after EIO, when
   * the data is lost (rule MTDBLK-04).
   *
   * @throws ErrnoException the device's error
   */
  void flush() throws ErrnoException {
    if (!(content instanceof Dirty(long block, MemorySegment bytes))) {
      return;
    }
    try {
      mtd.erase(block, bytes.byteSize());
      mtd.write(bytes, block);
      content = EMPTY;
    } catch (ErrnoException e) {
      content = e.errno() == Errno.EIO ? EMPTY : content;
      throw e;
    }
  }

  /** Discards the cached block. */
  void drop() {
    content = EMPTY;
  }

  private MemorySegment load(long block) throws ErrnoException {
    if (content instanceof Dirty dirty && dirty.block == block) {
      return dirty.bytes;
    }
    flush();
    MemorySegment bytes = MemorySegment.ofArray(new byte[blockSize]);
    mtd.read(bytes, block);
    return bytes;
  }

  private long start(long offset) {
    return offset - offset % blockSize;
  }
}
