package dev.nommu.cli.image;

import dev.nommu.api.ErrnoException;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.console.Ticker;
import dev.nommu.cli.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Unpacks an image. */
@Command(
    name = "extract",
    header = "Unpacks an image into a directory.",
    description = {
      "Writes everything in an image to host files, with permissions, and with owners if you may"
          + " change them; otherwise without set-user-ID and set-group-ID bits. Two names of one"
          + " file in a romfs become hard links.",
      "",
      "A name that would lead out of the directory is refused, and nothing is written through a"
          + " link. Devices, fifos and sockets cannot be created: they are listed as skipped."
    },
    exitCodeList = {
      "0:everything was unpacked, except files listed as skipped",
      "1:something was refused or could not be read or written; the rest was unpacked",
      ImageCommand.USAGE
    },
    footer = {
      "  nommu image extract rootfs.img rootfs",
      "  nommu image extract --offset 1M flash.bin rootfs 2> skipped.txt"
    })
final class ImageExtractCommand implements Callable<Integer> {
  @Mixin private final ImageArguments image = new ImageArguments();

  @Parameters(
      index = "1",
      paramLabel = "DIR",
      description = "An empty directory; created if missing.")
  private Path directory = Path.of("");

  private final Console console;

  ImageExtractCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    return image.volume(console, volume -> extract(volume.members()));
  }

  private int extract(List<Member> members) throws CommandException {
    Problems problems = new Problems();
    Extraction extraction = begin(problems);
    try (Ticker ticker = new Ticker(console)) {
      for (int i = 0; i < members.size(); i++) {
        int done = i;
        ticker.tick(() -> "%d of %d files".formatted(done, members.size()));
        extraction.add(members.get(i));
      }
    }
    extraction.finish();
    return problems.exitCode;
  }

  private Extraction begin(Problems problems) throws CommandException {
    try {
      return Extraction.into(directory, problems);
    } catch (ErrnoException e) {
      throw image.failure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  /** Reports the members not extracted, and continues with the rest. */
  private final class Problems implements Extraction.Report {
    private int exitCode = ExitCode.OK;

    @Override
    public void skipped(Member member, String what) {
      say(member, "skipped, " + what);
    }

    @Override
    public void failed(Member member, String why) {
      exitCode = ExitCode.FAILED;
      say(member, why);
    }

    private void say(Member member, String what) {
      console.progress("");
      console.note("%s: %s".formatted(Printable.of(member.path()), Printable.of(what)));
    }
  }
}
