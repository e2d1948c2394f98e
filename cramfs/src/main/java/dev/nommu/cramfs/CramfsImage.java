package dev.nommu.cramfs;

import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileNames;
import dev.nommu.api.Profile;
import dev.nommu.image.ByteSource;
import dev.nommu.image.ImageText;
import dev.nommu.image.TreeEntry;
import dev.nommu.image.TreeWalk;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A cramfs image for reading, of either byte order (rules CRAMFS-10 to CRAMFS-24). It does not
 * depend on a kernel or a mount: it provides nodes and their bytes. Everything is read on demand.
 *
 * <p>May be called concurrently.
 */
public final class CramfsImage implements AutoCloseable {
  /** The magic number of an image and its offsets, for messages. */
  public static final String SIGNATURE = CramfsSuperblock.MAGIC_PLACES;

  /** Bytes in a block, unless the image was made for a machine with larger pages. */
  public static final int DEFAULT_BLOCK_SIZE = CramfsFormat.DEFAULT_BLOCK_SIZE;

  private final ImageReader reader;
  private final CramfsSuperblock superblock;
  private final int blockSize;
  private final Profile profile;
  private final BlockCache cache;

  private CramfsImage(
      ByteSource source, CramfsSuperblock superblock, int blockSize, Profile profile) {
    this.reader = new ImageReader(source, superblock.byteOrder());
    this.superblock = superblock;
    this.blockSize = blockSize;
    this.profile = profile;
    this.cache = new BlockCache(reader, blockSize);
  }

  /**
   * Returns whether the bytes begin like a cramfs, in either byte order and with or without room
   * for boot code (rules CRAMFS-10 and CRAMFS-11). The rest may be anything.
   *
   * @throws ErrnoException EIO if they cannot be read
   */
  public static boolean begins(ByteSource source) throws ErrnoException {
    return hasMagic(source, 0) || hasMagic(source, CramfsFormat.BOOT_CODE_SIZE);
  }

  private static boolean hasMagic(ByteSource source, long at) throws ErrnoException {
    if (source.size() < at + Integer.BYTES) {
      return false;
    }
    byte[] word = new byte[Integer.BYTES];
    source.read(MemorySegment.ofArray(word), at);
    int magic = ByteBuffer.wrap(word).getInt();
    return magic == CramfsFormat.MAGIC || magic == CramfsFormat.SWAPPED_MAGIC;
  }

  /**
   * Returns the block size that an image was made for, which it does not store: the smallest with
   * which a file of several blocks can be unpacked. The source stays open.
   *
   * @return a power of two from 4096 to 65536; {@link #DEFAULT_BLOCK_SIZE} if no file determines it
   * @throws ErrnoException EINVAL if it is not a cramfs or has unknown features
   */
  public static int blockSizeOf(ByteSource source) throws ErrnoException {
    return BlockSizeSearch.of(source);
  }

  /**
   * Opens an image (rule CRAMFS-21). Closing the image closes the source.
   *
   * @param blockSize bytes in a block, which the image does not store: a power of two from 4096 to
   *     65536
   * @throws ErrnoException EINVAL if it is not a cramfs or has unknown features, EIO if its
   *     beginning cannot be read
   */
  public static CramfsImage open(ByteSource source, int blockSize) throws ErrnoException {
    CramfsFormat.requireBlockSize(blockSize);
    CramfsSuperblock superblock = CramfsSuperblock.read(source);
    superblock.requireSupported();
    return new CramfsImage(source, superblock, blockSize, Profile.DOCUMENT);
  }

  /**
   * Opens an image in a file of any {@code java.nio.file} file system.
   *
   * @throws ErrnoException ENOENT if the file does not exist; EINVAL, EIO as for {@link
   *     #open(ByteSource, int)}
   */
  public static CramfsImage open(Path image, int blockSize) throws ErrnoException {
    ByteSource source = ByteSource.open(image);
    try {
      return open(source, blockSize);
    } catch (ErrnoException e) {
      source.close();
      throw e;
    }
  }

  /**
   * Opens an image with blocks of {@link #DEFAULT_BLOCK_SIZE} in a file.
   *
   * @throws ErrnoException ENOENT, EINVAL, EIO as for {@link #open(Path, int)}
   */
  public static CramfsImage open(Path image) throws ErrnoException {
    return open(image, DEFAULT_BLOCK_SIZE);
  }

  /** Returns an image to mount, with a superblock already checked to be supported. */
  static CramfsImage mounted(ByteSource source, CramfsSuperblock superblock, Profile profile) {
    return new CramfsImage(source, superblock, DEFAULT_BLOCK_SIZE, profile);
  }

  /** Returns the superblock. */
  public CramfsSuperblock superblock() {
    return superblock;
  }

  /** Returns the block size in bytes. */
  public int blockSize() {
    return blockSize;
  }

  /** Returns the root directory. */
  public CramfsNode root() {
    return superblock.root();
  }

  /**
   * Returns the nodes of a directory in the order of the image.
   *
   * @param directory a directory
   * @throws ErrnoException EIO if an entry is malformed or has an invalid name
   */
  public List<CramfsNode> children(CramfsNode directory) throws ErrnoException {
    DirectoryTable table = DirectoryTable.read(reader, directory);
    List<CramfsNode> children = new ArrayList<>();
    while (table.hasNext()) {
      children.add(requireName(table.next().node()));
    }
    return children;
  }

  /**
   * Returns some of the entries of a directory.
   *
   * @param position bytes from its start; past its end there are none
   * @param limit the most entries to return
   * @throws ErrnoException EINVAL if the position is not a multiple of 4; EIO as for {@link
   *     #children}
   */
  List<DirectoryEntry> entries(CramfsNode directory, long position, int limit)
      throws ErrnoException {
    List<DirectoryEntry> entries = new ArrayList<>();
    DirectoryTable table = DirectoryTable.read(reader, directory);
    table.moveTo(position);
    while (table.hasNext() && entries.size() < limit) {
      CramfsNode child = requireName(table.next().node());
      entries.add(
          DirectoryEntry.of(child.name(), child.number(), child.requireKind())
              .withNext(table.position()));
    }
    return entries;
  }

  /**
   * Returns the node with a name in a directory, or empty.
   *
   * @throws ErrnoException EIO if an entry before it is malformed or has no name (CRAMFS-24)
   */
  public Optional<CramfsNode> lookup(CramfsNode directory, String name) throws ErrnoException {
    DirectoryTable table = DirectoryTable.read(reader, directory);
    while (table.hasNext()) {
      CramfsNode node = table.next().node();
      if (node.name().isEmpty()) {
        throw badName(node);
      }
      if (node.name().equals(name)) {
        return Optional.of(node);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the whole tree: the root, then each directory before its entries.
   *
   * @throws ErrnoException EIO if an entry is malformed, or directories overlap or form a loop;
   *     ENAMETOOLONG if a path has more than 4095 characters
   */
  public List<TreeEntry<CramfsNode>> walk() throws ErrnoException {
    return TreeWalk.of(root(), new Descent());
  }

  /** Descends into each directory once; all entries together must fit into the image. */
  private final class Descent implements TreeWalk.Children<CramfsNode> {
    private final Set<Long> entered = new HashSet<>();
    private long left = reader.size();

    @Override
    public List<TreeEntry<CramfsNode>> of(TreeEntry<CramfsNode> entry) throws ErrnoException {
      CramfsNode node = entry.node();
      if (!node.isDirectory() || !node.hasData()) {
        return List.of();
      }
      left -= node.size();
      requireApart(entry, entered.add(node.dataOffset()) && left >= 0);
      List<TreeEntry<CramfsNode>> children = new ArrayList<>();
      for (CramfsNode child : children(node)) {
        children.add(requirePath(entry.child(child.name(), child)));
      }
      return children;
    }
  }

  /**
   * Reads bytes of a regular file or symbolic link.
   *
   * @param into receives the bytes
   * @param position bytes from the start of the file, 0 or more
   * @return the number of bytes read: fewer than requested at the end and before a malformed block;
   *     0 at and past the end
   * @throws ErrnoException EIO if the block at the position is malformed or cannot be read; EISDIR
   *     if it is a directory
   */
  public long read(CramfsNode file, MemorySegment into, long position) throws ErrnoException {
    return content(file).read(into, position);
  }

  /**
   * Returns all bytes of a regular file or symbolic link, less than 16 MiB.
   *
   * @throws ErrnoException EIO if a block is malformed or cannot be read; EISDIR if it is a
   *     directory
   */
  public byte[] readAll(CramfsNode file) throws ErrnoException {
    CramfsContent content = content(file);
    byte[] bytes = new byte[content.size()];
    MemorySegment into = MemorySegment.ofArray(bytes);
    for (long done = 0; done < bytes.length; ) {
      done += content.read(into.asSlice(done), done);
    }
    return bytes;
  }

  /**
   * Returns the target path of a symbolic link; it ends at a NUL or at the size of the node.
   *
   * @throws ErrnoException EIO if it is empty, is longer than 4095 bytes, or is malformed
   */
  public String linkTarget(CramfsNode link) throws ErrnoException {
    if (!link.hasData() || link.size() > ImageText.LONGEST_PATH) {
      throw badTarget(
          link, "%d bytes with blocks at 0x%x".formatted(link.size(), link.dataOffset()));
    }
    ByteBuffer path = ImageText.untilNul(ByteBuffer.wrap(readAll(link)));
    if (!path.hasRemaining()) {
      throw badTarget(link, "an empty path");
    }
    return FileNames.decode(path);
  }

  /**
   * Closes the source.
   *
   * @throws ErrnoException EIO
   */
  @Override
  public void close() throws ErrnoException {
    cache.close();
    reader.source().close();
  }

  /**
   * Returns the bytes of a regular file or symbolic link.
   *
   * @throws ErrnoException EISDIR if it is a directory, EIO if its block pointers do not lie in the
   *     image or cannot be read
   */
  CramfsContent content(CramfsNode file) throws ErrnoException {
    if (file.isDirectory()) {
      throw new ErrnoException(Errno.EISDIR, "read of directory " + file);
    }
    BlockTable table = BlockTable.read(reader, file, blockSize, profile);
    return new CramfsContent(reader, cache, table, file, blockSize);
  }

  /** Returns whether the name is invalid for a file. */
  static boolean isBadName(String name) {
    return name.isEmpty()
        || name.equals(".")
        || name.equals("..")
        || name.indexOf('/') >= 0
        || name.indexOf('\0') >= 0;
  }

  private static void requireApart(TreeEntry<CramfsNode> directory, boolean apart)
      throws ErrnoException {
    if (!apart) {
      throw CramfsFormat.malformed(
          "directory " + directory,
          "entries of its own at 0x%x".formatted(directory.node().dataOffset()),
          "those of another: directories overlap or form a loop");
    }
  }

  private static TreeEntry<CramfsNode> requirePath(TreeEntry<CramfsNode> entry)
      throws ErrnoException {
    if (entry.hasTooLongAPath()) {
      throw new ErrnoException(
          Errno.ENAMETOOLONG,
          "bad cramfs: %s: expected a path of at most %d characters, found a longer one"
              .formatted(entry.node(), ImageText.LONGEST_PATH));
    }
    return entry;
  }

  private static CramfsNode requireName(CramfsNode node) throws ErrnoException {
    if (isBadName(node.name())) {
      throw badName(node);
    }
    return node;
  }

  private static ErrnoException badTarget(CramfsNode link, String found) {
    return CramfsFormat.malformed(
        "symbolic link " + link,
        "a path of 1 to %d bytes".formatted(ImageText.LONGEST_PATH),
        found);
  }

  private static ErrnoException badName(CramfsNode node) {
    return CramfsFormat.malformed(
        "directory entry at 0x%x".formatted(node.offset()),
        "a name",
        "\"%s\"".formatted(node.name().replace("\0", "\\0")));
  }
}
