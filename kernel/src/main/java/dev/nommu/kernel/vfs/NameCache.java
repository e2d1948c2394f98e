package dev.nommu.kernel.vfs;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names looked up in one directory, each with its place, as Linux's dcache. It lasts until a name
 * of the directory changes, and holds a bounded number of names. Thread-safe and non-blocking.
 */
final class NameCache {
  /** The maximum number of names; a power of two. */
  static final int SLOTS = 32;

  private static final @Nullable VfsPath[] NO_SLOTS = {};

  /** The slot of a name depends on its hash; an entry lost in a race is looked up again. */
  private @Nullable VfsPath[] slots = NO_SLOTS;

  /** The last one found, which is the most likely to be next. */
  private @Nullable VfsPath last;

  /**
   * Returns the place of a name, if cached.
   *
   * @param directory the path of this directory, which the answer extends
   * @param names at the start of the name, afterwards at its end
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

  /** Caches a place by its name, replacing another if necessary. */
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
