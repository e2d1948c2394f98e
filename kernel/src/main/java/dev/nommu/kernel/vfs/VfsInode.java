package dev.nommu.kernel.vfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.Inode;
import dev.nommu.kernel.mm.FileRegions;
import dev.nommu.kernel.plugin.PluginCall;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's side of an inode: its identity, its lock, its mappings and, for a named pipe, the
 * pipe. One object for each inode in use.
 */
public final class VfsInode {
  private final SuperBlock superBlock;
  private final Inode inode;
  private final FileKind kind;
  private final FileRegions regions = new FileRegions();
  private volatile NameCache names = new NameCache();
  private volatile int mounts;
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

  /** Returns its mappings, and the lock that guards the inode. */
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
