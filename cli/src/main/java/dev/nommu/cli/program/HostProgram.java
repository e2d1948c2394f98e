package dev.nommu.cli.program;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.HostFailure;
import dev.nommu.api.OpenFlags;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program that is a file of the host.
 *
 * @param file where it is
 */
record HostProgram(Path file) {
  private static final String DIRECTORY = "/bin";

  /** Returns its path on a machine. */
  String path() {
    return DIRECTORY + "/" + file.getFileName();
  }

  /**
   * Reads it.
   *
   * @throws CommandException if it is not there
   */
  byte[] read() throws CommandException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new CommandException(
          ExitCode.USAGE,
          "nommu exec: %s: %s".formatted(file, HostFailure.reason(unreadable)),
          unreadable);
    }
  }

  /**
   * Puts it on a machine, to be read and executed.
   *
   * @throws CommandException if it cannot be written there
   */
  void install(Task init, byte[] contents) throws CommandException {
    try {
      if (!isThere(init)) {
        init.tree().mkdir(DIRECTORY, 0755);
      }
      int flags = OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_TRUNC;
      int copy = init.open(path(), flags, 0700);
      write(init, copy, MemorySegment.ofArray(contents));
      init.descriptors().fchmod(copy, 0555);
      init.close(copy);
    } catch (ErrnoException refused) {
      throw new CommandException(
          ExitCode.FAILED,
          "nommu exec: %s cannot be put on the machine as %s: %s"
              .formatted(file, path(), refused.describe()),
          refused);
    }
  }

  private static void write(Task init, int copy, MemorySegment contents) throws ErrnoException {
    for (long done = 0; done < contents.byteSize(); ) {
      done += init.write(copy, contents.asSlice(done));
    }
  }

  private static boolean isThere(Task init) throws ErrnoException {
    return init.tree().list("/").stream().anyMatch(entry -> entry.name().equals("bin"));
  }
}
