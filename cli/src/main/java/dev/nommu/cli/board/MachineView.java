package dev.nommu.cli.board;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Page;
import dev.nommu.cli.text.Cell;
import dev.nommu.cli.text.Colour;
import dev.nommu.cli.text.Columns;
import dev.nommu.cli.text.Palette;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.fs.MountFlag;
import dev.nommu.kernel.fs.MountPoint;
import dev.nommu.kernel.memory.Bank;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A description of a booted machine. */
final class MachineView {
  private static final long KIB = 1024;

  private final Machine machine;
  private final Palette palette;
  private final List<String> lines = new ArrayList<>();

  MachineView(Machine machine, Palette palette) {
    this.machine = machine;
    this.palette = palette;
  }

  /** Returns the lines. */
  List<String> lines() {
    String bootArguments = machine.board().commandLine();
    lines.add("bootargs: " + (bootArguments.isEmpty() ? "none" : bootArguments));
    List<String> unheeded = machine.unheededBootArguments();
    if (!unheeded.isEmpty()) {
      lines.add(palette.paint(Colour.YELLOW, "not heeded: " + String.join(" ", unheeded)));
    }
    section("Memory", memory());
    section("Devices", PartTree.rows(Inventory.of(machine)));
    section("Mounts", machine.mounts().stream().map(this::mount).toList());
    return lines;
  }

  private void section(String title, List<List<Cell>> rows) {
    lines.add("");
    lines.add(palette.paint(Colour.STRONG, title));
    lines.addAll(rows.isEmpty() ? List.of("  none") : Columns.lay(rows, palette));
  }

  private List<List<Cell>> memory() {
    List<List<Cell>> rows = new ArrayList<>();
    for (Bank bank : machine.memory().banks()) {
      rows.add(range(bank.range(), bank.name()));
    }
    for (AddressRange reserved : machine.board().reserved()) {
      rows.add(range(reserved, "reserved: never handed out"));
    }
    rows.add(
        List.of(
            Cell.of(""),
            Cell.of("free"),
            Cell.of(size(machine.freePages() * Page.SIZE)),
            Cell.of("%d pages of %d bytes".formatted(machine.freePages(), Page.SIZE))));
    return rows;
  }

  private static List<Cell> range(AddressRange range, String what) {
    return List.of(
        Cell.of(""), Cell.of(range.toString()), Cell.of(size(range.length())), Cell.of(what));
  }

  /** Formats a number of bytes: {@code 64 KiB}. */
  static String size(long bytes) {
    if (bytes % KIB != 0) {
      return bytes + " B";
    }
    return bytes % (KIB * KIB) == 0 ? bytes / KIB / KIB + " MiB" : bytes / KIB + " KiB";
  }

  private List<Cell> mount(MountPoint mount) {
    String flags =
        mount.flags().stream().sorted().map(MountFlag::option).collect(Collectors.joining(","));
    return List.of(
        Cell.of(""),
        Cell.of(mount.path()),
        Cell.of(mount.type()),
        Cell.of(mount.source()),
        Cell.of(flags),
        new MountCover(machine.mounts()).of(mount).map(MachineView::hidden).orElse(Cell.of("")));
  }

  private static Cell hidden(MountPoint cover) {
    return new Cell(
        "hidden by %s, mounted on %s later".formatted(cover.source(), cover.path()), Colour.YELLOW);
  }
}
