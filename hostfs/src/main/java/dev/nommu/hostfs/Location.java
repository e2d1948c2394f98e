package dev.nommu.hostfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The path from the mounted directory to a file in it.
 *
 * @param names the names in order; none leads up or out; immutable
 */
record Location(List<String> names) {
  /** The mounted directory itself. */
  static final Location ROOT = new Location(List.of());

  /**
   * Returns the location of a name in this directory.
   *
   * @throws ErrnoException EINVAL if it is not a plain name
   */
  Location child(String name) throws ErrnoException {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw new ErrnoException(Errno.EINVAL, "\"" + name + "\" in " + this + ": not a plain name");
    }
    if (name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
      throw new ErrnoException(Errno.EINVAL, "\"" + name + "\" in " + this + ": has a '/' or NUL");
    }
    return new Location(Stream.concat(names.stream(), Stream.of(name)).toList());
  }

  /** Returns the directory this lies in; not for {@link #ROOT}. */
  Location parent() {
    return new Location(names.subList(0, names.size() - 1));
  }

  /** Returns the last name; not for {@link #ROOT}. */
  String name() {
    return names.getLast();
  }

  /** Returns the names after slashes, as they are in the machine below the mount point. */
  @Override
  public String toString() {
    return "/" + String.join("/", names);
  }
}
