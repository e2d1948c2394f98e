package dev.nommu.kernel.vfs;

import dev.nommu.api.Directory;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Inode;
import dev.nommu.api.SymbolicLink;
import dev.nommu.kernel.plugin.PluginCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Finds what a path names, as {@code path_lookup}: symbolic links, "..", mount points, search
 * permission. One object for one walk.
 */
final class PathWalk {
  /** Symbolic links followed in one walk (MAXSYMLINKS). */
  private static final int MAXIMUM_LINKS = 40;

  private static final int NAME_MAX = 255;
  private static final int PATH_MAX = 4096;

  /** The most bytes that a char becomes in UTF-8. */
  private static final int LONGEST_CHARACTER = 3;

  /** Whether the last name of a path is followed if it is a symbolic link. */
  enum LastLink {
    /** It is followed. */
    FOLLOW,
    /** It is what was asked for. */
    KEEP
  }

  /**
   * The directory a path leads to, and the name in it that the path ends with.
   *
   * @param directory the directory
   * @param name the last name: not empty, "." or ".."; for the root itself {@code "/"}
   * @param trailingSlash whether the path insists on a directory
   */
  record Last(VfsPath directory, String name, boolean trailingSlash) {}

  private final Namespace namespace;
  private final Credentials credentials;
  private final String path;
  private int linksLeft = MAXIMUM_LINKS;

  PathWalk(Namespace namespace, Credentials credentials, String path) {
    this.namespace = namespace;
    this.credentials = credentials;
    this.path = path;
  }

  /**
   * Returns what the path names.
   *
   * @throws ErrnoException ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG, EACCES
   */
  VfsPath resolve(VfsPath from, LastLink lastLink) throws ErrnoException {
    return walk(from, path, lastLink);
  }

  /** Returns the directory and the last name, which need not exist. */
  Last resolveLast(VfsPath from) throws ErrnoException {
    checkLength();
    String trimmed = path.replaceAll("/+$", "");
    int slash = trimmed.lastIndexOf('/');
    String name = trimmed.substring(slash + 1);
    if (trimmed.isEmpty() || name.equals(".") || name.equals("..")) {
      throw new ErrnoException(Errno.EEXIST, path + ": it is there and has no name of its own");
    }
    VfsPath directory =
        slash < 0 ? from : walk(from, trimmed.substring(0, slash + 1), LastLink.FOLLOW);
    checkName(name);
    return new Last(directory, name, !trimmed.equals(path));
  }

  private void checkLength() throws ErrnoException {
    if (path.isEmpty()) {
      throw new ErrnoException(Errno.ENOENT, "an empty path names nothing");
    }
    if (bytes(path) >= PATH_MAX) {
      throw new ErrnoException(
          Errno.ENAMETOOLONG, "path of " + path.length() + " characters: expected under 4096");
    }
  }

  private VfsPath walk(VfsPath from, String way, LastLink lastLink) throws ErrnoException {
    checkLength();
    VfsPath at = way.startsWith("/") ? namespace.crossed(namespace.root()) : from;
    Deque<String> names = new ArrayDeque<>();
    pushNames(names, way);
    while (!names.isEmpty()) {
      String name = names.pop();
      VfsPath next = step(at, name);
      boolean follow = !names.isEmpty() || lastLink == LastLink.FOLLOW || way.endsWith("/");
      if (follow && next.inode().inode() instanceof SymbolicLink link) {
        String target = target(link);
        at = target.startsWith("/") ? namespace.crossed(namespace.root()) : at;
        pushNames(names, target);
      } else {
        at = next;
      }
    }
    if (way.endsWith("/")) {
      at.requireDirectory();
    }
    return at;
  }

  private static void pushNames(Deque<String> names, String way) {
    int end = way.length();
    while (end > 0) {
      int start = way.lastIndexOf('/', end - 1) + 1;
      if (start < end) {
        names.push(way.substring(start, end));
      }
      end = start - 1;
    }
  }

  private String target(SymbolicLink link) throws ErrnoException {
    if (linksLeft-- == 0) {
      throw new ErrnoException(
          Errno.ELOOP, path + ": more than " + MAXIMUM_LINKS + " symbolic links");
    }
    return PluginCall.ask(link, "target", link::target);
  }

  private VfsPath step(VfsPath at, String name) throws ErrnoException {
    Directory directory = at.requireDirectory();
    requireSearch(at);
    return switch (name) {
      case "." -> at;
      case ".." -> namespace.crossed(up(at));
      default -> child(at, directory, name);
    };
  }

  private void requireSearch(VfsPath at) throws ErrnoException {
    if (!credentials.mayAccess(at.inode(), Credentials.SEARCH)) {
      throw new ErrnoException(Errno.EACCES, at + ": no permission to search this directory");
    }
  }

  private static VfsPath up(VfsPath at) {
    VfsPath here = at;
    while (here.parent().isEmpty() && here.mount().point().isPresent()) {
      here = here.mount().point().get();
    }
    return here.parent().orElse(here);
  }

  private VfsPath child(VfsPath at, Directory directory, String name) throws ErrnoException {
    checkName(name);
    return lookup(namespace, at, directory, name)
        .orElseThrow(
            () -> new ErrnoException(Errno.ENOENT, path + ": no \"" + name + "\" in " + at));
  }

  /** Returns what a name in a directory stands for, with whatever is mounted there. */
  static Optional<VfsPath> lookup(Namespace namespace, VfsPath at, Directory directory, String name)
      throws ErrnoException {
    Optional<Inode> found = lookup(at, directory, name);
    return found.map(inode ->
        namespace.crossed(
            new VfsPath(at.mount(), at.mount().superBlock().inode(inode), Optional.of(at), name)));
  }

  private static Optional<Inode> lookup(VfsPath at, Directory directory, String name)
      throws ErrnoException {
    at.inode().regions().lock().lock();
    try {
      return PluginCall.ask(directory, "lookup", () -> directory.lookup(name));
    } finally {
      at.inode().regions().lock().unlock();
    }
  }

  /** Returns how long a text is in UTF-8; for a short one only that it is short. */
  private static int bytes(String text) {
    return text.length() * LONGEST_CHARACTER <= NAME_MAX
        ? text.length()
        : text.getBytes(StandardCharsets.UTF_8).length;
  }

  private void checkName(String name) throws ErrnoException {
    if (bytes(name) > NAME_MAX) {
      throw new ErrnoException(
          Errno.ENAMETOOLONG, path + ": a name of " + name.length() + " characters, expected 255");
    }
  }
}
