package dev.nommu.cramfs;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Attributes;
import dev.nommu.api.Directory;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.Owner;
import dev.nommu.api.Page;
import dev.nommu.api.PointedRange;
import java.util.Optional;

/** A mounted image. */
final class CramfsFileSystem implements FileSystem {
  private final CramfsImage image;
  private final Optional<PointedRange> pointed;

  /**
   * Creates the file system of an image.
   *
   * @param pointed the whole image, if it can be addressed
   */
  CramfsFileSystem(CramfsImage image, Optional<PointedRange> pointed) {
    this.image = image;
    this.pointed = pointed;
  }

  /** Returns the root; all users may read and search it regardless of its mode (rule CRAMFS-21). */
  @Override
  public Directory root() {
    CramfsNode root = image.root();
    CramfsNode readable =
        new CramfsNode(
            root.offset(),
            root.mode() | 0555,
            root.uid(),
            root.gid(),
            root.size(),
            root.dataOffset(),
            root.name());
    return new CramfsDirectory(this, readable);
  }

  @Override
  public boolean isReadOnly() {
    return true;
  }

  @Override
  public NameChanges nameChanges() {
    return NameChanges.BY_KERNEL;
  }

  @Override
  public Statistics statistics() {
    CramfsSuperblock.Fsid fsid = image.superblock().fsid();
    return Statistics.builder(CramfsFormat.MAGIC)
        .blocks(fsid.blocks(), 0)
        .files(fsid.files())
        .nameLength(CramfsFormat.LONGEST_NAME)
        .build();
  }

  /**
   * Returns the page size; 0 if the image is mounted from an MTD, as {@code cramfs_mtd_fill_super}.
   */
  @Override
  public long blockSize() {
    return pointed.isPresent() ? 0 : Page.SIZE;
  }

  /** Unpoints the image. */
  @Override
  public void close() throws ErrnoException {
    image.close();
    pointed.ifPresent(PointedRange::close);
  }

  /**
   * Returns the attributes of a node: no times, one link (rules CRAMFS-14 and CRAMFS-23); on an MTD
   * a block size of one byte, since the superblock has none there.
   */
  Attributes attributes(CramfsNode node) {
    return Attributes.builder(node.permissions())
        .owner(new Owner(node.uid(), node.gid()))
        .size(node.hasData() ? node.size() : 0)
        .blockSize((int) Math.max(1, blockSize()))
        .build();
  }

  /** Returns the image. */
  CramfsImage image() {
    return image;
  }

  /** Returns the image in memory, or empty if no file may be mapped in place (rule CRAMFS-01). */
  Optional<AddressRange> inPlace() {
    CramfsSuperblock superblock = image.superblock();
    return pointed
        .filter(_ -> superblock.has(CramfsFlag.EXT_BLOCK_POINTERS))
        .map(range -> new AddressRange(range.address(), superblock.size()));
  }
}
