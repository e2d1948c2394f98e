package dev.nommu.cli.matrix;

import java.util.ArrayList;
import java.util.List;

/**
 * A subject that was mapped in every way, and those that answered alike.
 *
 * @param subject the first of them
 * @param alike the paths of the others, with the same driver and the same answers
 * @param trials one for each type of mapping and set of protections
 */
public record Tried(Subject subject, List<String> alike, List<Trial> trials) {
  /** Takes immutable copies. */
  public Tried {
    alike = List.copyOf(alike);
    trials = List.copyOf(trials);
  }

  /** Returns whether another is a device of the same driver that answered in the same way. */
  boolean isLike(Tried other) {
    boolean device =
        switch (subject.kind()) {
          case BLOCK_DEVICE, CHARACTER_DEVICE -> true;
          case ANONYMOUS, REGULAR_FILE -> false;
        };
    return device
        && subject.kind() == other.subject.kind()
        && subject.provider().equals(other.subject.provider())
        && trials.equals(other.trials);
  }

  /** Returns the same with another one like it. */
  Tried with(String path) {
    List<String> more = new ArrayList<>(alike);
    more.add(path);
    return new Tried(subject, more, trials);
  }
}
