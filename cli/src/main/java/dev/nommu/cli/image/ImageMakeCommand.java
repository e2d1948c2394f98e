package dev.nommu.cli.image;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.console.Ticker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an image of a directory. */
@Command(
    name = "make",
    header = "Makes an image of a directory.",
    description = {
      "Makes an image of a directory and its contents. The same directory and options give the same"
          + " bytes. A romfs is laid out as genromfs does; fsck.cramfs accepts a cramfs without"
          + " --in-place and --holes.",
      "",
      "For a romfs an empty file called @name,type,major,minor stands for a device (type b or c) or"
          + " a pipe (p), as for genromfs: @tty1,c,4,1.",
      "",
      "A PATTERN is a file name pattern; with a leading slash it matches the whole path from DIR,"
          + " as in /bin/*, otherwise the name."
    },
    exitCodeList = {
      "0:the image is complete",
      "1:it cannot be made: something does not fit, or cannot be read or written; what was there is"
          + " there still",
      ImageCommand.USAGE
    },
    footer = {
      "  nommu image make --type romfs --name boot rootfs rootfs.img",
      "  nommu image make --type romfs --align '4096,*.bin' rootfs rootfs.img",
      "  nommu image make --type cramfs --in-place '/bin/*' rootfs rootfs.img",
      "  nommu image make --type cramfs --byte-order big --block-size 16K rootfs rootfs.img"
    })
final class ImageMakeCommand implements Callable<Integer> {
  @Option(
      names = "--type",
      required = true,
      paramLabel = "TYPE",
      converter = ImageFormatConverter.class,
      completionCandidates = ImageFormatConverter.class,
      description = "${COMPLETION-CANDIDATES}.")
  private ImageFormat type = ImageFormat.ROMFS;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The name of the volume: up to 128 bytes for romfs, 16 for cramfs.")
  private String name = "";

  @Mixin private final RomfsArguments romfs = new RomfsArguments();

  @Mixin private final CramfsArguments cramfs = new CramfsArguments();

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "The directory that becomes the root of the image.")
  private Path directory = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "IMAGE",
      description = "The file to write. It replaces an existing file when it is complete.")
  private Path image = Path.of("");

  @Spec private CommandSpec command = CommandSpec.create();

  private final Console console;

  ImageMakeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandException {
    FormatArguments arguments = argumentsOfType();
    requireNoOthers(arguments.names());
    requireVolume(arguments.longestVolume());
    try (Ticker ticker = new Ticker(console)) {
      arguments.write(
          directory,
          image,
          name,
          written -> ticker.tick(() -> "%s: %d KiB written".formatted(image, written >> 10)));
      return ExitCode.OK;
    } catch (ErrnoException failure) {
      throw new CommandException(
          exitCode(failure.errno()),
          command.qualifiedName() + ": " + failure.getMessage(),
          failure);
    }
  }

  private FormatArguments argumentsOfType() {
    return switch (type) {
      case ROMFS -> romfs;
      case CRAMFS -> cramfs;
    };
  }

  private void requireNoOthers(Set<String> options) {
    for (FormatArguments arguments : List.of(romfs, cramfs)) {
      for (String option : arguments.names()) {
        if (!options.contains(option)) {
          requireAbsent(option);
        }
      }
    }
  }

  private void requireAbsent(String option) {
    if (command.commandLine().getParseResult().hasMatchedOption(option)) {
      throw new ParameterException(
          command.commandLine(), "%s is not an option for a %s".formatted(option, type));
    }
  }

  private void requireVolume(int longest) {
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    if (length > longest || name.indexOf('\0') >= 0) {
      throw new ParameterException(
          command.commandLine(),
          "--name: expected %d bytes or less, found %d".formatted(longest, length));
    }
  }

  private static int exitCode(Errno errno) {
    return switch (errno) {
      case ENOENT, ENOTDIR -> ExitCode.USAGE;
      default -> ExitCode.FAILED;
    };
  }
}
