package dev.nommu.kernel.vfs;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names of one directory that were looked up, each with the place it stands for: what the dcache is
 * to Linux. It lasts until a name of the directory comes to stand for something else, and remembers
 * a bounded number of names. Thread-safe; nobody waits.
 */
final class NameCache {
  /** How many names are remembered at most; a power of two. */
  static final int SLOTS = 32;

  private static final @Nullable VfsPath[] NO_SLOTS = {};

  /** The place of a name depends on its hash; a place that is lost by a race is asked for again. */
  private @Nullable VfsPath[] slots = NO_SLOTS;

  /** Found last, and most often asked for next. */
  private @Nullable VfsPath last;

  /**
   * Returns what a name stands for, if that is known.
   *
   * @param directory the way to this directory that the answer goes on
   * @param names stands at the beginning of the name, afterwards at its end
   */
  Optional<VfsPath> find(VfsPath directory, PathNames names) {
    Optional<VfsPath> again = is(last, directory, names);
    if (again.isPresent()) {
      return again;
    }
    @Nullable VfsPath[] now = slots;
    int hash = names.scan();
    Optional<VfsPath> found =
        now.length == 0 ? Optional.empty() : is(now[hash & (SLOTS - 1)], directory, names);
    if (found.isPresent()) {
      last = found.get();
    }
    return found;
  }

  private static Optional<VfsPath> is(@Nullable VfsPath there, VfsPath directory, PathNames names) {
    return there != null && there.isChildOf(directory) && names.takes(there.name())
        ? Optional.of(there)
        : Optional.empty();
  }

  /** Remembers a place by its name, instead of another if need be. */
  void remember(VfsPath place) {
    @Nullable VfsPath[] now = slots;
    if (now.length == 0) {
      now = new @Nullable VfsPath[SLOTS];
      slots = now;
    }
    now[place.name().hashCode() & (SLOTS - 1)] = place;
    last = place;
  }
}
