package dev.nommu.cli.board;

import dev.nommu.api.AddressRange;
import dev.nommu.api.ErrnoException;
import dev.nommu.cli.text.Cell;
import dev.nommu.cli.text.Colour;
import dev.nommu.kernel.board.Probed.Outcome;
import dev.nommu.kernel.fs.MountPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parts of a machine as a tree of lines. */
final class PartTree {
  private static final String INDENT = "  ";

  private final List<List<Cell>> rows = new ArrayList<>();

  private PartTree() {}

  /** Returns a row for each part and each of its devices. */
  static List<List<Cell>> rows(List<Part> parts) {
    PartTree tree = new PartTree();
    parts.forEach(part -> tree.add(part, INDENT, INDENT));
    return tree.rows;
  }

  private void add(Part part, String first, String rest) {
    Optional<AddressRange> range = part.addresses().stream().findFirst();
    rows.add(
        List.of(
            Cell.of(first + part.name()),
            Cell.of(range.map(AddressRange::toString).orElse("")),
            Cell.of(range.map(found -> MachineView.size(found.length())).orElse("")),
            Cell.of(String.join(", ", part.compatible())),
            part.outcomes().stream().findFirst().map(PartTree::outcome).orElse(Cell.of(""))));
    part.addresses().stream()
        .skip(1)
        .forEach(more ->
            rows.add(
                List.of(
                    Cell.of(rest),
                    Cell.of(more.toString()),
                    Cell.of(MachineView.size(more.length())))));
    part.outcomes().stream().skip(1).forEach(more -> rows.add(further(rest, outcome(more))));
    int left = part.devices().size() + part.children().size();
    for (Device device : part.devices()) {
      left--;
      rows.add(row(device, rest + branch(left)));
    }
    for (Part child : part.children()) {
      left--;
      add(child, rest + branch(left), rest + (left == 0 ? "   " : "│  "));
    }
  }

  private static List<Cell> further(String rest, Cell outcome) {
    return List.of(Cell.of(rest), Cell.of(""), Cell.of(""), Cell.of(""), outcome);
  }

  private static String branch(int left) {
    return left == 0 ? "└─ " : "├─ ";
  }

  private static List<Cell> row(Device device, String first) {
    Optional<AddressRange> range = device.store().flatMap(found -> found.range());
    String what =
        device.kind() + " " + device.number() + device.label().map(" \"%s\""::formatted).orElse("");
    String mounts = device.mounts().stream().map(PartTree::mount).collect(Collectors.joining(", "));
    return List.of(
        Cell.of(first + device.path()),
        Cell.of(range.map(AddressRange::toString).orElse("")),
        Cell.of(device.store().map(found -> MachineView.size(found.size())).orElse("")),
        Cell.of(what),
        Cell.of(mounts));
  }

  private static String mount(MountPoint mount) {
    return "%s on %s".formatted(mount.type(), mount.path());
  }

  private static Cell outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Bound(String driver) -> new Cell("driver " + driver, Colour.GREEN);
      case Outcome.NoDriver none -> new Cell("no driver", Colour.YELLOW);
      case Outcome.NotUsed(String reason) -> new Cell("not used: " + reason, Colour.YELLOW);
      case Outcome.Disabled disabled -> new Cell("disabled", Colour.FAINT);
      case Outcome.Failed(String driver, ErrnoException reason) ->
          new Cell("driver %s failed: %s".formatted(driver, reason.describe()), Colour.RED);
    };
  }
}
