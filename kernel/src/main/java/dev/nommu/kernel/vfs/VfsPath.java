package dev.nommu.kernel.vfs;

import dev.nommu.api.Directory;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.fs.DirectoryEvent.Kind;
import dev.nommu.kernel.fs.MountFlag;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place in the tree, as {@code struct path}: an inode and the path to it.
 *
 * @param mount the mount it is reached through
 * @param inode the inode at this place
 * @param directory its parent; null for the root of a mount
 * @param name its name in that directory
 */
public record VfsPath(Mount mount, VfsInode inode, @Nullable VfsPath directory, String name) {
  /** Returns the directory it was found in; empty for the root of a mount. */
  public Optional<VfsPath> parent() {
    return Optional.ofNullable(directory);
  }

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

  /** Checks that nothing is mounted here; EBUSY. Stable while the lock of the inode is held. */
  void requireNotMountPoint() throws ErrnoException {
    if (inode.isMountPoint()) {
      throw new ErrnoException(Errno.EBUSY, this + ": something is mounted there");
    }
  }

  /**
   * Prevents the mount from becoming read-only during a change here, until the result is closed.
   *
   * @throws ErrnoException EROFS if it is read-only
   */
  Mount.Writing beginChange() throws ErrnoException {
    return mount.beginWriting(this);
  }

  /** Returns whether this was found through this very directory. */
  @SuppressWarnings("ReferenceEquality") // after a rename an equal path is another one
  boolean isChildOf(VfsPath of) {
    return directory == of;
  }

  /**
   * Returns whether a file opened here with these flags prevents its mount from becoming read-only.
   */
  boolean isWritten(OpenFlags flags) {
    return inode.kind() == FileKind.REGULAR && flags.writes() && !flags.has(OpenFlags.O_PATH);
  }

  /** Returns whether nothing here can be executed, as {@code path_noexec}. */
  boolean forbidsExecution() {
    return mount.has(MountFlag.NOEXEC) || mount.superBlock().hasNoPrograms();
  }

  /**
   * Counts a file that is about to be opened here for writing.
   *
   * @throws ErrnoException ETXTBSY while it is executed, EROFS
   */
  void beginWriting() throws ErrnoException {
    if (!inode.writeAccess().get()) {
      throw busy("open %s for writing: it is being executed");
    }
    try {
      mount.beginWriting(this);
    } catch (ErrnoException readOnly) {
      inode.writeAccess().put();
      throw readOnly;
    }
  }

  /** Ends {@link #beginWriting}. */
  void endWriting() {
    mount.fileWritten();
    inode.writeAccess().put();
  }

  /**
   * Prevents opening the file here for writing, until {@link #allowWriting}.
   *
   * @throws ErrnoException ETXTBSY if it is open for writing (rule EXEC-12)
   */
  public void denyWriting() throws ErrnoException {
    if (!inode.writeAccess().deny()) {
      throw busy("execve %s: it is open for writing");
    }
  }

  private ErrnoException busy(String words) {
    return ErrnoException.byRule("EXEC-12", Errno.ETXTBSY, words.formatted(this));
  }

  /** Ends {@link #denyWriting}. */
  public void allowWriting() {
    inode.writeAccess().allow();
  }

  /** Records that a file opened here with these flags is closed. */
  void closed(OpenFlags flags) {
    if (isWritten(flags)) {
      endWriting();
    }
    mount.fileClosed();
  }

  /**
   * Returns the directory it was found in, for one that is not the root of a mount.
   *
   * @throws NullPointerException if it is
   */
  VfsPath requireParent() {
    return Objects.requireNonNull(directory, "directory");
  }

  /**
   * Clears the cached names of its directory: the inode of this one is gone, perhaps because its
   * file system miscounted the links.
   */
  void forget() {
    parent().ifPresent(in -> in.inode.namesChanged());
  }

  /** Returns whether both are names in the same directory. */
  boolean isSiblingOf(VfsPath other) {
    return directory != null && other.directory != null && directory.inode == other.directory.inode;
  }

  /** Returns whether both are the same name in the same directory, through whichever mounts. */
  boolean isSameNameAs(VfsPath other) {
    return isSiblingOf(other) && name.equals(other.name);
  }

  /** Returns the current place of the file found here, if its name was moved since. */
  VfsPath latest() {
    return inode.latest(this);
  }

  /** Reports a change of the file here to the watches of its directory. */
  void report(Kind kind) {
    Watches watches = mount.superBlock().watches();
    if (!watches.isEmpty()) {
      VfsPath now = latest();
      now.parent().ifPresent(parent -> watches.report(parent.inode, kind, now.name));
    }
  }

  /** Returns the same place in the same file system, reached through a mount. */
  VfsPath through(Mount other) {
    return mount == other
        ? this
        : new VfsPath(other, inode, directory == null ? null : directory.through(other), name);
  }

  /** Returns the path as {@code d_path} does: from the root, with " (deleted)" if it is gone. */
  public String display() {
    boolean gone = inode.isUnlinked(latest());
    return gone ? this + " (deleted)" : toString();
  }

  /** Returns the path of something in this directory, for a message. */
  String pathOf(String child) {
    String path = toString();
    return path.equals("/") ? path + child : path + "/" + child;
  }

  /** Returns the path from the root of the tree, by current names. */
  @Override
  public String toString() {
    StringBuilder path = new StringBuilder();
    @Nullable VfsPath at = this;
    while (at != null) {
      VfsPath now = at.latest();
      if (now.directory == null) {
        at = now.mount.point().orElse(null);
      } else {
        path.insert(0, "/" + now.name);
        at = now.directory;
      }
    }
    return path.isEmpty() ? "/" : path.toString();
  }
}
