package dev.nommu.kernel.vfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.NewInode;

/**
 * From where and in whose name a process looks at the tree, as {@code struct fs_struct}.
 *
 * @param workingDirectory where relative paths begin
 * @param credentials in whose name
 * @param umask the permissions that what it makes does not get
 */
public record FsContext(VfsPath workingDirectory, Credentials credentials, int umask) {
  /** The umask of the first process. */
  public static final int DEFAULT_UMASK = 022;

  /** Returns an inode as the process makes it in a directory (rules OWN-01 and OWN-13). */
  NewInode making(NewInode what, Attributes directory) {
    NewInode owned = credentials.making(what, directory);
    return owned instanceof NewInode.SymbolicLink
        ? owned
        : owned.with(owned.permissions() & ~umask, owned.owner());
  }
}
