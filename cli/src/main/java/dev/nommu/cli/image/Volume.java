package dev.nommu.cli.image;

import dev.nommu.api.ErrnoException;
import java.util.List;

/** A readable image of any format. */
interface Volume extends AutoCloseable {
  /** Returns a description: format, name, size. */
  String description();

  /**
   * Returns all members: the root, then each directory before its contents.
   *
   * @throws ErrnoException EIO if the image is malformed
   */
  List<Member> members() throws ErrnoException;

  /**
   * Closes the image.
   *
   * @throws ErrnoException EIO
   */
  @Override
  void close() throws ErrnoException;
}
