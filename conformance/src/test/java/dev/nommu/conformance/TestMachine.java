package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.Includes;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A machine whose books are checked when it is closed.
 *
 * @param machine booted
 */
record TestMachine(Machine machine) implements AutoCloseable {
  private static final int MOST = 1 << 16;

  /**
   * Boots a machine with 16 MiB of RAM.
   *
   * @param bootargs the kernel's command line
   * @param nodes device tree source of more nodes, with one cell for addresses and sizes
   */
  static TestMachine boot(Profile profile, String bootargs, String nodes) throws IOException {
    return of(board(Path.of(""), bootargs, nodes), profile);
  }

  /**
   * Returns the board of such a machine.
   *
   * @param directory where the files are that the nodes name
   */
  static Board board(Path directory, String bootargs, String nodes) throws IOException {
    String source =
        """
        /dts-v1/;
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
          chosen { bootargs = "%s"; };
          %s
        };
        """
            .formatted(bootargs, nodes);
    DeviceTree tree = DeviceTree.parseDts(source, "board", Includes.none());
    return Board.of("board", tree, directory);
  }

  /** Boots a board. */
  static TestMachine of(Board board, Profile profile) throws BoardException {
    return of(board, profile, Sanitizer.OFF);
  }

  /** Boots a board on which a sanitizer looks at what tasks do. */
  static TestMachine of(Board board, Profile profile, Sanitizer sanitizer) throws BoardException {
    return new TestMachine(Machine.boot(board, profile, sanitizer));
  }

  /** Returns the first process. */
  Task init() {
    return machine.init();
  }

  /** Returns the lines of a file. */
  List<String> lines(String path) throws ErrnoException {
    int file = init().open(path, OpenFlags.O_RDONLY);
    byte[] bytes = new byte[MOST];
    int length = (int) init().read(file, MemorySegment.ofArray(bytes));
    init().close(file);
    return new String(bytes, 0, length, StandardCharsets.UTF_8).lines().toList();
  }

  @Override
  public void close() {
    try (machine) {
      assertThat(machine.check()).isEmpty();
      machine.tasks().forEach(Task::exit);
      assertThat(machine.check()).as("after the end of all processes").isEmpty();
      assertThat(machine.mappedCopyPages()).as("pages nobody maps any more").isZero();
    }
  }
}
