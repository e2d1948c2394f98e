package dev.nommu.devicetree;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The phandles of an overlay in the tree that it is applied to: numbered after the highest there;
 * existing nodes keep theirs.
 */
final class OverlayPhandles {
  private static final long HIGHEST = 0xfffffffeL;

  private final long shift;
  private final Map<Long, Long> kept = new HashMap<>();

  OverlayPhandles(Set<Long> used) {
    this.shift = used.isEmpty() ? 0 : Collections.max(used);
  }

  /** Records which nodes of a fragment have a phandle in the base tree. */
  void keep(Node content, Node target) {
    Optional<Long> there = target.phandle();
    if (there.isPresent()) {
      content.phandle().ifPresent(own -> kept.put(own, there.get()));
    }
    content.children().stream()
        .filter(child -> target.hasChild(child.name()))
        .forEach(child -> keep(child, target.child(child.name()).orElseThrow()));
  }

  /** Numbers the phandles of fragments, and all cells that {@code __local_fixups__} names. */
  void renumber(Node overlay, List<Node> fragments) throws DeviceTreeException {
    List<Property> given =
        fragments.stream().flatMap(Node::subtree).flatMap(Node::phandles).toList();
    for (Property phandle : given) {
      renumber(phandle, 0);
    }
    if (overlay.hasChild(Overlays.LOCAL_FIXUPS)) {
      renumberAll(overlay.child(Overlays.LOCAL_FIXUPS).orElseThrow(), overlay);
    }
  }

  private void renumberAll(Node fixups, Node node) throws DeviceTreeException {
    for (Property offsets : fixups.properties()) {
      renumberCells(offsets, node);
    }
    for (Node child : fixups.children()) {
      if (!node.hasChild(child.name())) {
        throw new DeviceTreeException(
            child.location(), child.path(), "the name of a node in " + node.path(), child.name());
      }
      renumberAll(child, node.child(child.name()).orElseThrow());
    }
  }

  /** Numbers cells of a property; the phandle of a node itself was numbered with the node. */
  private void renumberCells(Property offsets, Node node) throws DeviceTreeException {
    if (Phandles.PROPERTIES.contains(offsets.name())) {
      return;
    }
    Property property = node.requireProperty(offsets.name());
    for (long offset : offsets.asCells()) {
      OverlayFixups.requireCell(property, offset, offsets);
      renumber(property, (int) offset);
    }
  }

  private void renumber(Property property, int offset) throws DeviceTreeException {
    long own = property.cellAt(offset);
    long number = kept.getOrDefault(own, own + shift);
    if (number > HIGHEST) {
      throw property.malformed(
          "a phandle of at most 0x%x".formatted(HIGHEST - shift), "0x%x".formatted(own));
    }
    property.putCell(offset, (int) number);
  }
}
