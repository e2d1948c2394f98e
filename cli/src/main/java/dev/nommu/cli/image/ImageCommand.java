package dev.nommu.cli.image;

import dev.nommu.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands for file system images. */
@Command(
    name = "image",
    synopsisSubcommandLabel = "COMMAND",
    header = "Lists, reads, unpacks, checks and makes images of romfs and cramfs.",
    description = {
      "Inspects images of romfs and cramfs without a machine, and makes them.",
    },
    exitCodeList = {
      "0:success; for check: nothing is wrong",
      "1:the image is damaged, of another kind or was not extracted completely; for check:"
          + " something is wrong",
      ImageCommand.USAGE,
      ImageCommand.OUTPUT_CLOSED
    },
    footer = {
      "  nommu image ls rootfs.img",
      "  nommu image cat rootfs.img /etc/passwd",
      "  nommu image extract rootfs.img rootfs",
      "  nommu image check --offset 0x100000 flash.bin",
      "  nommu image make --type cramfs --in-place '/bin/*' rootfs rootfs.img"
    })
public final class ImageCommand {
  /** An entry in the lists of exit codes of all subcommands. */
  static final String USAGE =
      "2:the command line is invalid, or a file that it names does not exist";

  /** Another one. */
  static final String OUTPUT_CLOSED = "141:the output was closed, as by '| head'";

  private ImageCommand() {}

  /** Returns the command with its subcommands. */
  public static CommandLine with(Console console) {
    return new CommandLine(new ImageCommand())
        .addSubcommand(new ImageLsCommand(console))
        .addSubcommand(new ImageCatCommand(console))
        .addSubcommand(new ImageExtractCommand(console))
        .addSubcommand(new ImageCheckCommand(console))
        .addSubcommand(new ImageMakeCommand(console));
  }
}
