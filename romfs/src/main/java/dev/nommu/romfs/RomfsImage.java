package dev.nommu.romfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileNames;
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
 * A romfs image for reading (rules ROMFS-10 to ROMFS-20). It does not depend on a kernel or a
 * mount: it provides nodes and their bytes. Everything is read on demand; headers of nodes are
 * cached, data never is.
 *
 * <p>May be called concurrently.
 */
public final class RomfsImage implements AutoCloseable {
  /** The magic number of an image and its offset, for messages. */
  public static final String SIGNATURE = "magic 0x%016x at 0x0".formatted(RomfsFormat.MAGIC);

  private final NodeReader reader;
  private final RomfsHeader header;
  private final RomfsNode root;

  private RomfsImage(NodeReader reader, RomfsHeader header, RomfsNode root) {
    this.reader = reader;
    this.header = header;
    this.root = root;
  }

  /**
   * Returns whether the bytes begin like a romfs (rule ROMFS-10). The rest may be anything.
   *
   * @throws ErrnoException EIO if they cannot be read
   */
  public static boolean begins(ByteSource source) throws ErrnoException {
    if (source.size() < Long.BYTES) {
      return false;
    }
    byte[] head = new byte[Long.BYTES];
    source.read(MemorySegment.ofArray(head), 0);
    return ByteBuffer.wrap(head).getLong() == RomfsFormat.MAGIC;
  }

  /**
   * Opens an image (rule ROMFS-12). Closing the image closes the source.
   *
   * @throws ErrnoException EINVAL if it is not a romfs, EIO if its beginning cannot be read
   */
  public static RomfsImage open(ByteSource source) throws ErrnoException {
    RomfsHeader header = RomfsHeader.read(source);
    NodeReader reader = new NodeReader(source, header.size());
    RomfsNode root = resolve(reader, reader.node(header.rootOffset()));
    if (root.kind() != RomfsNode.Kind.DIRECTORY) {
      throw new ErrnoException(
          Errno.EINVAL,
          "bad romfs: expected the root directory at 0x%x, found a node of kind %s"
              .formatted(root.offset(), root.kind()));
    }
    return new RomfsImage(reader, header, root);
  }

  /**
   * Opens an image in a file of any {@code java.nio.file} file system.
   *
   * @throws ErrnoException ENOENT if the file does not exist; EINVAL, EIO as for {@link
   *     #open(ByteSource)}
   */
  public static RomfsImage open(Path image) throws ErrnoException {
    ByteSource source = ByteSource.open(image);
    try {
      return open(source);
    } catch (ErrnoException e) {
      source.close();
      throw e;
    }
  }

  /** Returns the header of the volume. */
  public RomfsHeader header() {
    return header;
  }

  /** Returns the root directory. */
  public RomfsNode root() {
    return root;
  }

  /**
   * Returns the nodes of a directory as stored in the image, including "." and "..".
   *
   * @param directory a node of kind {@link RomfsNode.Kind#DIRECTORY}
   * @throws ErrnoException EIO if a node is malformed or the chain of nodes is endless
   */
  public List<RomfsNode> children(RomfsNode directory) throws ErrnoException {
    List<RomfsNode> children = new ArrayList<>();
    SiblingWalk walk = new SiblingWalk(reader, directory.target());
    for (var node = walk.next(); node.isPresent(); node = walk.next()) {
      children.add(node.get());
    }
    return children;
  }

  /**
   * Returns some of the nodes of a directory, as {@link #children(RomfsNode)}.
   *
   * @param position 0, or the offset of the first node
   * @param limit the most nodes to return
   * @throws ErrnoException EIO if a node is malformed or the chain of nodes is endless
   */
  List<RomfsNode> children(RomfsNode directory, long position, int limit) throws ErrnoException {
    List<RomfsNode> children = new ArrayList<>();
    SiblingWalk walk = new SiblingWalk(reader, position == 0 ? directory.target() : position);
    for (var node = walk.next(); node.isPresent(); node = walk.next()) {
      children.add(node.get());
      if (children.size() == limit) {
        return children;
      }
    }
    return children;
  }

  /**
   * Returns the offset of the next node in the directory, or the end of the volume if there is
   * none.
   */
  long behind(RomfsNode node) {
    return node.next() == 0 ? reader.limit() : Math.min(node.next(), reader.limit());
  }

  /**
   * Returns the first node of a directory with this name, or empty. Later nodes are not read.
   *
   * @throws ErrnoException EIO as for {@link #children}
   */
  public Optional<RomfsNode> lookup(RomfsNode directory, String name) throws ErrnoException {
    SiblingWalk walk = new SiblingWalk(reader, directory.target());
    Optional<RomfsNode> node = walk.next();
    while (node.isPresent() && !node.get().name().equals(name)) {
      node = walk.next();
    }
    return node;
  }

  /**
   * Follows hard links to the node they refer to; returns any other node itself (rule ROMFS-17).
   *
   * @throws ErrnoException ELOOP after more than 64, EIO if one points outside the volume
   */
  public RomfsNode resolve(RomfsNode node) throws ErrnoException {
    return resolve(reader, node);
  }

  /**
   * Returns the whole tree: the root, then each directory before its entries, without "." and "..".
   * Each node is listed once, at its first occurrence, even if the image refers to it again.
   *
   * @throws ErrnoException EIO if a node is malformed
   */
  public List<TreeEntry<RomfsNode>> walk() throws ErrnoException {
    Set<Long> met = new HashSet<>(Set.of(root.offset()));
    return TreeWalk.of(root, entry -> newChildren(entry, met));
  }

  /**
   * Reads bytes of a regular file or symbolic link.
   *
   * @param into receives the bytes
   * @param position bytes from the start of the data, 0 or more
   * @return the number of bytes read; 0 at and past the end
   * @throws ErrnoException EIO if the bytes do not lie in the volume or cannot be read
   */
  public long read(RomfsNode node, MemorySegment into, long position) throws ErrnoException {
    if (position >= node.size()) {
      return 0;
    }
    long count = Math.min(into.byteSize(), node.size() - position);
    reader.read(into.asSlice(0, count), node.dataOffset() + position);
    return count;
  }

  /**
   * Returns all bytes of a regular file.
   *
   * @throws ErrnoException EIO as for {@link #read}, EFBIG if they are too many for an array
   */
  public byte[] readAll(RomfsNode node) throws ErrnoException {
    if (node.size() > Integer.MAX_VALUE - 8) {
      throw new ErrnoException(
          Errno.EFBIG, "read %s: %d bytes do not fit".formatted(node.name(), node.size()));
    }
    return reader.bytes(node.dataOffset(), node.size()).array();
  }

  /**
   * Returns the target path of a symbolic link; it ends at a NUL or at the size of the node.
   *
   * @throws ErrnoException EIO if it is empty, longer than 4095 bytes or extends past the volume
   */
  public String linkTarget(RomfsNode link) throws ErrnoException {
    if (link.size() > ImageText.LONGEST_PATH) {
      throw badTarget(link, link.size() + " bytes");
    }
    ByteBuffer path = ImageText.untilNul(reader.bytes(link.dataOffset(), link.size()));
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
    reader.source().close();
  }

  /** Returns the entries of a directory up to one found before: all later ones were found, too. */
  private List<TreeEntry<RomfsNode>> newChildren(TreeEntry<RomfsNode> entry, Set<Long> met)
      throws ErrnoException {
    List<TreeEntry<RomfsNode>> children = new ArrayList<>();
    long next = entry.node().kind() == RomfsNode.Kind.DIRECTORY ? NodeReader.first(entry) : 0;
    while (next != 0 && next < reader.limit() && met.add(next)) {
      RomfsNode node = reader.node(next);
      if (!node.isDotOrDotDot()) {
        children.add(entry.child(node.name(), node));
      }
      next = node.next();
    }
    return children;
  }

  private static RomfsNode resolve(NodeReader reader, RomfsNode node) throws ErrnoException {
    RomfsNode found = node;
    for (int links = 0; found.kind() == RomfsNode.Kind.HARD_LINK; links++) {
      if (links == RomfsFormat.HARD_LINKS) {
        throw new ErrnoException(
            Errno.ELOOP,
            "bad romfs: hard link at 0x%x: expected %d links or less to its node"
                .formatted(node.offset(), RomfsFormat.HARD_LINKS));
      }
      found = reader.node(found.target());
    }
    return found;
  }

  private static ErrnoException badTarget(RomfsNode link, String found) {
    return new ErrnoException(
        Errno.EIO,
        "bad romfs: symbolic link at 0x%x: expected a path of 1 to %d bytes, found %s"
            .formatted(link.offset(), ImageText.LONGEST_PATH, found));
  }
}
