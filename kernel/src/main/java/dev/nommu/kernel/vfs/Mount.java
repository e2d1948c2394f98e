package dev.nommu.kernel.vfs;

import java.util.Optional;
import java.util.Set;

/**
 * A file system at a place in the tree, as {@code struct vfsmount}.
 *
 * @param superBlock the file system
 * @param source the first argument of {@code mount(2)}
 * @param flags how it was mounted; immutable
 * @param point the directory it covers; empty for the root of the tree
 */
public record Mount(
    SuperBlock superBlock, String source, Set<MountFlag> flags, Optional<VfsPath> point) {
  /** Takes an immutable copy of the flags. */
  public Mount {
    flags = Set.copyOf(flags);
  }

  /** Returns whether it was mounted with this flag. */
  public boolean has(MountFlag flag) {
    return flags.contains(flag);
  }

  /** Returns the root directory of the mount as a path. */
  VfsPath root() {
    VfsInode inode = superBlock.inode(superBlock.fileSystem().root());
    return new VfsPath(this, inode, Optional.empty(), "");
  }

  /** Two mounts are the same only if they are the same object. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
