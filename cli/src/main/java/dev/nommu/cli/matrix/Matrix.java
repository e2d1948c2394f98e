package dev.nommu.cli.matrix;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of every way to map everything on a machine.
 *
 * @param tried the subjects, with devices that answered alike combined
 * @param unopened the files that could not be opened
 */
record Matrix(List<Tried> tried, List<Unopened> unopened) {
  /** Takes immutable copies. */
  public Matrix {
    tried = List.copyOf(tried);
    unopened = List.copyOf(unopened);
  }

  /**
   * A file that could not be opened.
   *
   * @param reason the error and its message
   */
  public record Unopened(Subject subject, String reason) {}

  /**
   * Tries everything. Nothing may be mapped on the machine before, and nothing is mapped
   * afterwards.
   *
   * @throws ErrnoException if the machine's tree cannot be read
   */
  public static Matrix of(Machine machine) throws ErrnoException {
    Prober prober = new Prober(machine);
    List<Tried> tried = new ArrayList<>();
    List<Unopened> unopened = new ArrayList<>();
    try (Specimens specimens = new Specimens(machine, prober)) {
      for (Subject subject : specimens.all()) {
        try {
          add(tried, new Tried(subject, List.of(), prober.tryAll(subject)));
        } catch (ErrnoException reason) {
          unopened.add(new Unopened(subject, reason.describe()));
        }
      }
    }
    return new Matrix(tried, unopened);
  }

  private static void add(List<Tried> all, Tried tried) {
    Optional<Tried> known = all.stream().filter(each -> each.isLike(tried)).findFirst();
    if (known.isPresent()) {
      all.set(all.indexOf(known.get()), known.get().with(tried.subject().path()));
    } else {
      all.add(tried);
    }
  }
}
