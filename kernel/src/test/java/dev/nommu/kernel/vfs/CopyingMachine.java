package dev.nommu.kernel.vfs;

import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.testing.TestBoard;
import java.nio.file.Path;

/** A process that boots a machine with copies of a directory, says so, and waits. */
final class CopyingMachine {
  static final String BOOTED = "booted";

  private CopyingMachine() {}

  /** Argument: the directory. */
  public static void main(String[] arguments) throws Exception {
    TestBoard board =
        TestBoard.withMebibytes(8)
            .host("h", Path.of(arguments[0]))
            .mount("h", "/a", "hostfs", "")
            .mount("h", "/b", "hostfs", "");
    try (Machine machine = Machine.boot(board.build(), Profile.DOCUMENT)) {
      System.out.println(BOOTED);
      System.in.read();
      machine.init().tree().stat("/a");
    } catch (BoardException refused) {
      System.out.println(refused.getMessage());
    }
  }
}
