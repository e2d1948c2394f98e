package dev.nommu.kernel.vfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.Inode;
import dev.nommu.kernel.mm.FileRegions;
import dev.nommu.kernel.plugin.PluginCall;

/**
 * The kernel's side of an inode: its identity, its lock, its mappings and, for a named pipe, the
 * pipe. One object for each inode in use.
 */
public final class VfsInode {
  private final SuperBlock superBlock;
  private final Inode inode;
  private final FileRegions regions = new FileRegions();
  private final Pipe pipe = new Pipe();

  VfsInode(SuperBlock superBlock, Inode inode) {
    this.superBlock = superBlock;
    this.inode = inode;
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
    return FileKind.of(inode);
  }

  /** Returns its mappings, and the lock that guards the inode. */
  public FileRegions regions() {
    return regions;
  }

  /** Returns the pipe that a named pipe stands for. */
  Pipe pipe() {
    return pipe;
  }
}
