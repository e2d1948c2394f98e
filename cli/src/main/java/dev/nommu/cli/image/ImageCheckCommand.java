package dev.nommu.cli.image;

import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.text.Printable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks an image. */
@Command(
    name = "check",
    header = "Checks an image for errors.",
    description = {
      "Checks an image, more strictly than a mount: of a cramfs the checksum and everything that"
          + " fsck.cramfs checks, of a romfs the checksums of the volume and of every node,"
          + " offsets, chains and names. A romfs has no checksum of the contents of files and"
          + " links.",
      "",
      "Writes a line for each error: its offset in the image, the file, what was expected and what"
          + " was found."
    },
    exitCodeList = {
      "0:nothing is wrong",
      "1:something is wrong, or it is neither romfs nor cramfs",
      ImageCommand.USAGE,
      ImageCommand.OUTPUT_CLOSED
    },
    footer = {
      "  nommu image check rootfs.img",
      "  nommu image check --block-size 16K rootfs.img",
      "  nommu image check --offset 0x100000 --size 1M flash.bin && flashcp flash.bin /dev/mtd0"
    })
final class ImageCheckCommand implements Callable<Integer> {
  /** The number of errors after which a checker stops. */
  private static final int MOST_FINDINGS = 1000;

  @Mixin private final ImageArguments image = new ImageArguments();

  private final Console console;

  ImageCheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    return image.bytes(console, this::check);
  }

  private int check(ImageBytes bytes) throws IOException {
    ImageFormat format = ImageFormat.of(bytes);
    List<String> findings = format.check(bytes, image.blockSize());
    console.progress("");
    if (findings.isEmpty()) {
      console.line("%s: %s: nothing is wrong".formatted(image.file(), describe(format, bytes)));
      return ExitCode.OK;
    }
    console.lines(
        findings.stream().map(found -> image.file() + ": " + Printable.of(found)).toList());
    if (findings.size() >= MOST_FINDINGS) {
      console.note(image.file() + ": there may be more than these " + findings.size());
    }
    return ExitCode.FAILED;
  }

  private String describe(ImageFormat format, ImageBytes bytes) throws IOException {
    try (Volume volume = format.open(bytes, image.blockSize())) {
      return volume.description();
    }
  }
}
