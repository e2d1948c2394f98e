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
 * Where sessions of a class that fail are kept.
 *
 * @param type the class
 * @param board on which it is
 * @param folder of all capsules
 */
record Capsules(String type, Board board, Path folder) {
  /**
   * Keeps a session.
   *
   * @param name what tells it from the others of the class and profile
   * @return how to see it again
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
    return "to see it again: nommu run --plugin JAR " + kept;
  }
}
