package dev.nommu.cli.check;

import dev.nommu.api.Profile;
import dev.nommu.devicetree.DtsWriter;
import dev.nommu.kernel.board.Board;
import dev.nommu.tck.fault.Fault;
import dev.nommu.tck.session.Capsule;
import dev.nommu.tck.session.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The place for failed sessions of a class.
 *
 * @param type the class
 * @param board its board
 * @param folder of all capsules
 */
record Capsules(String type, Board board, Path folder) {
  /**
   * Saves a session.
   *
   * @param name distinguishes it from the others of the class and profile
   * @return how to reproduce it
   * @throws IOException if it cannot be written
   */
  String keep(String name, Profile profile, List<Fault> faults, Session session)
      throws IOException {
    Path kept = folder.resolve("%s-%s-%s".formatted(type, profile.id(), name));
    new Capsule(
            Capsule.VERSION,
            type,
            profile,
            faults,
            DtsWriter.write(board.tree()),
            board.simulation().directory(),
            session)
        .write(kept);
    return "to reproduce it: nommu run --plugin JAR " + kept;
  }
}
