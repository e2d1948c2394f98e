package dev.nommu.kernel.vfs;

import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.OpenFile;
import dev.nommu.api.SeekableDirectory;
import java.util.ArrayList;
import java.util.List;

/**
 * An open directory (rule FILE-07). One without its own positions is listed when reading starts, so
 * that names added and removed meanwhile neither repeat nor hide others. Called with the lock of
 * the inode held.
 */
final class DirectoryFile implements OpenFile {
  private final VfsPath path;
  private final Directory directory;
  private List<DirectoryEntry> listed = List.of();

  DirectoryFile(VfsPath path, Directory directory) {
    this.path = path;
    this.directory = directory;
  }

  /**
   * Emits entries from a position, until there are no more or no more fit.
   *
   * @return the position at which to continue
   * @throws ErrnoException ENOENT if the directory was removed, EINVAL if no entry fits or none
   *     begins there, errors of the directory
   */
  long read(long position, Dirents into) throws ErrnoException {
    if (path.inode().isRemoved()) {
      throw new ErrnoException(Errno.ENOENT, path + ": the directory was removed");
    }
    long at = position;
    List<DirectoryEntry> part = from(at, into.most());
    while (!part.isEmpty()) {
      for (DirectoryEntry entry : part) {
        if (!into.add(entry)) {
          return into.requireSome(path, at);
        }
        at = entry.next();
      }
      part = from(at, into.most());
    }
    return at;
  }

  private List<DirectoryEntry> from(long position, int limit) throws ErrnoException {
    if (directory instanceof SeekableDirectory seekable) {
      return InodeAnswers.entries(seekable, position, limit);
    }
    if (position == 0 || listed.isEmpty()) {
      listed = list();
    }
    return position >= listed.size() ? List.of() : listed.subList((int) position, listed.size());
  }

  private List<DirectoryEntry> list() throws ErrnoException {
    VfsInode above = path.parent().orElse(path).inode();
    List<DirectoryEntry> all = new ArrayList<>();
    all.add(DirectoryEntry.of(".", path.inode().number(), FileKind.DIRECTORY));
    all.add(DirectoryEntry.of("..", above.number(), FileKind.DIRECTORY));
    all.addAll(InodeAnswers.entries(directory));
    for (int i = 0; i < all.size(); i++) {
      all.set(i, all.get(i).withNext(i + 1L));
    }
    return all;
  }
}
