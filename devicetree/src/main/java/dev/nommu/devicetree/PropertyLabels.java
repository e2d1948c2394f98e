package dev.nommu.devicetree;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The labels on properties and in their values: nothing refers to them, and each is once. */
final class PropertyLabels {
  private final SourceTree tree;
  private final Map<String, String> places = new HashMap<>();

  private PropertyLabels(SourceTree tree) {
    this.tree = tree;
  }

  /**
   * Checks a source that has been read to its end.
   *
   * @throws DeviceTreeException if a label is in two places
   */
  static void requireUnique(SourceTree tree) throws DeviceTreeException {
    PropertyLabels labels = new PropertyLabels(tree);
    for (SourceNode node : tree.root().subtree().toList()) {
      for (SourceNode.SourceProperty property : node.properties()) {
        labels.add(property, "property %s of %s".formatted(property.name(), node.path()));
      }
    }
  }

  private void add(SourceNode.SourceProperty property, String place) throws DeviceTreeException {
    Set<String> own = new HashSet<>();
    for (Label label : property.labels()) {
      if (own.add(label.name())) {
        add(label, place);
      }
    }
    for (Label label : property.valueLabels()) {
      add(label, "the value of " + place);
    }
  }

  private void add(Label label, String place) throws DeviceTreeException {
    Optional<String> labelled = tree.labelled(label.name()).map(SourceNode::path);
    String other = places.putIfAbsent(label.name(), place);
    if (labelled.isPresent() || other != null) {
      throw new DeviceTreeException(
          label.location(),
          "label " + DeviceTreeException.quote(label.name()),
          "a label of %s alone".formatted(place),
          "that it is one of " + labelled.orElse(other));
    }
  }
}
