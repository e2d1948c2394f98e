package dev.nommu.cli.plugin;

import dev.nommu.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands for plugins. */
@Command(
    name = "plugin",
    synopsisSubcommandLabel = "COMMAND",
    header = "Lists plugins, and creates the project of a new one.",
    description = "Lists the plugins, nommu's own and added ones.",
    footer = {
      "  nommu plugin new sensor",
      "  nommu plugin list",
      "  nommu plugin list --plugin sensor.jar"
    })
public final class PluginCommand {
  private PluginCommand() {}

  /**
   * Returns the command with its subcommands.
   *
   * @param version of nommu
   */
  public static CommandLine with(Console console, String version) {
    return new CommandLine(new PluginCommand())
        .addSubcommand(new PluginListCommand(console))
        .addSubcommand(new PluginNewCommand(console, version, Installation.ofProgram(version)));
  }
}
