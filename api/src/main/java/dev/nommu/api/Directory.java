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
   * Returns what this name stands for, or empty.
   *
   * @throws ErrnoException ENAMETOOLONG; EIO if the store fails or is malformed
   */
  Optional<Inode> lookup(String name) throws ErrnoException;

  /**
   * Returns all entries in the order the directory has them, without "." and "..".
   *
   * @throws ErrnoException EIO if the store fails or is malformed
   */
  List<DirectoryEntry> entries() throws ErrnoException;

  /**
   * Makes an inode under a new name.
   *
   * @param name a name that is not there yet: the kernel has looked
   * @param what kind, mode and content
   * @throws ErrnoException EPERM if this kind cannot be made here, ENOSPC, EROFS
   */
  default Inode create(String name, NewInode what) throws ErrnoException {
    throw new ErrnoException(Errno.EPERM, "create " + name + ": nothing can be made here");
  }

  /**
   * Makes a regular file without a name, as {@code open} with O_TMPFILE. The kernel opens it next;
   * it lives as long as it is open or mapped, and has no links.
   *
   * @param what mode and owner of a regular file
   * @throws ErrnoException EOPNOTSUPP if files have names here, ENOSPC
   */
  default RegularFile tmpfile(NewInode what) throws ErrnoException {
    throw new ErrnoException(Errno.EOPNOTSUPP, "tmpfile: every file has a name here");
  }

  /**
   * Gives an inode of the same file system another name.
   *
   * @param name a name that is not there yet
   * @param inode not a directory
   * @throws ErrnoException EPERM if there are no hard links here, EMLINK, EROFS
   */
  default void link(String name, Inode inode) throws ErrnoException {
    throw new ErrnoException(Errno.EPERM, "link " + name + ": no hard links here");
  }

  /**
   * Removes a name that is not a directory. The inode lives on while it is open or mapped.
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
   * Moves a name to another directory of the same file system, replacing what is there.
   *
   * @throws ErrnoException ENOTEMPTY, EPERM, EROFS
   */
  default void rename(String name, Directory target, String newName) throws ErrnoException {
    throw new ErrnoException(Errno.EPERM, "rename " + name + ": names are fixed here");
  }
}
