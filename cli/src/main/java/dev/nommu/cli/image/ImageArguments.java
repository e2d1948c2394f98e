package dev.nommu.cli.image;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.console.Ticker;
import dev.nommu.cli.option.ByteCount;
import dev.nommu.cli.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The image: arguments of all commands that read one. */
final class ImageArguments {
  /** S_IFMT: the mask of the file type in a mode. */
  private static final int KIND = 0170000;

  @Option(
      names = "--offset",
      paramLabel = "BYTES",
      converter = ByteCount.class,
      defaultValue = "0",
      description =
          "The offset of the image in IMAGE, which may be the dump of a whole flash chip.")
  private long offset;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      converter = ByteCount.class,
      description = "The size of the image in IMAGE. Default: up to the end.")
  private Optional<Long> size = Optional.empty();

  @Option(
      names = "--block-size",
      paramLabel = "BYTES",
      converter = BlockSize.class,
      description =
          "The page size of the machine a cramfs was made for, which it does not record. Default:"
              + " the smallest with which its files can be unpacked.")
  private Optional<Integer> blockSize = Optional.empty();

  @Parameters(
      index = "0",
      paramLabel = "IMAGE",
      description = "A file with an image of romfs or cramfs, detected by its contents.")
  private Path image = Path.of("");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /** Creates the arguments with their defaults. */
  ImageArguments() {}

  /** An action on an image. */
  @FunctionalInterface
  interface Work<T> {
    /** Does it, and returns the exit code. */
    int on(T image) throws IOException, CommandException;
  }

  /** Returns the file as given by the user. */
  Path file() {
    return image;
  }

  /** Returns the block size in bytes; empty if not given. */
  OptionalInt blockSize() {
    return blockSize.stream().mapToInt(Integer::intValue).findAny();
  }

  /**
   * Opens the bytes of the image and works with them.
   *
   * @throws CommandException if the file does not exist, or the work throws an {@link
   *     ErrnoException}
   */
  int bytes(Console console, Work<ImageBytes> work) throws CommandException, IOException {
    try (Ticker ticker = new Ticker(console);
        ImageBytes bytes = open(ticker)) {
      return work.on(bytes);
    } catch (ErrnoException damaged) {
      String reason = Printable.of(String.valueOf(damaged.getMessage()));
      throw failure(ExitCode.FAILED, image + ": " + reason, damaged);
    }
  }

  /**
   * Opens the image and works with it.
   *
   * @throws CommandException as above
   */
  int volume(Console console, Work<Volume> work) throws CommandException, IOException {
    return bytes(
        console,
        bytes -> {
          try (Volume volume = ImageFormat.of(bytes).open(bytes, blockSize())) {
            return work.on(volume);
          }
        });
  }

  /** Returns the exception that ends the command, with a message that begins with its name. */
  CommandException failure(int exitCode, String message, Throwable cause) {
    return new CommandException(exitCode, command.qualifiedName() + ": " + message, cause);
  }

  /** Returns the exception that ends the command, with a message that begins with its name. */
  CommandException failure(int exitCode, String message) {
    return new CommandException(exitCode, command.qualifiedName() + ": " + message);
  }

  private ImageBytes open(Ticker ticker) throws CommandException {
    requireFile();
    OptionalLong length = size.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    try {
      return ImageBytes.open(image, offset, length, read -> ticker.tick(() -> progress(read)));
    } catch (ErrnoException absent) {
      throw failure(ExitCode.USAGE, String.valueOf(absent.getMessage()), absent);
    }
  }

  /** A pipe is not seekable, and opening one waits for its other end. */
  private void requireFile() throws CommandException {
    if (Files.isDirectory(image)) {
      throw failure(ExitCode.USAGE, image + ": expected an image, found a directory");
    }
    if (isPipe()) {
      throw failure(ExitCode.USAGE, image + ": expected an image, found a pipe");
    }
  }

  private boolean isPipe() {
    try {
      int mode = (int) Files.getAttribute(image, "unix:mode");
      return (mode & KIND) == FileKind.FIFO.modeBits();
    } catch (IOException | UnsupportedOperationException absentOrWithoutModes) {
      return false;
    }
  }

  private String progress(long read) {
    return "%s: %d MiB read".formatted(image, read >> 20);
  }
}
