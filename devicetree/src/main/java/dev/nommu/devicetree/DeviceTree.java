package dev.nommu.devicetree;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A whole device tree: nodes, memory reservations, and the boot CPU. Immutable and thread-safe.
 *
 * <p>Two trees are equal if their contents are, in the same order, wherever they were read from.
 */
public final class DeviceTree {
  private final Node root;
  private final List<AddressRange> memoryReservations;
  private final long bootCpuId;
  private final SequencedMap<String, Node> labels;
  private volatile @Nullable Map<Long, Node> byPhandle;

  /** Creates a tree without labels, from nodes that no longer change. */
  DeviceTree(Node root, List<AddressRange> memoryReservations, long bootCpuId) {
    this(root, memoryReservations, bootCpuId, Map.of());
  }

  /**
   * Creates a tree from nodes that no longer change.
   *
   * @param labels from the source, by name, in the order of the nodes
   */
  DeviceTree(
      Node root, List<AddressRange> memoryReservations, long bootCpuId, Map<String, Node> labels) {
    this.root = root;
    this.labels = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(labels));
    this.memoryReservations = List.copyOf(memoryReservations);
    this.bootCpuId = bootCpuId;
  }

  /**
   * Reads a file: flattened if its name ends in ".dtb" or ".dtbo" or it starts with the magic
   * number 0xd00dfeed, otherwise source, whose {@code /include/} paths are relative to it. The file
   * may be on any file system.
   *
   * @throws DeviceTreeException if it is not a well-formed device tree, or over 4 MiB
   * @throws IOException if it cannot be read
   */
  public static DeviceTree read(Path file) throws IOException {
    FileContent content = FileContent.read(file);
    return content.isFlattened()
        ? parseDtb(content.bytes(), content.name())
        : parseDts(content.text(), content.name(), Includes.from(file.getFileSystem()));
  }

  /**
   * Reads a flattened device tree of a version that is compatible with 16 or 17 (Devicetree
   * Specification v0.4, chapter 5). Bytes after the size in the header are ignored.
   *
   * @param blob not modified
   * @param name the source's name in messages
   * @throws DeviceTreeException if the blob is malformed; {@link Location.Offset} says where
   */
  public static DeviceTree parseDtb(byte[] blob, String name) throws DeviceTreeException {
    return new DtbReader(blob, name).read();
  }

  /**
   * Reads device tree source (Devicetree Specification v0.4, chapter 6, as dtc accepts it). Line
   * markers of the C preprocessor are followed; its directives are refused. Source with {@code
   * /plugin/} is an overlay, see {@link #withOverlay}.
   *
   * @param name the source's name, in messages and for {@code includes}
   * @param includes finds included files
   * @throws DeviceTreeException if the text is malformed; {@link Location.Line} says where
   */
  public static DeviceTree parseDts(String text, String name, Includes includes)
      throws DeviceTreeException {
    return DtsParser.parse(new Includes.Source(name, text), includes);
  }

  /**
   * Returns whether this is an overlay for {@link #withOverlay}: it has fragments, nodes of the
   * root with {@code __overlay__}.
   */
  public boolean isOverlay() {
    return root.children().stream().anyMatch(node -> node.hasChild(Overlays.CONTENT));
  }

  /**
   * Returns this tree with an overlay applied: the properties and nodes below each {@code
   * __overlay__} are added to the node that {@code target} or {@code target-path} of the fragment
   * names. Existing properties are replaced. References by label, {@code __fixups__}, refer to
   * labels of this tree, from its source or, in a blob, {@code /__symbols__} (dtc -@). Phandles of
   * the overlay, {@code __local_fixups__}, are numbered after those of this tree; a node with a
   * phandle keeps it. Later overlays can refer to the labels of this one.
   *
   * @throws DeviceTreeException if {@code overlay} is not an overlay, names a node that does not
   *     exist, or is malformed; the location is in the overlay
   */
  public DeviceTree withOverlay(DeviceTree overlay) throws DeviceTreeException {
    if (!overlay.isOverlay()) {
      throw new DeviceTreeException(
          overlay.root.location(),
          "overlay",
          "/plugin/, or fragments that have __overlay__",
          "a whole device tree");
    }
    return new OverlayMerge(withSymbols(), overlay.withSymbols()).merge();
  }

  /**
   * Returns this tree with {@code /__symbols__}, the paths of its nodes by label, and a phandle for
   * each of them, as {@code dtc -@} does, so that overlays can be applied to the written tree. A
   * tree from a blob is returned unchanged.
   *
   * @throws DeviceTreeException if the paths of the labels take more than 4 MiB
   */
  public DeviceTree withSymbols() throws DeviceTreeException {
    if (labels.isEmpty()) {
      return this;
    }
    Node copy = root.copy();
    DeviceTree tree = new DeviceTree(copy, memoryReservations, bootCpuId);
    Map<String, Node> copies = new LinkedHashMap<>();
    labels.forEach((label, node) -> copies.put(label, copy.at(node.path()).orElseThrow()));
    Symbols.add(copy, copies);
    return tree;
  }

  /** Returns the node at {@code /}. */
  public Node root() {
    return root;
  }

  /** Returns the memory reservations, from {@code /memreserve/}, in order. */
  public List<AddressRange> memoryReservations() {
    return memoryReservations;
  }

  /** Returns the {@code reg} of the boot CPU, {@code boot_cpuid_phys}; unsigned 32 bits. */
  public long bootCpuId() {
    return bootCpuId;
  }

  /**
   * Returns probable mistakes, in the order of the nodes; none for an overlay: a unit address
   * without {@code reg} or {@code ranges}, one of those without a unit address, and below the root,
   * a {@code simple-bus} and {@code fixed-partitions} a unit address that differs from the first
   * address.
   */
  public List<Warning> warnings() {
    return isOverlay()
        ? List.of()
        : nodes().skip(1).flatMap(node -> UnitAddress.check(node).stream()).toList();
  }

  /** Returns all nodes, each before its children, in the order of the source. */
  public Stream<Node> nodes() {
    return root.subtree();
  }

  /**
   * Returns the node at a path such as {@code /soc/serial@10000000}, or one that begins with a name
   * from {@code /aliases}, such as {@code serial0}. A unit address may be left out where the name
   * is unique without it.
   */
  public Optional<Node> node(String path) {
    if (path.startsWith("/")) {
      return descend(root, path.substring(1));
    }
    int slash = path.indexOf('/');
    String alias = slash < 0 ? path : path.substring(0, slash);
    String rest = slash < 0 ? "" : path.substring(slash + 1);
    return aliasTarget(alias).flatMap(target -> descend(target, rest));
  }

  private Optional<Node> aliasTarget(String alias) {
    return root.child("aliases")
        .flatMap(aliases -> aliases.property(alias))
        .flatMap(Property::text)
        .filter(path -> path.startsWith("/"))
        .flatMap(path -> descend(root, path.substring(1)));
  }

  private static Optional<Node> descend(Node from, String path) {
    Optional<Node> node = Optional.of(from);
    if (path.isEmpty()) {
      return node;
    }
    for (String name : path.split("/", -1)) {
      node = node.flatMap(parent -> parent.child(name));
    }
    return node;
  }

  /**
   * Returns the node with this {@code phandle} or {@code linux,phandle}, the first of several. The
   * first call builds an index.
   *
   * @param phandle unsigned 32 bits, as {@link Property#asU32} and {@link Property#asCells} return
   */
  public Optional<Node> nodeByPhandle(long phandle) {
    Map<Long, Node> index = byPhandle;
    if (index == null) {
      index = indexPhandles();
      byPhandle = index;
    }
    return Optional.ofNullable(index.get(phandle));
  }

  private Map<Long, Node> indexPhandles() {
    Map<Long, Node> index = new HashMap<>();
    nodes().forEach(node -> node.phandle().ifPresent(phandle -> index.putIfAbsent(phandle, node)));
    return index;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeviceTree that
        && bootCpuId == that.bootCpuId
        && memoryReservations.equals(that.memoryReservations)
        && root.hasContentOf(that.root);
  }

  @Override
  public int hashCode() {
    return Objects.hash(bootCpuId, memoryReservations, root.properties());
  }

  /** Returns the origin of the tree and its number of nodes, for debugging. */
  @Override
  public String toString() {
    return "device tree %s (%d nodes)".formatted(root.location().source(), nodes().count());
  }
}
