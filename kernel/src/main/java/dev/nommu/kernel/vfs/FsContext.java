package dev.nommu.kernel.vfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.NewInode;

/**
 * A process's view of the tree, as {@code struct fs_struct}.
 *
 * @param workingDirectory where relative paths begin
 * @param credentials of the process
 * @param umask the permissions withheld from new files
 * @param emptyPath the meaning of an empty path
 */
public record FsContext(
    VfsPath workingDirectory, Credentials credentials, int umask, EmptyPath emptyPath) {
  /** The umask of the first process. */
  public static final int DEFAULT_UMASK = 022;

  /** What an empty path names. */
  public enum EmptyPath {
    /** Nothing. */
    NOTHING,
    /** Where relative paths begin: AT_EMPTY_PATH. */
    START
  }

  /** Creates one in which an empty path names nothing. */
  public FsContext(VfsPath workingDirectory, Credentials credentials, int umask) {
    this(workingDirectory, credentials, umask, EmptyPath.NOTHING);
  }

  /** Returns the same with another meaning of an empty path. */
  public FsContext with(EmptyPath meaning) {
    return new FsContext(workingDirectory, credentials, umask, meaning);
  }

  /** Returns the same with relative paths that begin elsewhere. */
  public FsContext from(VfsPath start) {
    return new FsContext(start, credentials, umask, emptyPath);
  }

  /** Returns a new inode of the process in a directory (rules OWN-01 and OWN-13). */
  NewInode making(NewInode what, Attributes directory) {
    NewInode owned = credentials.making(what, directory);
    return owned instanceof NewInode.SymbolicLink
        ? owned
        : owned.with(owned.permissions() & ~umask, owned.owner());
  }
}
