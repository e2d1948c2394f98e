package dev.nommu.cramfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.image.HostFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a directory of any {@code java.nio.file} file system, except the bytes of its files. */
final class SourceTree {
  private static final int UID_LIMIT = 1 << 16;
  private static final int ID_8_BITS = 1 << 8;

  private final CramfsOptions.Owners owners;
  private final List<SourceNode> nodes = new ArrayList<>();

  private SourceTree(CramfsOptions.Owners owners) {
    this.owners = owners;
  }

  /**
   * Returns all nodes below a directory: the root, then the entries of each directory, together and
   * in order, directories in the order they occur.
   *
   * @throws ErrnoException ENOENT, ENOTDIR or EIO if a file cannot be read; ENAMETOOLONG, EFBIG,
   *     EOVERFLOW if it does not fit into an image
   */
  static List<SourceNode> read(Path directory, CramfsOptions.Owners owners) throws ErrnoException {
    SourceTree tree = new SourceTree(owners);
    Path root = HostFiles.attempt("open " + directory, directory::toRealPath);
    tree.nodes.add(tree.node(root, new byte[0]));
    if (!tree.nodes.getFirst().is(FileKind.DIRECTORY)) {
      throw new ErrnoException(
          Errno.ENOTDIR, "write cramfs: expected a directory, found another file: " + directory);
    }
    for (int i = 0; i < tree.nodes.size(); i++) {
      tree.addChildren(tree.nodes.get(i));
    }
    return tree.nodes;
  }

  private void addChildren(SourceNode node) throws ErrnoException {
    if (!node.is(FileKind.DIRECTORY)) {
      return;
    }
    List<SourceNode> children = new ArrayList<>();
    for (Path path : HostFiles.list(node.path())) {
      children.add(node(path, HostFiles.name(path)));
    }
    children.sort((a, b) -> Arrays.compareUnsigned(a.name(), b.name()));
    node.adopt(children);
    nodes.addAll(children);
  }

  private SourceNode node(Path path, byte[] name) throws ErrnoException {
    if (name.length > CramfsFormat.LONGEST_NAME) {
      throw refused(
          Errno.ENAMETOOLONG, path, "a name of at most 252 bytes", name.length + " bytes");
    }
    SourceAttributes attributes = SourceAttributes.read(path);
    boolean kept = owners == CramfsOptions.Owners.KEPT;
    int uid = kept ? fitting(path, "a user", attributes.uid(), UID_LIMIT) : 0;
    int gid = kept ? fitting(path, "a group", attributes.gid(), ID_8_BITS) : 0;
    NodeHeader header = new NodeHeader(attributes.mode(), uid, gid, size(path, attributes), 0, 0);
    return new SourceNode(path, name, header);
  }

  private int size(Path path, SourceAttributes attributes) throws ErrnoException {
    return switch (attributes.kind()) {
      case REGULAR -> fileSize(path);
      case SYMBOLIC_LINK -> HostFiles.target(path).length;
      case CHARACTER_DEVICE, BLOCK_DEVICE -> deviceNumber(path, attributes.device());
      case DIRECTORY, FIFO, SOCKET -> 0;
    };
  }

  private static int fileSize(Path path) throws ErrnoException {
    long size = HostFiles.attempt("read size of " + path, () -> Files.size(path));
    if (size >= CramfsFormat.SIZE_LIMIT) {
      throw refused(Errno.EFBIG, path, "less than 16777216 bytes", size + " bytes");
    }
    return (int) size;
  }

  private static int deviceNumber(Path path, long device) throws ErrnoException {
    int major = fitting(path, "a major number", (device >> 8) & 0xfff, ID_8_BITS);
    int minor =
        fitting(path, "a minor number", (device & 0xff) | ((device >> 12) & 0xfff00), ID_8_BITS);
    return major << 8 | minor;
  }

  private static int fitting(Path path, String what, long number, int limit) throws ErrnoException {
    if (number < 0 || number >= limit) {
      throw refused(
          Errno.EOVERFLOW, path, "%s below %d".formatted(what, limit), Long.toString(number));
    }
    return (int) number;
  }

  private static ErrnoException refused(Errno errno, Path path, String expected, String found) {
    return new ErrnoException(
        errno, "write cramfs: %s: expected %s, found %s".formatted(path, expected, found));
  }
}
