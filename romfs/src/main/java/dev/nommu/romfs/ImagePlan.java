package dev.nommu.romfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.image.HostFiles;
import dev.nommu.image.ImageText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layout of an image to be written: the offset of each node. Nodes are consecutive, each
 * directory before its entries, as {@code genromfs} does.
 */
final class ImagePlan {
  private static final long LARGEST = 0xffff_ffffL;

  private final RomfsOptions options;
  private final List<PlannedNode> nodes = new ArrayList<>();
  private final Map<Object, PlannedNode> byFileKey = new HashMap<>();
  private final Deque<Visit> pending = new ArrayDeque<>();
  private long end;

  /** A host file that becomes a node of a directory, at a path in the image. */
  private record Visit(PlannedNode directory, Path file, String path) {}

  private ImagePlan(RomfsOptions options) {
    this.options = options;
    this.end = RomfsFormat.headerSize(options.volumeBytes());
  }

  /**
   * Plans the image of a directory.
   *
   * @throws ErrnoException EFBIG if it would be larger than 4 GiB, ENAMETOOLONG, ENOTDIR, or EINVAL
   *     for a file that an image cannot hold
   * @throws IOException if the host cannot be read
   */
  static ImagePlan of(Path directory, RomfsOptions options) throws IOException {
    ImagePlan plan = new ImagePlan(options);
    plan.addRoot(directory);
    while (!plan.pending.isEmpty()) {
      plan.add(plan.pending.pop());
    }
    return plan;
  }

  /** Returns the nodes in the order they are laid out. */
  List<PlannedNode> nodes() {
    return nodes;
  }

  /** Returns the number of bytes of the image in use. */
  long size() {
    return end;
  }

  private void addRoot(Path directory) throws IOException {
    SourceFile host = SourceFile.of(directory.toRealPath());
    if (!host.attributes().isDirectory()) {
      throw new ErrnoException(
          Errno.ENOTDIR, "write image: expected a directory, found " + directory);
    }
    PlannedNode root = place(".", host.content(), host.executable(), 16);
    root.append(root);
    root.append(placeLink("..", root));
    list(root, host.path(), "");
  }

  private void add(Visit visit) throws IOException {
    SourceFile host = SourceFile.of(visit.file());
    Optional<SpecialFile> special = SpecialFile.of(host);
    if (special.isPresent()) {
      addSpecial(visit, special.get());
    } else {
      addItself(visit, host);
    }
  }

  /**
   * Places the special file that a regular file stands for; alignment patterns match its new name.
   */
  private void addSpecial(Visit visit, SpecialFile special) throws ErrnoException {
    String path = visit.path().substring(0, visit.path().lastIndexOf('/') + 1) + special.name();
    int alignment = options.alignmentOf(path);
    visit.directory().append(place(special.name(), special.content(), 0, alignment));
  }

  private void addItself(Visit visit, SourceFile host) throws IOException {
    String name = visit.path().substring(visit.path().lastIndexOf('/') + 1);
    Optional<PlannedNode> known = knownAs(host);
    int alignment = alignment(visit.path(), host);
    PlannedNode node =
        known.isPresent()
            ? place(name, linkTo(known.get()), 0, alignment)
            : place(name, content(host), host.executable(), alignment);
    visit.directory().append(node);
    if (host.attributes().isDirectory()) {
      node.append(placeLink(".", node));
      node.append(placeLink("..", visit.directory()));
      list(node, visit.file(), visit.path());
    } else if (known.isEmpty() && host.attributes().fileKey() != null) {
      byFileKey.put(host.attributes().fileKey(), node);
    }
  }

  private Optional<PlannedNode> knownAs(SourceFile host) {
    Object key = host.attributes().fileKey();
    return key == null ? Optional.empty() : Optional.ofNullable(byFileKey.get(key));
  }

  /** Puts the entries of a directory before all pending files. */
  private void list(PlannedNode directory, Path folder, String path) throws IOException {
    for (Path file : ordered(folder).reversed()) {
      String child = path + "/" + file.getFileName();
      if (!options.excludes(child)) {
        pending.push(new Visit(directory, file, child));
      }
    }
  }

  private List<Path> ordered(Path folder) throws ErrnoException {
    List<Path> files = HostFiles.list(folder);
    if (options.order() == RomfsOptions.Order.NAME) {
      files.sort(Comparator.comparing(file -> file.getFileName().toString()));
    }
    return files;
  }

  private int alignment(String path, SourceFile host) {
    int wanted = options.alignmentOf(path);
    return host.attributes().isRegularFile() ? Math.max(wanted, options.alignment()) : wanted;
  }

  private PlannedNode placeLink(String name, PlannedNode target) throws ErrnoException {
    return place(name, linkTo(target), 0, 16);
  }

  /**
   * Lays out a node after all others; aligns the data of a regular file, the header of any other.
   */
  private PlannedNode place(String name, NodeContent content, int executable, int alignment)
      throws ErrnoException {
    byte[] bytes = HostFiles.bytes(name);
    requireLength("name", name, bytes.length, RomfsFormat.LONGEST_NAME);
    long aligned = content.kind() == RomfsNode.Kind.REGULAR ? RomfsFormat.headerSize(bytes) : 0;
    long offset = RomfsFormat.align(end + aligned, alignment) - aligned;
    PlannedNode node = new PlannedNode(bytes, content, executable, offset);
    nodes.add(node);
    end = RomfsFormat.align16(node.end());
    if (end > LARGEST) {
      throw new ErrnoException(
          Errno.EFBIG,
          "write image: %s: expected to end within 4 GiB, found 0x%x".formatted(name, end));
    }
    return node;
  }

  private static NodeContent linkTo(PlannedNode target) {
    return new NodeContent.HeaderOnly(RomfsNode.Kind.HARD_LINK, target.offset());
  }

  private static NodeContent content(SourceFile host) throws IOException {
    NodeContent content = host.content();
    if (content instanceof NodeContent.LinkTarget link) {
      requireLength("target of", host.path().toString(), link.size(), ImageText.LONGEST_PATH);
    }
    return content;
  }

  private static void requireLength(String what, String name, long length, int longest)
      throws ErrnoException {
    if (length > longest) {
      throw new ErrnoException(
          Errno.ENAMETOOLONG,
          "write image: %s %s: expected %d bytes or less, found %d"
              .formatted(what, name, longest, length));
    }
  }
}
