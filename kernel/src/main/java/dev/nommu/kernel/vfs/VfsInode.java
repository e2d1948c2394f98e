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

  /** Of a directory, where it was found last; changed under the lock of that one. */
  private volatile @Nullable VfsInode parent;

  /** Whether its last name is gone; set under its lock. */
  private volatile boolean removed;

  /** The flags it has, as {@code i_flags}; changed under its lock. */
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
   * Returns the kernel's side of a plugin's inode that has none yet.
   *
   * @throws ErrnoException EIO if the plugin cannot say what it is (rule PLUGIN-01)
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

  /** Returns the file system the inode is of. */
  public SuperBlock superBlock() {
    return superBlock;
  }

  /** Returns the plugin's inode. */
  public Inode inode() {
    return inode;
  }

  /** Returns its number, as the plugin gave it when it was found. */
  public long number() {
    return number;
  }

  /**
   * Returns what the plugin says of the inode.
   *
   * @throws ErrnoException EIO if it cannot say it (rule PLUGIN-01)
   */
  public Attributes attributes() throws ErrnoException {
    return InodeAnswers.attributes(inode);
  }

  /**
   * Returns the largest size of a file, and the last position in it.
   *
   * @throws ErrnoException EIO if the plugin cannot say it (rule PLUGIN-01)
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

  /** Returns whether its file system keeps flags of it. */
  boolean keepsFlags() {
    return inode instanceof FlaggedInode;
  }

  /** Returns whether it has a flag. */
  boolean has(InodeFlag flag) {
    return flags.contains(flag);
  }

  /** Returns the flags it has; immutable. */
  Set<InodeFlag> flags() {
    return flags;
  }

  /**
   * Gives it these flags and no others; called with its lock held.
   *
   * @throws ErrnoException ENOTTY if it keeps none, what the plugin says
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

  /** Returns the device that a device node stands for; NONE for anything else. */
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

  /** Returns who writes it and who executes it. */
  WriteAccess writeAccess() {
    return writeAccess;
  }

  /** Returns what is known of the names in this directory. */
  NameCache names() {
    return names;
  }

  /** Forgets what is known of the names in this directory, after one of them was changed. */
  void namesChanged() {
    names = new NameCache();
  }

  /** Says that this directory was found in another one, whose lock is held. */
  void foundIn(VfsInode directory) {
    if (kind == FileKind.DIRECTORY) {
      parent = directory;
    }
  }

  /**
   * Returns whether another directory lies in this one, however deep. The answer lasts while the
   * file system's lock for renames is held.
   */
  boolean isAncestorOf(VfsInode other) {
    @Nullable VfsInode at = other.parent;
    while (at != null && at != this) {
      at = at.parent;
    }
    return at == this;
  }

  /** Returns what is known of names that stood for this inode. */
  FormerNames formerNames() {
    return formerNames;
  }

  /** Says, with its lock held, that its last name is gone; the number may come to mean another. */
  void removed() {
    assert lock.isHeldByCurrentThread();
    removed = true;
    superBlock.forget(this);
    superBlock.watches().end(this);
  }

  /** Returns whether its last name is gone: nothing is opened or made in it any more. */
  boolean isRemoved() {
    return removed;
  }

  /** Returns whether it is a directory on which something is mounted. */
  boolean isMountPoint() {
    return mounts > 0;
  }

  /** Says that something was mounted on it, or taken away; under the monitor of the namespace. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // volatile for readers without the lock
  void mounted(int difference) {
    mounts += difference;
  }

  /** Returns which open files have it locked. */
  synchronized FileLocks fileLocks() {
    FileLocks made = fileLocks == null ? new FileLocks() : fileLocks;
    fileLocks = made;
    return made;
  }

  /** Gives up the lock of an open file that is closed, if it has one. */
  void unlock(Object file) {
    @Nullable FileLocks locks = fileLocks;
    if (locks != null) {
      locks.unlock(file);
    }
  }

  /** Returns the pipe that a named pipe stands for. */
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
