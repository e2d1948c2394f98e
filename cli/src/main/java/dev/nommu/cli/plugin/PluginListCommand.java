package dev.nommu.cli.plugin;

import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.text.Cell;
import dev.nommu.cli.text.Colour;
import dev.nommu.cli.text.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the plugins. */
@Command(
    name = "list",
    header = "Lists the plugins.",
    description = {
      "Lists each plugin: its kind and name, what it drives or is mounted from, its class, and the"
          + " jar or folder it was added with.",
      "",
      "An unusable plugin is listed with the reason; machines start without it. With two drivers,"
          + " file systems or binary formats of the same name no machine boots; of two frame buffer"
          + " drivers the first is used."
    },
    footer = {
      "  nommu plugin list",
      "  nommu plugin list --plugin sensor.jar --plugin target/classes",
      "  NOMMU_PLUGINS=sensor.jar nommu plugin list"
    })
final class PluginListCommand implements Callable<Integer> {
  @Mixin private final PluginOptions options = new PluginOptions();

  private final Console console;

  PluginListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandException {
    List<List<Cell>> rows = new ArrayList<>();
    rows.add(heading("KIND", "NAME", "DRIVES", "CLASS", "FROM"));
    List<PluginEntry> entries = PluginKind.entries(options.open(console).path());
    for (PluginEntry entry : entries) {
      rows.add(row(entry, entries));
    }
    console.lines(Columns.lay(rows, console.palette()));
    return ExitCode.OK;
  }

  private static List<Cell> heading(String... titles) {
    return List.of(titles).stream().map(title -> new Cell(title, Colour.STRONG)).toList();
  }

  private static List<Cell> row(PluginEntry entry, List<PluginEntry> all) {
    String from = entry.plugin().from();
    return List.of(
        Cell.of(entry.kind()),
        name(entry, all),
        Cell.of(entry.about()),
        Cell.of(entry.plugin().type()),
        Cell.of(from.isEmpty() ? "nommu" : from));
  }

  private static Cell name(PluginEntry entry, List<PluginEntry> all) {
    if (entry.failure().isPresent()) {
      return new Cell("cannot be used", Colour.RED);
    }
    return all.stream().anyMatch(entry::clashesWith)
        ? new Cell(entry.name() + " (twice: no machine boots)", Colour.RED)
        : Cell.of(entry.name());
  }
}
