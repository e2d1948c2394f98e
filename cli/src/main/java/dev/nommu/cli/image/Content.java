package dev.nommu.cli.image;

import dev.nommu.api.ErrnoException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ScopedValue.CallableOp;

/** The content of a file. */
sealed interface Content {
  /**
   * The bytes of a regular file.
   *
   * @param size their number
   * @param identity equal for names of the same file only
   * @param bytes the content
   */
  record Data(long size, long identity, Bytes bytes) implements Content {}

  /**
   * The target of a symbolic link.
   *
   * @param size bytes in the path
   * @param target reads the path: many links of an image may share a long one. EIO if the image is
   *     malformed or cannot be read
   */
  record Link(long size, CallableOp<String, ErrnoException> target) implements Content {}

  /**
   * The number of a device.
   *
   * @param major the driver's number
   * @param minor the device's number within the driver
   */
  record Device(int major, int minor) implements Content {}

  /**
   * No content: a directory, a fifo or a socket.
   *
   * @param size the size in the image, in bytes
   */
  record Nothing(long size) implements Content {}

  /** Bytes that are read on demand. */
  @FunctionalInterface
  interface Bytes {
    /**
     * Writes all of them, in pieces.
     *
     * @throws ErrnoException EIO if the image is malformed or cannot be read
     * @throws IOException if they cannot be written
     */
    void copyTo(OutputStream out) throws IOException;
  }
}
