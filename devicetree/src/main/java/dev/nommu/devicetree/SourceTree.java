package dev.nommu.devicetree;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The nodes while their source is read, their labels, and the nodes that may be omitted in the end.
 */
class SourceTree {
  private final SourceNode root;
  private final Map<String, SourceNode> byLabel = new HashMap<>();
  private final Set<SourceNode> omittable = new HashSet<>();

  SourceTree(Location.Line start) {
    this.root = SourceNode.root(start);
  }

  SourceNode root() {
    return root;
  }

  /** Gives a node labels, which no other node may have. */
  void label(SourceNode node, List<Label> labels) throws DeviceTreeException {
    for (Label label : labels) {
      SourceNode labelled = byLabel.putIfAbsent(label.name(), node);
      if (labelled != null && labelled != node) {
        throw new DeviceTreeException(
            label.location(),
            "label " + DeviceTreeException.quote(label.name()),
            "a label of " + node.path() + " alone",
            "that it is one of " + labelled.path());
      }
      node.labels().add(label.name());
    }
  }

  /** Marks a node as omitted unless something refers to it: {@code /omit-if-no-ref/}. */
  void allowOmission(SourceNode node) {
    omittable.add(node);
  }

  boolean isOmittable(SourceNode node) {
    return omittable.contains(node);
  }

  /** Returns the node with a label, as far as the source has been read. */
  Optional<SourceNode> labelled(String label) {
    return Optional.ofNullable(byLabel.get(label));
  }

  /** Returns the referenced node if it exists, as far as the source has been read. */
  Optional<SourceNode> lookup(Reference reference) {
    String target = reference.target();
    int slash = target.indexOf('/');
    if (slash < 0) {
      return labelled(target);
    }
    Optional<SourceNode> start =
        slash == 0 ? Optional.of(root) : labelled(target.substring(0, slash));
    return descend(start, target.substring(slash));
  }

  /** Returns the referenced node, as far as the source has been read. */
  SourceNode find(Reference reference) throws DeviceTreeException {
    Optional<SourceNode> node = lookup(reference);
    if (node.isEmpty()) {
      throw new DeviceTreeException(
          reference.location(),
          "reference",
          reference.isPath() ? "the path of a node" : "the label of a node",
          DeviceTreeException.quote(reference.toString()) + ", which names none");
    }
    return node.get();
  }

  private static Optional<SourceNode> descend(Optional<SourceNode> start, String path) {
    Optional<SourceNode> node = start;
    if (path.equals("/")) {
      return node;
    }
    for (String name : path.substring(1).split("/", -1)) {
      node = node.flatMap(parent -> parent.child(name));
    }
    return node;
  }

  /** Returns the node that a definition adds to. */
  SourceNode target(Reference reference) throws DeviceTreeException {
    return find(reference);
  }

  /** Returns the node that a cell refers to; empty if it is in another tree. */
  Optional<SourceNode> referent(Reference reference) throws DeviceTreeException {
    return Optional.of(find(reference));
  }

  /**
   * Records that a cell holds a phandle, if requested.
   *
   * @param offset of the cell in the property's value, in bytes
   * @return how many bytes of the tree this takes
   */
  int note(Reference reference, SourceNode in, String property, int offset) {
    return 0;
  }

  /** Writes the records into the tree built from this source. */
  void link(Node made) {}

  /** Deletes the referenced node, with all nodes below it. */
  void delete(Reference reference) throws DeviceTreeException {
    SourceNode node = find(reference);
    if (node.parent().isEmpty()) {
      throw new DeviceTreeException(
          reference.location(), "/delete-node/", "a node below the root", "the root");
    }
    delete(node);
  }

  /** Deletes a node below the root, with all nodes below it, and frees its labels. */
  void delete(SourceNode node) {
    node.subtree().forEach(gone -> byLabel.keySet().removeAll(gone.labels()));
    node.parent().ifPresent(parent -> parent.deleteChild(node.name()));
  }
}
