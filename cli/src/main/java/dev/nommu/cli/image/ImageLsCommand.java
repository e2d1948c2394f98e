package dev.nommu.cli.image;

import dev.nommu.api.ErrnoException;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the contents of an image. */
@Command(
    name = "ls",
    header = "Lists the contents of an image.",
    description = {
      "Lists everything in an image, or one file, or one directory and everything below it: the"
          + " path, and with -l also mode, owner, group, size (of a device its number), and where a"
          + " link leads.",
      "",
      "Control characters in names are written as backslash and octal digits."
    },
    exitCodeList = {
      "0:everything was listed",
      "1:the image is damaged, or neither romfs nor cramfs",
      ImageCommand.USAGE,
      ImageCommand.OUTPUT_CLOSED
    },
    footer = {
      "  nommu image ls rootfs.img",
      "  nommu image ls -l rootfs.img /bin",
      "  nommu image ls -l --offset 1M flash.bin | grep '^c'"
    })
final class ImageLsCommand implements Callable<Integer> {
  private static final int LINES_AT_ONCE = 500;

  @Mixin private final ImageArguments image = new ImageArguments();

  @Option(names = "-l", description = "Also list mode, owner, group and size.")
  private boolean detailed;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PATH",
      defaultValue = "/",
      description = "The paths to list. Default: everything.")
  private String path = "/";

  private final Console console;

  ImageLsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    return image.volume(console, volume -> list(volume.members()));
  }

  private int list(List<Member> members) throws CommandException, ErrnoException {
    MemberPath wanted = MemberPath.of(path);
    List<Member> listed = wanted.subtree(members);
    if (listed.isEmpty()) {
      throw image.failure(
          ExitCode.USAGE, "%s: there is no %s in it".formatted(image.file(), wanted.path()));
    }
    Listing listing = detailed ? Listing.LONG : Listing.SHORT;
    console.progress("");
    for (int from = 0; from < listed.size(); from += LINES_AT_ONCE) {
      print(listed.subList(from, Math.min(from + LINES_AT_ONCE, listed.size())), listing);
    }
    return ExitCode.OK;
  }

  /** Also prints the members before a damaged link. */
  private void print(List<Member> members, Listing listing) throws ErrnoException {
    List<String> lines = new ArrayList<>();
    try {
      for (Member member : members) {
        lines.add(listing.line(member));
      }
    } finally {
      console.lines(lines);
    }
  }
}
