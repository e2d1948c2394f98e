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
   * @param size how many there are
   * @param identity the same for two names of one file, and only for these
   * @param bytes what they are
   */
  record Data(long size, long identity, Bytes bytes) implements Content {}

  /**
   * The path that a symbolic link holds.
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
   * Nothing that could be copied: a directory, a fifo or a socket.
   *
   * @param size the bytes the image gives as its size
   */
  record Nothing(long size) implements Content {}

  /** Bytes that are read when they are asked for. */
  @FunctionalInterface
  interface Bytes {
    /**
     * Writes all of them, a part at a time.
     *
     * @throws ErrnoException EIO if the image is malformed or cannot be read
     * @throws IOException if they cannot be written
     */
    void copyTo(OutputStream out) throws IOException;
  }
}
