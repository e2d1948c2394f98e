package dev.nommu.cli.board;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.ErrnoException;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.board.BootLoader;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.scenario.Vocabulary;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A board with its files, from which any number of machines can be booted.
 *
 * @param board the board
 * @param machines the machines' other settings
 * @param files closes the place of the board's files
 */
public record OpenBoard(Board board, Machines machines, Closeable files) implements AutoCloseable {
  private static final String BUILT_IN = "board.dts";
  private static final List<String> FILES_OF_BUILT_IN =
      List.of(BUILT_IN, "romfs.img", "cramfs.img", "host/big.bin", "host/readme.txt");

  /** The work done on a machine. */
  @FunctionalInterface
  public interface Work {
    /** Does it. */
    void on(Machine machine) throws CommandException, IOException, InterruptedException;
  }

  /**
   * Reads a board from a file.
   *
   * @throws BoardException if it does not exist or is invalid
   */
  static OpenBoard read(Path file, BootLoader loader, Machines machines) throws BoardException {
    return new OpenBoard(Board.read(file, loader), machines, () -> {});
  }

  /**
   * Returns the built-in board; its files are in memory.
   *
   * @throws BoardException never, if the program is complete
   */
  public static OpenBoard builtIn(Machines machines) throws BoardException {
    return builtIn(BootLoader.NONE, machines);
  }

  /**
   * Returns the built-in board as above.
   *
   * @param loader what a boot loader would write into its tree
   * @throws BoardException if the loader's changes are impossible
   */
  static OpenBoard builtIn(BootLoader loader, Machines machines) throws BoardException {
    FileSystem files = Jimfs.newFileSystem(Configuration.unix());
    try {
      Path directory = files.getPath("/board");
      for (String name : FILES_OF_BUILT_IN) {
        unpack(name, directory.resolve(name));
      }
      DeviceTree tree = DeviceTree.read(directory.resolve(BUILT_IN));
      Board board = Board.of("built-in board", tree, directory, loader);
      return new OpenBoard(board, machines, files);
    } catch (BoardException wrong) {
      throw wrong;
    } catch (IOException broken) {
      throw new UncheckedIOException("built-in board", broken);
    }
  }

  private static void unpack(String name, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (InputStream from = OpenBoard.class.getResourceAsStream(name)) {
      if (from == null) {
        throw new FileNotFoundException(name + " is missing from the program");
      }
      Files.copy(from, to);
    }
  }

  /** Returns the same with another board. */
  public OpenBoard with(Board other) {
    return new OpenBoard(other, machines, files);
  }

  /** Returns the names that scenarios can use on the machines. */
  public Vocabulary vocabulary() {
    return machines.plugins().vocabulary();
  }

  /** Returns the board's name and the profile, the heading of results. */
  public String setting() {
    return "board: %s, profile: %s".formatted(board.name(), machines.profile().id());
  }

  /**
   * Boots a machine, works on it, and checks the machine's books at the end.
   *
   * @throws CommandException if a setting is refused or the books are wrong
   */
  public void work(Work work) throws CommandException, IOException, InterruptedException {
    work(Sanitizer.OFF, work);
  }

  /**
   * As above, on a machine with a sanitizer that checks what tasks do.
   *
   * @throws CommandException if a setting is refused or the books are wrong
   */
  public void work(Sanitizer sanitizer, Work work)
      throws CommandException, IOException, InterruptedException {
    work(kernel -> kernel.with(sanitizer), work);
  }

  /**
   * As above, on a machine of another kernel.
   *
   * @throws CommandException if a setting is refused or the books are wrong
   */
  public void work(UnaryOperator<Kernel> different, Work work)
      throws CommandException, IOException, InterruptedException {
    Kernel kernel = different.apply(machines.plugins().kernel());
    try (Machine machine = kernel.boot(board, machines.profile())) {
      set(machine);
      work.on(machine);
      requireSound(machine.check());
    }
  }

  private void set(Machine machine) throws CommandException {
    for (Map.Entry<String, String> each : machines.sysctls().entrySet()) {
      try {
        machine.sysctl(each.getKey()).set(each.getValue());
      } catch (ErrnoException refused) {
        throw new CommandException(
            ExitCode.USAGE, "nommu: --sysctl: " + refused.getMessage(), refused);
      }
    }
  }

  /**
   * Ends the command if a machine's books are wrong.
   *
   * @param wrong what is wrong, one sentence each
   */
  public static void requireSound(List<String> wrong) throws CommandException {
    if (!wrong.isEmpty()) {
      throw new CommandException(
          ExitCode.FAILED,
          "nommu: internal error: the machine's books are wrong, which is a bug of nommu:\n  "
              + String.join("\n  ", wrong));
    }
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
