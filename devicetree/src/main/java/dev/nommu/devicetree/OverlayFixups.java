package dev.nommu.devicetree;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The cells of an overlay that hold phandles of the tree it is applied to: {@code __fixups__}. */
final class OverlayFixups {
  private static final int SHOWN_LABELS = 12;
  private static final int LAST_DIGITS = 9;

  private final Node overlay;

  OverlayFixups(Node overlay) {
    this.overlay = overlay;
  }

  /** Fills in the phandles that labels have in a tree. */
  void resolve(DeviceTree base) throws DeviceTreeException {
    if (overlay.hasChild(Overlays.FIXUPS)) {
      for (Property label : overlay.child(Overlays.FIXUPS).orElseThrow().properties()) {
        for (String place : label.asStrings()) {
          fill(label, place.split(":", -1), base);
        }
      }
    }
  }

  private void fill(Property label, String[] place, DeviceTree base) throws DeviceTreeException {
    boolean number = place.length == 3 && place[2].matches("[0-9]{1,%d}".formatted(LAST_DIGITS));
    if (!number) {
      throw label.malformed(
          "path:property:offset of cells", DeviceTreeException.quote(String.join(":", place)));
    }
    Optional<Property> property =
        new DeviceTree(overlay, List.of(), 0)
            .node(place[0])
            .flatMap(node -> node.property(place[1]));
    if (property.isEmpty()) {
      throw label.malformed(
          "the path of a node and a property of it",
          DeviceTreeException.quote(place[0] + ":" + place[1]));
    }
    int offset = Integer.parseInt(place[2]);
    requireCell(property.get(), offset, label);
    property.get().putCell(offset, (int) phandle(label.name(), property.get(), base));
  }

  /** Checks that there is a cell at an offset, which another property gives. */
  static void requireCell(Property property, long offset, Property fixup)
      throws DeviceTreeException {
    if (offset > property.size() - (long) Integer.BYTES) {
      throw fixup.malformed(
          "offsets of cells in the %d bytes of %s".formatted(property.size(), property.name()),
          "" + offset);
    }
  }

  private static long phandle(String label, Property property, DeviceTree base)
      throws DeviceTreeException {
    Optional<Long> phandle =
        base.root()
            .child(Overlays.SYMBOLS)
            .flatMap(symbols -> symbols.property(label))
            .flatMap(Property::text)
            .flatMap(base::node)
            .flatMap(Node::phandle);
    if (phandle.isEmpty()) {
      throw new DeviceTreeException(
          property.location(),
          "overlay: &" + label,
          "a label of " + base.root().location().source(),
          known(base));
    }
    return phandle.get();
  }

  private static String known(DeviceTree base) {
    Optional<Node> symbols = base.root().child(Overlays.SYMBOLS);
    if (symbols.isEmpty()) {
      return "no labels in it (a blob has them if dtc -@ made it)";
    }
    List<Property> labels = symbols.get().properties();
    String first =
        labels.stream().limit(SHOWN_LABELS).map(Property::name).collect(Collectors.joining(", "));
    int more = labels.size() - SHOWN_LABELS;
    return more > 0 ? "%s and %d more".formatted(first, more) : first;
  }
}
