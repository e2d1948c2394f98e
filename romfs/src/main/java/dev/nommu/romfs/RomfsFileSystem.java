package dev.nommu.romfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.BackingStore;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.Directory;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.Inode;

/** A mounted image. Inode numbers are offsets of nodes (rule ROMFS-17). */
final class RomfsFileSystem implements FileSystem {
  private static final long MAGIC = 0x7275;

  private final RomfsImage image;
  private final BackingStore store;

  RomfsFileSystem(RomfsImage image, BackingStore store) {
    this.image = image;
    this.store = store;
  }

  @Override
  public Directory root() {
    return new RomfsDirectory(this, image.root());
  }

  @Override
  public boolean isReadOnly() {
    return true;
  }

  @Override
  public NameChanges nameChanges() {
    return NameChanges.BY_KERNEL;
  }

  /** Returns the statistics of rule ROMFS-16; files are not counted. */
  @Override
  public Statistics statistics() {
    long blocks = Math.ceilDiv(image.header().size(), RomfsFormat.BLOCK_SIZE);
    return Statistics.builder(MAGIC)
        .blockSize(RomfsFormat.BLOCK_SIZE)
        .blocks(blocks, 0)
        .nameLength(RomfsFormat.LONGEST_NAME)
        .build();
  }

  RomfsImage image() {
    return image;
  }

  BackingStore store() {
    return store;
  }

  /**
   * Returns the inode of a node.
   *
   * @throws ErrnoException ELOOP, EIO if it is a dangling hard link
   */
  Inode inode(RomfsNode name) throws ErrnoException {
    RomfsNode node = image.resolve(name);
    return switch (node.kind()) {
      case DIRECTORY -> new RomfsDirectory(this, node);
      case REGULAR -> new RomfsRegularFile(this, node);
      case SYMBOLIC_LINK -> new RomfsSymbolicLink(image, node);
      case BLOCK_DEVICE -> new RomfsDeviceFile(node, DeviceFile.Kind.BLOCK);
      case CHARACTER_DEVICE -> new RomfsDeviceFile(node, DeviceFile.Kind.CHARACTER);
      case SOCKET -> new RomfsSocket(node);
      case FIFO -> new RomfsFifo(node);
      case HARD_LINK ->
          throw new ErrnoException(Errno.ELOOP, "bad romfs: hard link at " + node.offset());
    };
  }

  /** Returns the attributes of a node (rule ROMFS-16). */
  static Attributes attributes(RomfsNode node, long size) {
    return Attributes.builder(node.permissions())
        .size(size)
        .blockSize(RomfsFormat.BLOCK_SIZE)
        .build();
  }
}
