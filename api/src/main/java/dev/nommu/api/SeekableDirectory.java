package dev.nommu.api;

import java.util.List;

/**
 * A directory with positions, as {@code file_operations.iterate_shared}: it is read in pieces, from
 * where a process left off. A directory without positions is listed as a whole at the first read,
 * and later reads use that list.
 *
 * @since 0.1.0
 */
public interface SeekableDirectory extends Directory {
  /**
   * Returns entries from a position on, in directory order, each with the position after it ({@link
   * DirectoryEntry#withNext}). "." and ".." are included if the directory stores them.
   *
   * @param position 0 for the start, or that after an entry; a process may also seek to any other
   * @param limit the number of entries wanted, 1 or more
   * @return at least one entry; none at the end
   * @throws ErrnoException EINVAL for a position at which no entry begins, EIO if the store fails
   */
  List<DirectoryEntry> entries(long position, int limit) throws ErrnoException;
}
