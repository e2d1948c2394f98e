package dev.nommu.kernel.vfs;

/** Goes along the names of a path, without a copy of each. Not safe for concurrent use. */
final class PathNames {
  private final String path;
  private int start;
  private int end;
  private int hash;

  /** Stands before the first name. */
  PathNames(String path) {
    this.path = path;
  }

  /** Goes to the next name; returns whether there is one. */
  boolean next() {
    int at = end;
    while (at < path.length() && path.charAt(at) == '/') {
      at++;
    }
    start = at;
    int code = 0;
    while (at < path.length() && path.charAt(at) != '/') {
      code = 31 * code + path.charAt(at++);
    }
    hash = code;
    end = at;
    return start < end;
  }

  /** Returns whether something follows the name: another one, or a slash. */
  boolean isFollowed() {
    return end < path.length();
  }

  /** Returns whether the path insists on a directory. */
  boolean endsInSlash() {
    return path.endsWith("/");
  }

  /** Returns whether this is the name. */
  boolean is(String name) {
    return name.length() == end - start && path.startsWith(name, start);
  }

  /** Returns the hash code of the name, as {@link String#hashCode}. */
  int hash() {
    return hash;
  }

  /** Returns the name. */
  String name() {
    return path.substring(start, end);
  }
}
