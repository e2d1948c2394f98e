package dev.nommu.kernel.vfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.Inode;
import dev.nommu.kernel.mm.FileRegions;
import dev.nommu.kernel.plugin.PluginCall;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's side of an inode: its identity, its lock, its mappings and, for a named pipe, the
 * pipe. One object for each inode in use.
 */
public final class VfsInode {
  private final SuperBlock superBlock;
  private final Inode inode;
  private final FileKind kind;
  private final InodeLock lock = new InodeLock(this);
  private final FileRegions regions = new FileRegions(lock);
  private volatile NameCache names = new NameCache();
  private volatile int mounts;

  /** Names that stood for it once; never changed, but replaced. */
  private volatile Set<Name> lost = Set.of();

  private @Nullable Pipe pipe;

  VfsInode(SuperBlock superBlock, Inode inode) {
    this.superBlock = superBlock;
    this.inode = inode;
    this.kind = FileKind.of(inode);
  }

  /** Returns the file system the inode is of. */
  public SuperBlock superBlock() {
    return superBlock;
  }

  /** Returns the plugin's inode. */
  public Inode inode() {
    return inode;
  }

  /**
   * Returns what the plugin says of the inode.
   *
   * @throws ErrnoException EIO if it cannot say it (rule PLUGIN-01)
   */
  public Attributes attributes() throws ErrnoException {
    return PluginCall.ask(inode, "attributes", inode::attributes);
  }

  /** Returns the kind of the inode. */
  public FileKind kind() {
    return kind;
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
    return held.kind == FileKind.DIRECTORY || held.superBlock.showsOtherFiles();
  }

  /** Returns its mappings, which its lock guards. */
  public FileRegions regions() {
    return regions;
  }

  /** Returns what is known of the names in this directory. */
  NameCache names() {
    return names;
  }

  /** Forgets what is known of the names in this directory, after one of them was changed. */
  void namesChanged() {
    names = new NameCache();
  }

  private record Name(VfsInode directory, String name) {}

  /** Says that a name stands for this inode no longer, as {@code d_drop}. */
  synchronized void unlinked(VfsInode directory, String name) {
    Set<Name> more = new HashSet<>(lost);
    more.add(new Name(directory, name));
    lost = more;
  }

  /** Says that a name stands for this inode. */
  synchronized void linked(VfsInode directory, String name) {
    if (isUnlinked(directory, name)) {
      Set<Name> fewer = new HashSet<>(lost);
      fewer.remove(new Name(directory, name));
      lost = fewer;
    }
  }

  /** Returns whether a name stood for this inode and does so no longer, as {@code d_unlinked}. */
  boolean isUnlinked(VfsInode directory, String name) {
    return !lost.isEmpty() && lost.contains(new Name(directory, name));
  }

  /** Returns whether it is a directory on which something is mounted. */
  boolean isMountPoint() {
    return mounts > 0;
  }

  /** Says that something was mounted on it, or taken away; under the monitor of the namespace. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // volatile for those who only look
  void mounted(int difference) {
    mounts += difference;
  }

  /** Returns the pipe that a named pipe stands for. */
  synchronized Pipe pipe() {
    Pipe opened = pipe == null ? new Pipe() : pipe;
    pipe = opened;
    return opened;
  }
}
