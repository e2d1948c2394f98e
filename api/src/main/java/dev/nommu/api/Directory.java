package dev.nommu.api;

import java.util.List;
import java.util.Optional;

/**
 * A directory. Names have 1 to 255 bytes, contain no '/' and are neither "." nor "..".
 *
 * @since 0.1.0
 */
public non-sealed interface Directory extends Inode {
  /**
   * Returns the inode of a name, or empty. A directory is in one directory only, and never in
   * itself or in one that it contains: for the latter the look-up fails with ELOOP.
   *
   * @throws ErrnoException ENAMETOOLONG; EIO if the store fails or is malformed
   */
  Optional<Inode> lookup(String name) throws ErrnoException;

  /**
   * Returns all entries in directory order, without "." and "..".
   *
   * @throws ErrnoException EIO if the store fails or is malformed
   */
  List<DirectoryEntry> entries() throws ErrnoException;

  /**
   * Creates an inode under a new name.
   *
   * @param name a name that does not exist yet, as the kernel has checked
   * @param what its kind, mode and content
   * @throws ErrnoException EPERM if this kind cannot be created here, ENOSPC, EROFS
   */
  default Inode create(String name, NewInode what) throws ErrnoException {
    throw new ErrnoException(Errno.EPERM, "create " + name + ": nothing can be created here");
  }

  /**
   * Creates a regular file without a name, as {@code open} does with O_TMPFILE. The kernel opens it
   * next; it has no links and lives while it is open or mapped.
   *
   * @param what the mode and owner of a regular file
   * @throws ErrnoException EOPNOTSUPP if unnamed files are not supported, ENOSPC
   */
  default RegularFile tmpfile(NewInode what) throws ErrnoException {
    throw new ErrnoException(Errno.EOPNOTSUPP, "tmpfile: every file has a name here");
  }

  /**
   * Adds a name for an inode of the same file system.
   *
   * @param name a name that does not exist yet
   * @param inode not a directory
   * @throws ErrnoException EPERM if hard links are not supported, EMLINK, EROFS
   */
  default void link(String name, Inode inode) throws ErrnoException {
    throw new ErrnoException(Errno.EPERM, "link " + name + ": no hard links here");
  }

  /**
   * Removes a name other than a directory. The inode remains while it is open or mapped.
   *
   * @throws ErrnoException EPERM, EROFS
   */
  default void unlink(String name) throws ErrnoException {
    throw new ErrnoException(Errno.EPERM, "unlink " + name + ": names are fixed here");
  }

  /**
   * Removes an empty directory.
   *
   * @throws ErrnoException ENOTEMPTY, EPERM, EROFS
   */
  default void rmdir(String name) throws ErrnoException {
    throw new ErrnoException(Errno.EPERM, "rmdir " + name + ": names are fixed here");
  }

  /**
   * Moves a name within the file system, replacing an existing one.
   *
   * @throws ErrnoException ENOTEMPTY, EPERM, EROFS
   */
  default void rename(String name, Directory target, String newName) throws ErrnoException {
    throw new ErrnoException(Errno.EPERM, "rename " + name + ": names are fixed here");
  }
}
