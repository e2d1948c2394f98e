package dev.nommu.cli.check;

import dev.nommu.api.Profile;
import dev.nommu.cli.check.ContractsOfClass.Source;
import dev.nommu.tck.fault.Fault;
import dev.nommu.tck.session.Capsule;
import dev.nommu.tck.session.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where sessions of a class that fail are kept.
 *
 * @param type the class
 * @param board what its board was read from; without it nothing can be kept
 * @param folder of all capsules
 */
record Capsules(String type, Optional<Source> board, Path folder) {
  /**
   * Keeps a session.
   *
   * @param name what tells it from the others of the class and profile
   * @return how to see it again, or empty if it cannot be kept
   * @throws IOException if it cannot be written
   */
  Optional<String> keep(String name, Profile profile, List<Fault> faults, Session session)
      throws IOException {
    if (board.isEmpty()) {
      return Optional.empty();
    }
    Source source = board.get();
    Path capsule = folder.resolve("%s-%s-%s".formatted(type, profile.id(), name));
    new Capsule(type, profile, faults, source.text(), source.directory(), session).write(capsule);
    return Optional.of("to see it again: nommu run --plugin JAR " + capsule);
  }
}
