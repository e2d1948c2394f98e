package dev.nommu.kernel.vfs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.Attributes;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.FlaggedInode;
import dev.nommu.api.Inode;
import dev.nommu.api.InodeFlag;
import dev.nommu.api.RegularFile;
import dev.nommu.kernel.mm.FileRegions;
import dev.nommu.kernel.plugin.PluginCall;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's side of an inode: its identity, its lock, its mappings and, for a named pipe, the
 * pipe. One object for each inode in use.
 */
public final class VfsInode {
  private static final long UNKNOWN = -1;

  private final SuperBlock superBlock;
  private final Inode inode;
  private final long number;
  private final FileKind kind;
  private final DeviceNumber device;
  private final InodeLock lock = new InodeLock(this);
  private final FileRegions regions = new FileRegions(lock);
  private final WriteAccess writeAccess = new WriteAccess();
  private final FormerNames formerNames = new FormerNames();
  private volatile NameCache names = new NameCache();
  private volatile int mounts;

  /** Of a directory other than the root, its place; set under the monitor of the super block. */
  private volatile @Nullable VfsPath place;

  /** Whether its last name is gone; set under its lock. */
  private volatile boolean removed;

  /** Its flags, as {@code i_flags}; changed under its lock. */
  private volatile Set<InodeFlag> flags = Set.of();

  /** Facts that the plugin promised never change, cached. */
  private volatile long largestSize = UNKNOWN;

  @GuardedBy("this")
  private @Nullable Pipe pipe;

  /** The holders of locks; created under the monitor when the first lock is taken. */
  private volatile @Nullable FileLocks fileLocks;

  private VfsInode(
      SuperBlock superBlock, Inode inode, long number, FileKind kind, DeviceNumber device) {
    this.superBlock = superBlock;
    this.inode = inode;
    this.number = number;
    this.kind = kind;
    this.device = device;
  }

  /**
   * Creates the kernel's side of a plugin's inode.
   *
   * @throws ErrnoException EIO if the plugin fails to describe it (rule PLUGIN-01)
   */
  static VfsInode of(SuperBlock superBlock, Inode inode, long number) throws ErrnoException {
    DeviceNumber device =
        inode instanceof DeviceFile node
            ? PluginCall.ask(node, "device", node::device)
            : DeviceNumber.NONE;
    VfsInode made = new VfsInode(superBlock, inode, number, InodeAnswers.kind(inode), device);
    if (inode instanceof FlaggedInode flagged) {
      made.flags = Set.copyOf(PluginCall.ask(flagged, "flags", flagged::flags));
    }
    return made;
  }

  /** Returns the file system of the inode. */
  public SuperBlock superBlock() {
    return superBlock;
  }

  /** Returns the plugin's inode. */
  public Inode inode() {
    return inode;
  }

  /** Returns its number, as returned by the plugin when it was found. */
  public long number() {
    return number;
  }

  /**
   * Returns the plugin's attributes of the inode.
   *
   * @throws ErrnoException EIO if the plugin fails to return them (rule PLUGIN-01)
   */
  public Attributes attributes() throws ErrnoException {
    return InodeAnswers.attributes(inode);
  }

  /**
   * Returns the maximum size of a file, and the last position in it.
   *
   * @throws ErrnoException EIO if the plugin fails to return it (rule PLUGIN-01)
   */
  long largestSize() throws ErrnoException {
    if (largestSize == UNKNOWN) {
      largestSize = inode instanceof RegularFile file ? largestSize(file) : Long.MAX_VALUE;
    }
    return largestSize;
  }

  private static long largestSize(RegularFile file) throws ErrnoException {
    return PluginCall.count(file, "largestSize", 0, Long.MAX_VALUE, file::largestSize);
  }

  /** Returns whether its file system stores its flags. */
  boolean keepsFlags() {
    return inode instanceof FlaggedInode;
  }

  /** Returns whether it has a flag. */
  boolean has(InodeFlag flag) {
    return flags.contains(flag);
  }

  /** Returns its flags; immutable. */
  Set<InodeFlag> flags() {
    return flags;
  }

  /**
   * Sets its flags; called with its lock held.
   *
   * @throws ErrnoException ENOTTY if it stores none, errors of the plugin
   */
  void setFlags(Set<InodeFlag> changed) throws ErrnoException {
    if (!(inode instanceof FlaggedInode flagged)) {
      throw new ErrnoException(Errno.ENOTTY, "inode " + number + ": flags are not kept here");
    }
    PluginCall.tell(flagged, "setFlags", () -> flagged.setFlags(changed));
    flags = changed;
  }

  /** Returns the kind of the inode. */
  public FileKind kind() {
    return kind;
  }

  /** Returns the device of a device node; NONE for anything else. */
  public DeviceNumber device() {
    return device;
  }

  /**
   * Returns the lock of the inode: the operations of the plugin's inode and of its open files are
   * called with it held.
   */
  public InodeLock lock() {
    return lock;
  }

  /** Returns whether the lock order lets a thread that has another inode's lock take this one's. */
  boolean mayBeLockedAfter(VfsInode held) {
    if (held.superBlock.showsOtherFiles()) {
      return true;
    }
    return held.kind == FileKind.DIRECTORY
        && (kind != FileKind.DIRECTORY
            || held.isAncestorOf(this)
            || superBlock.renames().isHeldByCurrentThread());
  }

  /** Returns its mappings, which its lock guards. */
  public FileRegions regions() {
    return regions;
  }

  /** Returns the counts of its writers and executors. */
  WriteAccess writeAccess() {
    return writeAccess;
  }

  /** Returns the cached names of this directory. */
  NameCache names() {
    return names;
  }

  /** Clears the cached names of this directory, after one of them changed. */
  void namesChanged() {
    names = new NameCache();
  }

  /** Returns where this directory is; null for the root and for another kind of file. */
  @Nullable VfsPath place() {
    return place;
  }

  /** Sets where this directory is; called by {@link SuperBlock#found} alone. */
  void putAt(VfsPath where) {
    place = where;
  }

  private @Nullable VfsInode parent() {
    @Nullable VfsPath now = place;
    return now == null ? null : now.requireParent().inode();
  }

  /**
   * Returns whether another directory is below this one. The answer is valid while the rename lock
   * of the file system is held.
   */
  boolean isAncestorOf(VfsInode other) {
    @Nullable VfsInode at = other.parent();
    while (at != null && at != this) {
      at = at.parent();
    }
    return at == this;
  }

  /** Records that a name refers to this file, which is not a directory. */
  void linked(VfsPath name) {
    formerNames.given(name);
  }

  /** Records that a name of this inode is gone. */
  void unlinked(VfsPath name) {
    if (kind != FileKind.DIRECTORY) {
      formerNames.removed(name);
    }
  }

  /** Records that a name of this inode was moved. */
  void moved(VfsPath from, VfsPath to) throws ErrnoException {
    if (kind == FileKind.DIRECTORY) {
      superBlock.found(this, to);
    } else {
      formerNames.moved(from, to);
    }
  }

  /** Returns the current place of this file, which was found at a place. */
  VfsPath latest(VfsPath found) {
    if (kind != FileKind.DIRECTORY) {
      return formerNames.latest(found);
    }
    @Nullable VfsPath now = place;
    if (now == null || found.parent().isEmpty() || now.isSameNameAs(found)) {
      return found;
    }
    return now.through(found.mount());
  }

  /** Returns whether a name referred to this file and is gone, as {@code d_unlinked}. */
  boolean isUnlinked(VfsPath name) {
    return kind == FileKind.DIRECTORY ? removed : formerNames.isRemoved(name);
  }

  /** Records, with its lock held, that its last name is gone; its number may be reused. */
  void removed() {
    assert lock.isHeldByCurrentThread();
    removed = true;
    superBlock.forget(this);
    superBlock.watches().end(this);
  }

  /** Returns whether its last name is gone: nothing can be opened or created in it. */
  boolean isRemoved() {
    return removed;
  }

  /** Returns whether it is a mount point. */
  boolean isMountPoint() {
    return mounts > 0;
  }

  /** Records a mount or unmount on it; under the monitor of the namespace. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // volatile for readers without the lock
  void mounted(int difference) {
    mounts += difference;
  }

  /** Returns the locks of open files on it. */
  synchronized FileLocks fileLocks() {
    FileLocks made = fileLocks == null ? new FileLocks() : fileLocks;
    fileLocks = made;
    return made;
  }

  /** Releases the lock of a closed open file, if it has one. */
  void unlock(Object file) {
    @Nullable FileLocks locks = fileLocks;
    if (locks != null) {
      locks.unlock(file);
    }
  }

  /** Returns the pipe of a named pipe. */
  synchronized Pipe pipe() {
    Pipe opened = pipe == null ? new Pipe() : pipe;
    pipe = opened;
    return opened;
  }

  /** Returns the file system's type and the number. */
  @Override
  public String toString() {
    return "%s inode %d".formatted(superBlock.type(), number);
  }
}
