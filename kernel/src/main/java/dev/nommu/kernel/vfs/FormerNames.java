package dev.nommu.kernel.vfs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Former names of a file other than a directory, and where each was moved: in Linux the dentry's
 * identity provides this. The oldest are forgotten; a file opened under one of those is shown with
 * it indefinitely. Thread-safe and non-blocking.
 */
final class FormerNames {
  /** The maximum, which bounds the cost of a file that is renamed repeatedly. */
  static final int REMEMBERED = 64;

  private record Name(VfsInode directory, String name) {
    static Name of(VfsPath place) {
      return new Name(place.requireParent().inode(), place.name());
    }
  }

  /**
   * Replaced as a whole, never modified: no reader sees half of a move. A name that was removed,
   * not moved, has no place. Following the names always ends, since a move removes its new name.
   */
  private volatile Map<Name, Optional<VfsPath>> names = Map.of();

  /** Records that a name is gone, as {@code d_drop}. */
  synchronized void removed(VfsPath place) {
    names = with(Name.of(place), Optional.empty());
  }

  /** Records that a name was moved, as {@code d_move}. */
  synchronized void moved(VfsPath from, VfsPath to) {
    Map<Name, Optional<VfsPath>> now = with(Name.of(from), Optional.of(to));
    now.remove(Name.of(to));
    names = now;
  }

  private Map<Name, Optional<VfsPath>> with(Name name, Optional<VfsPath> to) {
    Map<Name, Optional<VfsPath>> more = new LinkedHashMap<>(names);
    more.remove(name);
    more.put(name, to);
    if (more.size() > REMEMBERED) {
      more.remove(more.keySet().iterator().next());
    }
    return more;
  }

  /** Records that a name refers to the inode. */
  synchronized void given(VfsPath place) {
    if (names.containsKey(Name.of(place))) {
      Map<Name, Optional<VfsPath>> fewer = new LinkedHashMap<>(names);
      fewer.remove(Name.of(place));
      names = fewer;
    }
  }

  /**
   * Returns the current place of a file found at a place, or the last one before its name was
   * removed.
   */
  VfsPath latest(VfsPath found) {
    Map<Name, Optional<VfsPath>> now = names;
    if (now.isEmpty() || found.parent().isEmpty()) {
      return found;
    }
    VfsPath at = found;
    @Nullable VfsPath next = moved(now, at);
    while (next != null) {
      at = next;
      next = moved(now, at);
    }
    return at.through(found.mount());
  }

  private static @Nullable VfsPath moved(Map<Name, Optional<VfsPath>> names, VfsPath from) {
    return names.getOrDefault(Name.of(from), Optional.empty()).orElse(null);
  }

  /** Returns whether a name referred to the inode and is gone, as {@code d_unlinked}. */
  boolean isRemoved(VfsPath place) {
    Map<Name, Optional<VfsPath>> now = names;
    return !now.isEmpty() && place.parent().isPresent() && now.containsKey(Name.of(place));
  }
}
