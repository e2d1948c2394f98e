package dev.nommu.devicetree;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A node of a device tree: a device, a bus, or a group of settings. Immutable once its tree has
 * been read; nodes are equal only to themselves.
 */
public final class Node {
  /** The maximum depth of nodes; the root is level 1. */
  static final int DEEPEST = 64;

  private static final Set<String> STATUS_OKAY = Set.of("okay", "ok");

  private final String name;
  private final @Nullable Node parent;
  private final Location location;
  private final SequencedMap<String, Property> properties = new LinkedHashMap<>();
  private final SequencedMap<String, Node> children = new LinkedHashMap<>();

  private Node(String name, @Nullable Node parent, Location location) {
    this.name = name;
    this.parent = parent;
    this.location = location;
  }

  static Node root(Location location) {
    return new Node("", null, location);
  }

  /** Adds a child while the tree is read; the name has been checked and is new here. */
  Node addChild(String childName, Location at) {
    Node child = new Node(childName, this, at);
    children.put(childName, child);
    return child;
  }

  /** Adds a property while the tree is read; the name has been checked and is new here. */
  void addProperty(String propertyName, byte[] value, Location at) {
    properties.put(propertyName, new Property(this, propertyName, value, at));
  }

  /** Appends to a property, creating it if needed, while the tree is built. */
  void extendProperty(String propertyName, byte[] more, Location at) {
    byte[] former = property(propertyName).map(Property::bytes).orElse(new byte[0]);
    byte[] both = Arrays.copyOf(former, former.length + more.length);
    System.arraycopy(more, 0, both, former.length, more.length);
    addProperty(propertyName, both, at);
  }

  /** Returns the child of exactly this name, creating it if needed. */
  Node childOrNew(String childName, Location at) {
    Node child = children.get(childName);
    return child == null ? addChild(childName, at) : child;
  }

  /** Returns a copy of this root, which may be changed until it is published. */
  Node copy() {
    Node copy = root(location);
    copyTo(copy);
    return copy;
  }

  private void copyTo(Node copy) {
    properties().forEach(from -> copy.addProperty(from.name(), from.bytes(), from.location()));
    children().forEach(from -> from.copyTo(copy.addChild(from.name, from.location)));
  }

  /** Returns the node at a path from here, made of full names. */
  Optional<Node> at(String path) {
    Optional<Node> node = Optional.of(this);
    if (path.equals("/")) {
      return node;
    }
    for (String each : path.substring(1).split("/", -1)) {
      node = node.map(above -> above.children.get(each));
    }
    return node;
  }

  /** Returns the level, 1 for the root. */
  int depth() {
    return parent == null ? 1 : 1 + parent.depth();
  }

  boolean hasChildren() {
    return !children.isEmpty();
  }

  /** Returns whether there is a child of exactly this name. */
  boolean hasChild(String childName) {
    return children.containsKey(childName);
  }

  /** Returns the name with the unit address, such as {@code flash@20000000}; empty for the root. */
  public String name() {
    return name;
  }

  /** Returns the name without the unit address, such as {@code flash}. */
  public String baseName() {
    int at = name.indexOf('@');
    return at < 0 ? name : name.substring(0, at);
  }

  /** Returns what follows the {@code @} in the name, such as {@code 20000000}. */
  public Optional<String> unitAddress() {
    int at = name.indexOf('@');
    return at < 0 ? Optional.empty() : Optional.of(name.substring(at + 1));
  }

  /**
   * Returns the path from the root, such as {@code /soc/serial@10000000}; {@code /} for the root.
   */
  public String path() {
    if (parent == null) {
      return "/";
    }
    return parent.parent == null ? "/" + name : parent.path() + "/" + name;
  }

  /** Returns the location of the node in its source: that of the first definition of its name. */
  public Location location() {
    return location;
  }

  /** Returns the parent; empty for the root. */
  public Optional<Node> parent() {
    return Optional.ofNullable(parent);
  }

  /** Returns the children in the order of the source. */
  public List<Node> children() {
    return List.copyOf(children.values());
  }

  /**
   * Returns the child of this name. A name without unit address also finds the one child that has
   * an address, unless there are several (Devicetree Specification v0.4, 2.2.3).
   */
  public Optional<Node> child(String childName) {
    Node exact = children.get(childName);
    if (exact != null) {
      return Optional.of(exact);
    }
    List<Node> similar =
        children.values().stream().filter(child -> child.baseName().equals(childName)).toList();
    return similar.size() == 1 ? Optional.of(similar.getFirst()) : Optional.empty();
  }

  /** Returns this node and all below it, each before its children, in the order of the source. */
  public Stream<Node> subtree() {
    return Stream.concat(Stream.of(this), children.values().stream().flatMap(Node::subtree));
  }

  /** Returns the properties in the order of the source. */
  public List<Property> properties() {
    return List.copyOf(properties.values());
  }

  /** Returns the property of this name; its presence alone is the value of a flag. */
  public Optional<Property> property(String propertyName) {
    return Optional.ofNullable(properties.get(propertyName));
  }

  /**
   * Returns the property of this name.
   *
   * @throws DeviceTreeException if the node does not have it
   */
  public Property requireProperty(String propertyName) throws DeviceTreeException {
    Property property = properties.get(propertyName);
    if (property == null) {
      throw new DeviceTreeException(location, path(), "property " + propertyName, "none");
    }
    return property;
  }

  /** Returns {@code phandle}, or {@code linux,phandle}, its old name; unsigned 32 bits. */
  Optional<Long> phandle() {
    return phandles().map(given -> given.cellAt(0)).findFirst();
  }

  /** Returns the properties that hold the phandle, of one cell each. */
  Stream<Property> phandles() {
    return Phandles.PROPERTIES.stream()
        .flatMap(given -> property(given).stream())
        .filter(given -> given.size() == Integer.BYTES);
  }

  /**
   * Returns the programming models of the device, most specific first; empty if none is named.
   *
   * @throws DeviceTreeException if {@code compatible} exists and is not a list of strings
   */
  public List<String> compatible() throws DeviceTreeException {
    Property compatible = properties.get("compatible");
    return compatible == null ? List.of() : compatible.asStrings();
  }

  /**
   * Returns whether the device is enabled: it has no {@code status}, or {@code "okay"} or {@code
   * "ok"}; as {@code of_device_is_available} does in Linux.
   */
  public boolean isAvailable() {
    return property("status")
        .map(status -> status.text().filter(STATUS_OKAY::contains).isPresent())
        .orElse(true);
  }

  /**
   * Returns the ranges in {@code reg}, in the address space of the parent: its {@code
   * #address-cells} and {@code #size-cells} apply. Empty without {@code reg}, and for the root,
   * which is on no bus.
   *
   * @throws DeviceTreeException if {@code reg} does not consist of such ranges, one of them wraps,
   *     or the parent's addresses are wider than 64 bits
   */
  public List<AddressRange> reg() throws DeviceTreeException {
    return addresses("reg");
  }

  /**
   * Returns the ranges in a property of this node in the format of {@code reg}, such as {@code
   * alloc-ranges}. Empty without the property, and for the root.
   *
   * @throws DeviceTreeException as for {@link #reg}
   */
  public List<AddressRange> addresses(String propertyName) throws DeviceTreeException {
    Property property = properties.get(propertyName);
    return parent == null || property == null ? List.of() : Bus.of(parent).reg(property);
  }

  /**
   * Translates a range of this node's {@code reg} into CPU physical addresses through the {@code
   * ranges} of each bus up to the root. Empty {@code ranges} is the identity; a bus without {@code
   * ranges}, or without an entry for the start of the range, ends the translation; the end of the
   * range is not checked, as in Linux.
   *
   * @param addresses in the address space of the parent
   * @throws DeviceTreeException if one of these {@code ranges} is malformed
   */
  public Translation translate(AddressRange addresses) throws DeviceTreeException {
    return parent == null ? new Translation.Mapped(addresses) : Bus.of(parent).translate(addresses);
  }

  /** Returns whether names, properties and children are the same, in the same order. */
  boolean hasContentOf(Node other) {
    return name.equals(other.name)
        && properties().equals(other.properties())
        && childrenHaveContentOf(other.children());
  }

  private boolean childrenHaveContentOf(List<Node> others) {
    List<Node> own = children();
    if (own.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < own.size(); i++) {
      if (!own.get(i).hasContentOf(others.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Returns the path. */
  @Override
  public String toString() {
    return path();
  }
}
