package dev.nommu.kernel.vfs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names that stood for an inode once, and where each was moved: what Linux knows by the identity of
 * a dentry. The oldest are forgotten; what was opened under one of these is shown by it for ever.
 * Thread-safe; nobody waits.
 */
final class FormerNames {
  /** At most. A file that is given a new name again and again costs no more with each. */
  static final int REMEMBERED = 64;

  private record Name(VfsInode directory, String name) {
    static Name of(VfsPath place) {
      return new Name(place.requireParent().inode(), place.name());
    }
  }

  /** Never changed, but replaced; a name that was not moved but removed has no place. */
  private volatile Map<Name, Optional<VfsPath>> names = Map.of();

  /** Says that a name is gone, as {@code d_drop}. */
  void removed(VfsPath place) {
    put(Name.of(place), Optional.empty());
  }

  /** Says that a name was moved, as {@code d_move}. */
  synchronized void moved(VfsPath from, VfsPath to) {
    put(Name.of(from), Optional.of(to));
    given(to);
  }

  private synchronized void put(Name name, Optional<VfsPath> to) {
    Map<Name, Optional<VfsPath>> more = new LinkedHashMap<>(names);
    more.remove(name);
    more.put(name, to);
    if (more.size() > REMEMBERED) {
      more.remove(more.keySet().iterator().next());
    }
    names = more;
  }

  /** Says that a name stands for the inode. */
  synchronized void given(VfsPath place) {
    if (names.containsKey(Name.of(place))) {
      Map<Name, Optional<VfsPath>> fewer = new LinkedHashMap<>(names);
      fewer.remove(Name.of(place));
      names = fewer;
    }
  }

  /** Returns where what was found at a place is now, or was when its name was removed. */
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

  /** Returns whether a name stood for the inode and is gone, as {@code d_unlinked}. */
  boolean isRemoved(VfsPath place) {
    Map<Name, Optional<VfsPath>> now = names;
    return !now.isEmpty() && place.parent().isPresent() && now.containsKey(Name.of(place));
  }
}
