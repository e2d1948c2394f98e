package dev.nommu.kernel.vfs;

import dev.nommu.api.Directory;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.Optional;

/**
 * A place in the tree, as {@code struct path}: an inode together with the way to it.
 *
 * @param mount the mount it is reached through
 * @param inode what is there
 * @param parent the directory it was found in; empty for the root of a mount
 * @param name its name in that directory
 */
public record VfsPath(Mount mount, VfsInode inode, Optional<VfsPath> parent, String name) {
  /**
   * Returns the plugin's directory.
   *
   * @throws ErrnoException ENOTDIR if it is something else
   */
  Directory requireDirectory() throws ErrnoException {
    if (inode.inode() instanceof Directory directory) {
      return directory;
    }
    throw new ErrnoException(Errno.ENOTDIR, this + ": expected a directory");
  }

  /** Returns whether this was found by way of {@code directory}, the very same way. */
  @SuppressWarnings("ReferenceEquality") // after a rename an equal way is another one
  boolean isChildOf(VfsPath directory) {
    return parent.isPresent() && parent.get() == directory;
  }

  /** Returns the path as {@code d_path} does: from the root, with " (deleted)" if it is gone. */
  public String display() {
    boolean gone = parent.isPresent() && inode.isUnlinked(parent.get().inode(), name);
    return gone ? this + " (deleted)" : toString();
  }

  /** Returns the path from the root of the tree. */
  @Override
  public String toString() {
    StringBuilder path = new StringBuilder();
    Optional<VfsPath> at = Optional.of(this);
    while (at.isPresent()) {
      VfsPath here = at.get();
      if (here.parent().isPresent()) {
        path.insert(0, "/" + here.name());
        at = here.parent();
      } else {
        at = here.mount().point();
      }
    }
    return path.isEmpty() ? "/" : path.toString();
  }
}
