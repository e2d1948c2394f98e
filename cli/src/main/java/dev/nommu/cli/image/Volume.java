package dev.nommu.cli.image;

import dev.nommu.api.ErrnoException;
import java.util.List;

/** An image that can be read, of whatever format. */
interface Volume extends AutoCloseable {
  /** Returns what it is, for a person: format, name, size. */
  String description();

  /**
   * Returns everything in it: the root, then each directory before what it holds.
   *
   * @throws ErrnoException EIO if the image is malformed
   */
  List<Member> members() throws ErrnoException;

  /**
   * Lets go of the image.
   *
   * @throws ErrnoException EIO
   */
  @Override
  void close() throws ErrnoException;
}
