package dev.nommu.cli.screen;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.HostFailure;
import dev.nommu.api.OpenFlags;
import dev.nommu.chardevfb.FrameBufferPicture;
import dev.nommu.chardevfb.Picture;
import dev.nommu.cli.board.BoardOptions;
import dev.nommu.cli.board.OpenBoard;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.console.Terminal;
import dev.nommu.cli.run.ScenarioRun;
import dev.nommu.cli.text.Palette;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.task.Task;
import dev.nommu.scenario.Explainer;
import dev.nommu.scenario.MachinePort;
import dev.nommu.scenario.Scenario;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what is on a machine's screen. */
@Command(
    name = "screen",
    header = "Shows what is on a machine's screen: in a picture, or in the terminal.",
    description = {
      "Boots a board, runs a scenario on it if one is given, and shows the contents of a frame"
          + " buffer: the visible part of its memory, with panning, the colour map and the order of"
          + " the components applied. 'nommu run' shows the results of the scenario's calls.",
      "",
      "Without --png and --terminal the picture is drawn in the terminal; if the standard output is"
          + " not one, choose one of them."
    },
    footer = {
      "  nommu screen --run examples/colour-bars.txt",
      "  nommu screen --board boards/oracle.dts --run examples/colour-bars.txt --png bars.png",
      "  nommu screen --run examples/colour-bars.txt --terminal --width 160 | less -R"
    })
public final class ScreenCommand implements Callable<Integer> {
  private static final String COLUMNS_OF_A_TERMINAL = "80";

  @Mixin private final BoardOptions board = new BoardOptions();

  @Option(
      names = "--run",
      paramLabel = "SCENARIO",
      description = "A file with one call a line, to run before showing the screen.")
  private Optional<Path> scenario = Optional.empty();

  @Option(
      names = "--device",
      paramLabel = "PATH",
      defaultValue = "/dev/fb0",
      description = "The frame buffer. Default: ${DEFAULT-VALUE}.")
  private String device = "";

  @Option(names = "--png", paramLabel = "FILE", description = "Write the picture to a PNG file.")
  private Optional<Path> png = Optional.empty();

  @Option(
      names = "--terminal",
      description = {
        "Draw the picture with half blocks in 24-bit colours, or in shades where NO_COLOR is set"
            + " or TERM is dumb."
      })
  private boolean terminal;

  @Option(
      names = "--width",
      paramLabel = "COLUMNS",
      description = {
        "The maximum width in the terminal; a wider picture is scaled down."
            + " Default: the variable COLUMNS, or "
            + COLUMNS_OF_A_TERMINAL
            + "."
      })
  private Optional<Integer> width = Optional.empty();

  @Spec private CommandSpec command = CommandSpec.create();

  private final Console console;
  private final Map<String, String> environment;

  /**
   * Creates the command.
   *
   * @param environment the variables that describe the terminal
   */
  public ScreenCommand(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = environment;
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    requireTarget();
    int columns = columns();
    System.setProperty("java.awt.headless", "true");
    try (OpenBoard open = board.open(console)) {
      Optional<Scenario> calls = calls(open);
      open.work(machine -> {
        if (calls.isPresent()) {
          MachinePort port = new MachinePort(machine, Explainer.NONE, open.vocabulary());
          ScenarioRun.run(calls.get(), port, line -> {});
        }
        show(picture(machine), columns);
      });
    }
    return ExitCode.OK;
  }

  private Optional<Scenario> calls(OpenBoard open) throws CommandException {
    return scenario.isPresent()
        ? Optional.of(ScenarioRun.parse(scenario.get(), console.in(), open.vocabulary()))
        : Optional.empty();
  }

  private void requireTarget() {
    if (terminal && png.isPresent()) {
      throw mistake("expected --png FILE or --terminal, found both");
    }
    if (!terminal && png.isEmpty() && console.palette() == Palette.NONE) {
      throw mistake(
          "expected --png FILE or --terminal: the standard output is not a terminal with colours");
    }
  }

  private int columns() {
    int columns =
        width.orElseGet(() -> number(environment.getOrDefault("COLUMNS", COLUMNS_OF_A_TERMINAL)));
    if (columns < 1) {
      throw mistake("--width: expected 1 or more, found " + columns);
    }
    return columns;
  }

  private ParameterException mistake(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** Returns the number of columns in a variable, which may be malformed. */
  private static int number(String columns) {
    return Integer.parseInt(columns.matches("[1-9]\\d{0,3}") ? columns : COLUMNS_OF_A_TERMINAL);
  }

  private BufferedImage picture(Machine machine) throws CommandException {
    Task task = machine.init();
    try {
      int file = task.open(device, OpenFlags.O_RDONLY);
      return image(
          FrameBufferPicture.of(
              (into, position) -> task.pread(file, into, position),
              (request, argument, memory) ->
                  task.descriptors().ioctl(file, request, argument, memory)));
    } catch (ErrnoException failure) {
      throw noPicture(failure);
    }
  }

  private static BufferedImage image(Picture picture) {
    int width = picture.width();
    int height = picture.height();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, height, picture.colours(), 0, width);
    return image;
  }

  private CommandException noPicture(ErrnoException failure) {
    return switch (failure.errno()) {
      case ENOENT ->
          new CommandException(
              ExitCode.USAGE,
              "nommu screen: %s: there is no such frame buffer; 'nommu board' lists the devices"
                      .formatted(device)
                  + " and why one may be missing",
              failure);
      case ENOTTY ->
          new CommandException(
              ExitCode.USAGE, "nommu screen: %s: not a frame buffer".formatted(device), failure);
      default ->
          new CommandException(
              ExitCode.FAILED,
              "nommu screen: %s: %s".formatted(device, failure.describe()),
              failure);
    };
  }

  private void show(BufferedImage picture, int columns) throws CommandException {
    if (png.isPresent()) {
      write(picture, png.get());
    } else {
      Ink ink = Terminal.wantsColours(environment) ? Ink.COLOURS : Ink.SHADES;
      console.lines(ink.draw(Thumbnail.of(picture, columns)));
    }
  }

  private void write(BufferedImage picture, Path to) throws CommandException {
    ImageIO.setUseCache(false);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", png);
      Files.write(to, png.toByteArray());
    } catch (NoSuchFileException absent) {
      throw new CommandException(
          ExitCode.FAILED, to + ": cannot be written: there is no such directory", absent);
    } catch (IOException failure) {
      throw new CommandException(
          ExitCode.FAILED,
          "%s: cannot be written: %s".formatted(to, HostFailure.reason(failure)),
          failure);
    }
    console.line(
        "%s: %s, %dx%d pixels".formatted(to, device, picture.getWidth(), picture.getHeight()));
  }
}
