package dev.nommu.api;

import java.util.List;

/**
 * A directory with positions, as {@code file_operations.iterate_shared}: it is read in pieces, from
 * where a process left off. A directory without them is listed as a whole when its reading begins,
 * and read from that list.
 *
 * @since 0.1.0
 */
public interface SeekableDirectory extends Directory {
  /**
   * Returns entries from a position on, in the order the directory has them; each says with {@link
   * DirectoryEntry#withNext} where to go on behind it. "." and ".." are among them if they lie in
   * the directory.
   *
   * @param position 0 for the start, or what an entry said; also whatever a process moved to
   * @param limit how many entries are of use, 1 or more
   * @return one entry or more; none at the end
   * @throws ErrnoException EINVAL for a position at which no entry begins, EIO if the store fails
   */
  List<DirectoryEntry> entries(long position, int limit) throws ErrnoException;
}
