package dev.nommu.hostfs;

import dev.nommu.api.Directory;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/**
 * One mounted host directory. It stores the inodes that were looked up or listed, so that a file
 * keeps its number until it is removed; its monitor guards them.
 *
 * <p>A file is identified by the host's file key. If the host has none, it is identified by its
 * directory and name, and a file that the host puts in its place is taken for the same one.
 */
final class HostFileSystem implements FileSystem {
  private static final long MAGIC = 0x00c0_ffeeL;
  private static final long ROOT_NUMBER = 1;

  private final HostTree tree;
  private final int block;
  private final HostDirectory root;
  private final Map<Object, HostInode> inodes = new HashMap<>();
  private long lastNumber = ROOT_NUMBER;

  /**
   * Mounts a tree.
   *
   * @param block the block size it reports, in bytes
   * @throws IOException if its root cannot be read
   */
  HostFileSystem(HostTree tree, int block) throws IOException {
    this.tree = tree;
    this.block = block;
    this.root =
        new HostDirectory(this, ROOT_NUMBER, new Position.Root(), tree.attributes(Location.ROOT));
  }

  HostTree tree() {
    return tree;
  }

  @Override
  public Directory root() {
    return root;
  }

  /** Returns the space of the host's file store in blocks; 0 if unknown. */
  @Override
  public Statistics statistics() {
    try {
      FileStore store = Files.getFileStore(tree.root());
      return statistics(store.getTotalSpace(), store.getUsableSpace());
    } catch (IOException e) {
      return statistics(0, 0);
    }
  }

  private Statistics statistics(long total, long free) {
    return Statistics.builder(MAGIC).blockSize(block).blocks(total / block, free / block).build();
  }

  /** Returns the block size in bytes, without a call to the host. */
  @Override
  public long blockSize() {
    return block;
  }

  /** Returns true, as for a disk: no data is cached between a program and the host. */
  @Override
  public boolean hasDirectIo() {
    return true;
  }

  /** Returns the inode of the file found under a name. */
  synchronized HostInode inode(Position.Named position, HostAttributes found) {
    Object key = found.fileKey().orElse(position);
    HostInode known = inodes.get(key);
    if (known == null || known.kind() != found.kind()) {
      known = make(position, found);
      inodes.put(key, known);
    }
    known.moved(position);
    known.saw(found);
    return known;
  }

  /** Returns the inode of a temporary file without a name. */
  synchronized HostInode temporary(Position.Named position, HostAttributes found) {
    HostInode made = new TemporaryHostFile(this, ++lastNumber, position, found);
    inodes.put(made.key(), made);
    return made;
  }

  private HostInode make(Position.Named position, HostAttributes found) {
    long number = ++lastNumber;
    return switch (found.kind()) {
      case REGULAR -> new HostFile(this, number, position, found);
      case DIRECTORY -> new HostDirectory(this, number, position, found);
      case SYMBOLIC_LINK -> new HostSymbolicLink(this, number, position, found);
      case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO, SOCKET ->
          new HostSpecial(this, number, position, found);
    };
  }

  /** Records that an inode was moved to another name. */
  synchronized void renamed(HostInode inode, Position.Named position) {
    inodes.remove(inode.key(), inode);
    inode.moved(position);
    inodes.put(inode.key(), inode);
  }

  /** Records that the name of an inode was removed. */
  synchronized void removed(HostInode inode) {
    if (!inode.isOpen() || inode.hostKey().isEmpty()) {
      inodes.remove(inode.key(), inode);
    }
    inode.moved(new Position.Removed());
  }

  /** Records that an open file of an inode was closed. */
  synchronized void closed(HostInode inode) {
    if (inode.isRemoved() && !inode.isOpen()) {
      inodes.remove(inode.key(), inode);
    }
  }

  /**
   * Returns a directory passed by the kernel as the one this file system created.
   *
   * @throws ErrnoException EXDEV if another file system created it
   */
  HostDirectory own(Directory directory) throws ErrnoException {
    if (directory instanceof HostDirectory own && own.fileSystem() == this) {
      return own;
    }
    throw new ErrnoException(
        Errno.EXDEV, "inode " + directory.number() + " belongs to another hostfs");
  }

  /**
   * Releases the host's directory.
   *
   * @throws ErrnoException the host's errors
   */
  @Override
  public void close() throws ErrnoException {
    HostCall.act("umount", tree.root(), tree::close);
  }

  /** Returns the number of known inodes. */
  synchronized int knownInodes() {
    return inodes.size();
  }
}
