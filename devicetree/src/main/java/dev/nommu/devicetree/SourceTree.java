package dev.nommu.devicetree;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The nodes while their source is read, their labels, and what may be left out in the end. */
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

  /** Gives a node labels, which it may have already but no other node. */
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

  /** Marks a node as left out unless something refers to it: {@code /omit-if-no-ref/}. */
  void allowOmission(SourceNode node) {
    omittable.add(node);
  }

  boolean isOmittable(SourceNode node) {
    return omittable.contains(node);
  }

  /** Returns the node that has a label, as far as the source has been read. */
  Optional<SourceNode> labelled(String label) {
    return Optional.ofNullable(byLabel.get(label));
  }

  /** Returns the node that is meant if it is there, as far as the source has been read. */
  Optional<SourceNode> lookup(Reference reference) {
    return reference.isPath() ? atPath(reference.target()) : labelled(reference.target());
  }

  /** Returns the node that is meant, as far as the source has been read. */
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

  private Optional<SourceNode> atPath(String path) {
    Optional<SourceNode> node = Optional.of(root);
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

  /** Returns the node that a cell means; empty if it is a node of another tree. */
  Optional<SourceNode> referent(Reference reference) throws DeviceTreeException {
    return Optional.of(find(reference));
  }

  /**
   * Notes that a cell holds a phandle, where that is asked.
   *
   * @param offset of the cell in the property's value, in bytes
   * @return how many bytes of the tree it takes to say that
   */
  int note(Reference reference, SourceNode in, String property, int offset) {
    return 0;
  }

  /** Writes what was noted into the tree that is made of this source. */
  void link(Node made) {}

  /** Deletes the node that is meant, with all below it. */
  void delete(Reference reference) throws DeviceTreeException {
    SourceNode node = find(reference);
    if (node.parent().isEmpty()) {
      throw new DeviceTreeException(
          reference.location(), "/delete-node/", "a node below the root", "the root");
    }
    delete(node);
  }

  /** Deletes a node below the root, with all below it; its labels are free again. */
  void delete(SourceNode node) {
    node.subtree().forEach(gone -> byLabel.keySet().removeAll(gone.labels()));
    node.parent().ifPresent(parent -> parent.deleteChild(node.name()));
  }
}
