package dev.nommu.cli.program;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.HostFailure;
import dev.nommu.api.OpenFlags;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.kernel.fs.MountFlag;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * A program in a host file.
 *
 * @param file its path
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
   * @throws CommandException if it does not exist
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
   * Installs it on a machine, readable and executable: in a read-only directory in memory over
   * {@code /bin}, with a copy of its former contents.
   *
   * @throws CommandException if it cannot be installed
   */
  void install(Task init, byte[] contents) throws CommandException {
    try {
      if (!isThere(init)) {
        init.tree().mkdir(DIRECTORY, 0755);
      }
      int covered = init.open(DIRECTORY, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY);
      init.tree().mount("exec", DIRECTORY, "ramfs", Set.of(), "mode=0755");
      DirectoryCopy copy = new DirectoryCopy(init, init.tree().at(covered), DIRECTORY);
      copy.allBut(String.valueOf(file.getFileName()));
      copy.write(path(), MemorySegment.ofArray(contents), 0555);
      init.close(covered);
      init.tree().remount(DIRECTORY, Set.of(MountFlag.READ_ONLY), "");
    } catch (ErrnoException refused) {
      throw new CommandException(
          ExitCode.FAILED,
          "nommu exec: %s cannot be put on the machine as %s: %s"
              .formatted(file, path(), refused.describe()),
          refused);
    }
  }

  private static boolean isThere(Task init) throws ErrnoException {
    return init.tree().list("/").stream().anyMatch(entry -> entry.name().equals("bin"));
  }
}
