package dev.nommu.image;

import dev.nommu.api.BackingStore;
import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** The bytes an image is read from. May be called concurrently. */
public interface ByteSource extends AutoCloseable {
  /** Returns the size in bytes; it never changes. */
  long size();

  /**
   * Reads exactly {@code into.byteSize()} bytes.
   *
   * @param into where the bytes go, valid only during the call
   * @param offset bytes from the start of the source
   * @throws ErrnoException EIO if the range does not lie in the source or cannot be read
   */
  void read(MemorySegment into, long offset) throws ErrnoException;

  /**
   * Releases resources; a source over a store or memory has none.
   *
   * @throws ErrnoException EIO
   */
  @Override
  default void close() throws ErrnoException {}

  /** Returns the bytes of a store, which is not closed. */
  static ByteSource of(BackingStore store) {
    return new StoreSource(store);
  }

  /** Returns the bytes of a segment, without a copy. */
  static ByteSource of(MemorySegment image) {
    return new SegmentSource(image);
  }

  /**
   * Opens a file of any {@code java.nio.file} file system.
   *
   * @throws ErrnoException ENOENT if it does not exist, or any other error of the host
   */
  static ByteSource open(Path image) throws ErrnoException {
    return ChannelSource.open(image);
  }
}
