package dev.nommu.devicetree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The cells of an overlay that hold phandles of the tree it is applied to: {@code __fixups__}. */
final class OverlayFixups {
  private static final int SHOWN_LABELS = 12;
  private static final Pattern OFFSET = Pattern.compile("[0-9]{1,9}");

  private final Node overlay;

  OverlayFixups(Node overlay) {
    this.overlay = overlay;
  }

  /** Fills in the phandles of labels in a tree. */
  void resolve(DeviceTree base) throws DeviceTreeException {
    if (overlay.hasChild(Overlays.FIXUPS)) {
      for (Property label : overlay.child(Overlays.FIXUPS).orElseThrow().properties()) {
        resolve(label, base);
      }
    }
  }

  private void resolve(Property label, DeviceTree base) throws DeviceTreeException {
    List<Cell> cells = new ArrayList<>();
    for (String place : label.asStrings()) {
      cells.add(cell(label, place));
    }
    int phandle = (int) phandle(label.name(), cells.getFirst().property(), base);
    cells.forEach(cell -> cell.property().putCell(cell.offset(), phandle));
  }

  private record Cell(Property property, int offset) {}

  private Cell cell(Property label, String place) throws DeviceTreeException {
    String[] parts = place.split(":", -1);
    if (parts.length != 3 || !parts[0].startsWith("/") || !OFFSET.matcher(parts[2]).matches()) {
      throw label.malformed("path:property:offset of cells", DeviceTreeException.quote(place));
    }
    Optional<Property> property = overlay.at(parts[0]).flatMap(node -> node.property(parts[1]));
    if (property.isEmpty()) {
      throw label.malformed(
          "the path of a node and a property of it", DeviceTreeException.quote(place));
    }
    int offset = Integer.parseInt(parts[2]);
    requireCell(property.get(), offset, label);
    return new Cell(property.get(), offset);
  }

  /** Checks that there is a cell at an offset given by another property. */
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
            .filter(path -> path.startsWith("/"))
            .flatMap(base.root()::at)
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
      return "no labels in it (a blob has them if made by dtc -@)";
    }
    List<Property> labels = symbols.get().properties();
    String first =
        labels.stream().limit(SHOWN_LABELS).map(Property::name).collect(Collectors.joining(", "));
    int more = labels.size() - SHOWN_LABELS;
    return more > 0 ? "%s and %d more".formatted(first, more) : first;
  }
}
