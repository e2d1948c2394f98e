package dev.nommu.kernel.vfs;

/** Iterates over the names of a path without copying them. Not safe for concurrent use. */
final class PathNames {
  private final String path;
  private int start;
  private int end;

  /** Stands before the first name. */
  PathNames(String path) {
    this.path = path;
  }

  /** Moves to the start of the next name; returns whether there is one. */
  boolean next() {
    int at = end;
    while (at < path.length() && path.charAt(at) == '/') {
      at++;
    }
    start = at;
    return at < path.length();
  }

  /** Returns whether the next name is this one, which has no slash; if so, stands at its end. */
  boolean takes(String name) {
    int after = start + name.length();
    if (after > path.length() || (after < path.length() && path.charAt(after) != '/')) {
      return false;
    }
    for (int i = name.length() - 1; i >= 0; i--) {
      if (path.charAt(start + i) != name.charAt(i)) {
        return false;
      }
    }
    end = after;
    return true;
  }

  /** Goes to the end of the name; returns its hash code, as {@link String#hashCode}. */
  int scan() {
    int at = start;
    int code = 0;
    while (at < path.length() && path.charAt(at) != '/') {
      code = 31 * code + path.charAt(at++);
    }
    end = at;
    return code;
  }

  /** Returns whether something follows the name: another one, or a slash. */
  boolean isFollowed() {
    return end < path.length();
  }

  /** Returns whether the path insists on a directory. */
  boolean endsInSlash() {
    return path.endsWith("/");
  }

  /** Returns the name. */
  String name() {
    return path.substring(start, end);
  }
}
