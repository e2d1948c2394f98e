package dev.nommu.api;

/**
 * Something that can be made durable, as {@code file_operations.fsync}: implemented by an {@link
 * OpenFile}, or by a {@link Directory} for the names in it.
 *
 * @since 0.1.0
 */
public interface Syncable {
  /**
   * Blocks until all writes are durable. A file system without storage returns at once.
   *
   * @throws ErrnoException EIO if the store fails
   */
  void fsync() throws ErrnoException;
}
