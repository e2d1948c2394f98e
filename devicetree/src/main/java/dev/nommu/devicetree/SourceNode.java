package dev.nommu.devicetree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A node while its source is read and may still change it. A deleted node keeps its place in the
 * order in case it is defined again, as in dtc: it is mapped to empty.
 */
final class SourceNode {
  /**
   * A property whose value may refer to later nodes.
   *
   * @param labels in its value
   */
  record SourceProperty(
      String name, List<Piece> value, List<Label> labels, Location.Line location) {
    SourceProperty {
      value = List.copyOf(value);
      labels = List.copyOf(labels);
    }
  }

  private final String name;
  private final Optional<SourceNode> parent;
  private final Location.Line location;
  private final Set<String> labels = new LinkedHashSet<>();
  private final SequencedMap<String, Optional<SourceProperty>> properties = new LinkedHashMap<>();
  private final Map<String, List<Label>> propertyLabels = new HashMap<>();
  private final SequencedMap<String, Optional<SourceNode>> children = new LinkedHashMap<>();

  private SourceNode(String name, Optional<SourceNode> parent, Location.Line location) {
    this.name = name;
    this.parent = parent;
    this.location = location;
  }

  static SourceNode root(Location.Line location) {
    return new SourceNode("", Optional.empty(), location);
  }

  String name() {
    return name;
  }

  Optional<SourceNode> parent() {
    return parent;
  }

  Location.Line location() {
    return location;
  }

  /** Returns the labels, which the caller may change. */
  Set<String> labels() {
    return labels;
  }

  /** Returns the level, 1 for the root. */
  int depth() {
    return 1 + parent.map(SourceNode::depth).orElse(0);
  }

  String path() {
    String above = parent.filter(node -> node.parent.isPresent()).map(SourceNode::path).orElse("");
    return above + "/" + name;
  }

  /** Returns the child of exactly this name. */
  Optional<SourceNode> child(String childName) {
    return children.getOrDefault(childName, Optional.empty());
  }

  /** Returns the child of this name, creating it if needed. */
  SourceNode childOrNew(String childName, Location.Line at) {
    SourceNode child =
        child(childName).orElseGet(() -> new SourceNode(childName, Optional.of(this), at));
    children.put(childName, Optional.of(child));
    return child;
  }

  void deleteChild(String childName) {
    children.replace(childName, Optional.empty());
  }

  Optional<SourceProperty> property(String propertyName) {
    return properties.getOrDefault(propertyName, Optional.empty());
  }

  /** Returns the labels of a property itself, from all its definitions. */
  List<Label> labels(SourceProperty property) {
    return propertyLabels.getOrDefault(property.name(), List.of());
  }

  /** Sets the value of a property, which keeps its labels. */
  void setProperty(SourceProperty property, List<Label> own) {
    properties.put(property.name(), Optional.of(property));
    if (!own.isEmpty()) {
      propertyLabels.computeIfAbsent(property.name(), _ -> new ArrayList<>()).addAll(own);
    }
  }

  void deleteProperty(String propertyName) {
    properties.replace(propertyName, Optional.empty());
    propertyLabels.remove(propertyName);
  }

  List<SourceProperty> properties() {
    return properties.values().stream().flatMap(Optional::stream).toList();
  }

  List<SourceNode> children() {
    return children.values().stream().flatMap(Optional::stream).toList();
  }

  /** Returns this node and all below it, each before its children. */
  Stream<SourceNode> subtree() {
    return Stream.concat(Stream.of(this), children().stream().flatMap(SourceNode::subtree));
  }
}
