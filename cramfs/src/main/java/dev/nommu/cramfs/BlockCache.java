package dev.nommu.cramfs;

import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The most recently read compressed blocks, decompressed: at most 1 MiB. A block is identified by
 * the offset of its pointer. May be called concurrently.
 */
final class BlockCache implements AutoCloseable {
  private static final int BYTES = 1 << 20;

  /** Shared by all slots until they are used. */
  private static final Slot UNUSED = new Slot(0);

  private final BlockInflater inflater;
  private final int blockSize;
  private final Slot[] slots;

  /** A decompressed block. */
  private static final class Slot {
    private final byte[] page;
    private long pointerOffset;

    Slot(int size) {
      page = new byte[size];
    }
  }

  BlockCache(ImageReader reader, int blockSize) {
    this.inflater = new BlockInflater(reader, blockSize);
    this.blockSize = blockSize;
    this.slots = new Slot[BYTES / blockSize];
    Arrays.fill(slots, UNUSED);
  }

  /**
   * Copies bytes of a block in the cache.
   *
   * @param pointerOffset the block
   * @param from the first byte, from the start of the block
   * @param into receives the bytes; no more than the block has from there on
   * @return whether the block is in the cache; otherwise nothing was copied
   */
  synchronized boolean copy(long pointerOffset, int from, MemorySegment into) {
    Slot slot = slots[index(pointerOffset)];
    if (slot.pointerOffset != pointerOffset) {
      return false;
    }
    int length = (int) into.byteSize();
    MemorySegment.copy(slot.page, from, into, ValueLayout.JAVA_BYTE, 0, length);
    return true;
  }

  /**
   * Decompresses a block into the cache in place of another, and copies bytes of it.
   *
   * @throws ErrnoException EIO if the block is malformed or cannot be read
   */
  synchronized void load(long pointerOffset, Block.Deflated block, int from, MemorySegment into)
      throws ErrnoException {
    Slot slot = vacate(index(pointerOffset));
    switch (inflater.inflate(block, slot.page)) {
      case BlockInflater.Outcome.Done done ->
          Arrays.fill(slot.page, done.length(), blockSize, (byte) 0);
      case BlockInflater.Outcome.Failed failed ->
          throw CramfsFormat.malformed(
              "compressed block at 0x%x".formatted(block.offset()),
              "a zlib stream of at most %d bytes".formatted(blockSize),
              failed.found());
    }
    slot.pointerOffset = pointerOffset;
    copy(pointerOffset, from, into);
  }

  /** Releases memory outside the heap. */
  @Override
  public synchronized void close() {
    inflater.close();
  }

  private Slot vacate(int index) {
    if (slots[index] == UNUSED) {
      slots[index] = new Slot(blockSize);
    }
    slots[index].pointerOffset = 0;
    return slots[index];
  }

  private int index(long pointerOffset) {
    return (int) (pointerOffset / BlockTable.POINTER_BYTES % slots.length);
  }
}
