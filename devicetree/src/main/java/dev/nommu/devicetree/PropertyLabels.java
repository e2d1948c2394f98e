package dev.nommu.devicetree;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The labels on properties and in their values: nothing refers to them, and each is unique. */
final class PropertyLabels {
  private final SourceTree tree;
  private final Map<String, Place> places = new HashMap<>();

  /** The position that a label marks. */
  private record Place(String what, SourceNode.SourceProperty property, SourceNode node) {
    @Override
    public String toString() {
      return "%s %s of %s".formatted(what, property.name(), node.path());
    }
  }

  private PropertyLabels(SourceTree tree) {
    this.tree = tree;
  }

  /**
   * Checks a fully read source.
   *
   * @throws DeviceTreeException if a label is in two places
   */
  static void requireUnique(SourceTree tree) throws DeviceTreeException {
    PropertyLabels labels = new PropertyLabels(tree);
    for (SourceNode node : tree.root().subtree().toList()) {
      for (SourceNode.SourceProperty property : node.properties()) {
        labels.add(node, property);
      }
    }
  }

  private void add(SourceNode node, SourceNode.SourceProperty property) throws DeviceTreeException {
    Set<String> own = new HashSet<>();
    for (Label label : node.labels(property)) {
      if (own.add(label.name())) {
        add(label, new Place("property", property, node));
      }
    }
    for (Label label : property.labels()) {
      add(label, new Place("the value of property", property, node));
    }
  }

  private void add(Label label, Place place) throws DeviceTreeException {
    Optional<String> labelled = tree.labelled(label.name()).map(SourceNode::path);
    Optional<String> other =
        Optional.ofNullable(places.putIfAbsent(label.name(), place)).map(Place::toString);
    if (labelled.isPresent() || other.isPresent()) {
      throw new DeviceTreeException(
          label.location(),
          "label " + DeviceTreeException.quote(label.name()),
          "a label of %s alone".formatted(place),
          "that it is one of " + labelled.or(() -> other).orElseThrow());
    }
  }
}
