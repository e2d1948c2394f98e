package dev.nommu.cli;

import dev.nommu.cli.board.BoardCommand;
import dev.nommu.cli.campaign.CampaignCommand;
import dev.nommu.cli.check.CheckClassCommand;
import dev.nommu.cli.check.CheckCommand;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.explain.ExplainCommand;
import dev.nommu.cli.fit.FitCommand;
import dev.nommu.cli.image.ImageCommand;
import dev.nommu.cli.matrix.MatrixCommand;
import dev.nommu.cli.option.HostPath;
import dev.nommu.cli.plugin.PluginCommand;
import dev.nommu.cli.program.BootCommand;
import dev.nommu.cli.program.ExecCommand;
import dev.nommu.cli.rules.RulesCommand;
import dev.nommu.cli.run.RunCommand;
import dev.nommu.cli.screen.ScreenCommand;
import dev.nommu.cli.text.Palette;
import dev.nommu.cli.vectors.VectorsCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** The command {@code nommu}. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(Console.ofProcess(), args));
  }

  /**
   * Runs the command.
   *
   * @return 0 on success; 1 if there are failures to report; 2 if the command line, a board or a
   *     scenario is invalid; 141 if the output is closed
   */
  public static int run(Console console, String... args) {
    CommandLine command = commandLine(console);
    return console.exitCode(command.execute(args));
  }

  static CommandLine commandLine(Console console) {
    Help.Ansi ansi = console.palette() == Palette.ANSI ? Help.Ansi.ON : Help.Ansi.OFF;
    return new CommandLine(new NommuCommand())
        .addSubcommand(new MatrixCommand(console))
        .addSubcommand(new RunCommand(console))
        .addSubcommand(new ExplainCommand(console))
        .addSubcommand(ExecCommand.with(console))
        .addSubcommand(new BootCommand(console))
        .addSubcommand(new BoardCommand(console))
        .addSubcommand(new FitCommand(console))
        .addSubcommand(new ScreenCommand(console, System.getenv()))
        .addSubcommand(new CheckCommand(console))
        .addSubcommand(new CheckClassCommand(console))
        .addSubcommand(CampaignCommand.with(console))
        .addSubcommand(new RulesCommand(console))
        .addSubcommand(new VectorsCommand(console))
        .addSubcommand(ImageCommand.with(console))
        .addSubcommand(PluginCommand.with(console, NommuCommand.Version.number()))
        .registerConverter(Path.class, new HostPath())
        .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setColorScheme(Help.defaultColorScheme(ansi))
        .setUsageHelpWidth(100)
        .setParameterExceptionHandler(new Mistakes(console)::explain)
        .setExecutionExceptionHandler(new Mistakes(console)::report);
  }
}
