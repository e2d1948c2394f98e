package dev.nommu.cli.image;

import dev.nommu.api.ErrnoException;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.console.OutputClosedException;
import dev.nommu.cli.text.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes files of an image to the standard output. */
@Command(
    name = "cat",
    header = "Writes files of an image to the standard output.",
    description =
        "Writes the bytes of regular files in an image, one after another. Symbolic links are"
            + " followed within the image.",
    exitCodeList = {
      "0:everything was written",
      "1:the image is damaged, or neither romfs nor cramfs",
      ImageCommand.USAGE,
      ImageCommand.OUTPUT_CLOSED
    },
    footer = {
      "  nommu image cat rootfs.img /etc/passwd",
      "  nommu image cat --offset 0x100000 flash.bin boot/kernel > kernel"
    })
final class ImageCatCommand implements Callable<Integer> {
  @Mixin private final ImageArguments image = new ImageArguments();

  @Parameters(
      index = "1",
      arity = "1..*",
      paramLabel = "PATH",
      description = "Regular files in the image.")
  private List<String> paths = List.of();

  private final Console console;

  ImageCatCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    return image.volume(console, volume -> write(volume.members()));
  }

  private int write(List<Member> members) throws CommandException, IOException {
    List<Content.Data> files = new ArrayList<>();
    for (String path : paths) {
      files.add(file(members, path));
    }
    OutputStream out = new Output();
    for (Content.Data file : files) {
      file.bytes().copyTo(out);
    }
    return ExitCode.OK;
  }

  private Content.Data file(List<Member> members, String path)
      throws CommandException, ErrnoException {
    LinkWalk walk = new LinkWalk(members);
    Member member = walk.follow(path).orElseThrow(() -> absent(path, walk.place()));
    return switch (member.content()) {
      case Content.Data data -> data;
      case Content.Link followed -> throw new AssertionError(followed);
      case Content.Device device -> throw notRegular(member, "a " + member.access().what());
      case Content.Nothing nothing -> throw notRegular(member, "a " + member.access().what());
    };
  }

  private CommandException absent(String path, String place) {
    String wanted = MemberPath.of(path).path();
    String led = wanted.equals(place) ? "" : ", to which %s leads".formatted(wanted);
    return image.failure(
        ExitCode.USAGE,
        Printable.of("%s: there is no %s in it%s".formatted(image.file(), place, led)));
  }

  private CommandException notRegular(Member member, String found) {
    return image.failure(
        ExitCode.USAGE,
        "%s: %s: expected a regular file, found %s"
            .formatted(image.file(), Printable.of(member.path()), Printable.of(found)));
  }

  /** The standard output, which may be closed at any time. */
  private final class Output extends OutputStream {
    @Override
    public void write(int octet) {
      console.out().write(octet);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      console.out().write(from, offset, length);
      if (console.out().checkError()) {
        throw new OutputClosedException();
      }
    }
  }
}
