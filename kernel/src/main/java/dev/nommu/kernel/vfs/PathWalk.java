package dev.nommu.kernel.vfs;

import dev.nommu.api.Directory;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.FileSystem;
import dev.nommu.api.Inode;
import dev.nommu.api.SymbolicLink;
import dev.nommu.kernel.plugin.PluginCall;
import java.nio.charset.StandardCharsets;
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
    checkLength();
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
    if (exceeds(path, PATH_MAX - 1)) {
      throw new ErrnoException(
          Errno.ENAMETOOLONG, "path of " + path.length() + " characters: expected under 4096");
    }
  }

  private VfsPath walk(VfsPath from, String way, LastLink lastLink) throws ErrnoException {
    VfsPath at = way.startsWith("/") ? namespace.crossed(namespace.root()) : from;
    PathNames names = new PathNames(way);
    while (names.next()) {
      VfsPath next = step(at, names);
      boolean linked = next.inode().kind() == FileKind.SYMBOLIC_LINK;
      boolean followed = linked && (lastLink == LastLink.FOLLOW || names.isFollowed());
      at = followed ? walk(at, target(next), LastLink.FOLLOW) : next;
    }
    if (names.endsInSlash()) {
      at.requireDirectory();
    }
    return at;
  }

  private String target(VfsPath at) throws ErrnoException {
    if (linksLeft-- == 0) {
      throw new ErrnoException(
          Errno.ELOOP, path + ": more than " + MAXIMUM_LINKS + " symbolic links");
    }
    SymbolicLink link = (SymbolicLink) at.inode().inode();
    return PluginCall.ask(link, "target", link::target);
  }

  private VfsPath step(VfsPath at, PathNames names) throws ErrnoException {
    NameCache known = at.inode().names();
    Optional<VfsPath> remembered = known.find(at, names);
    if (remembered.isEmpty()) {
      return find(at, names.name(), known);
    }
    requireSearch(at);
    return namespace.crossed(remembered.get());
  }

  private VfsPath find(VfsPath at, String name, NameCache known) throws ErrnoException {
    Directory directory = at.requireDirectory();
    requireSearch(at);
    return switch (name) {
      case "." -> at;
      case ".." -> namespace.crossed(up(at));
      default -> namespace.crossed(ask(at, directory, name, known));
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

  /** Looks a name up and remembers it, unless names of the directory have changed meanwhile. */
  private VfsPath ask(VfsPath at, Directory directory, String name, NameCache known)
      throws ErrnoException {
    checkName(name);
    VfsPath found =
        lookup(at, directory, name)
            .orElseThrow(
                () -> new ErrnoException(Errno.ENOENT, path + ": no \"" + name + "\" in " + at));
    if (at.mount().superBlock().nameChanges() == FileSystem.NameChanges.BY_KERNEL) {
      known.remember(found);
    }
    return found;
  }

  /** Returns what a name in a directory stands for, with whatever is mounted there. */
  static Optional<VfsPath> lookup(Namespace namespace, VfsPath at, Directory directory, String name)
      throws ErrnoException {
    return lookup(at, directory, name).map(namespace::crossed);
  }

  private static Optional<VfsPath> lookup(VfsPath at, Directory directory, String name)
      throws ErrnoException {
    return answer(at, directory, name)
        .map(inode ->
            new VfsPath(at.mount(), at.mount().superBlock().inode(inode), Optional.of(at), name));
  }

  private static Optional<Inode> answer(VfsPath at, Directory directory, String name)
      throws ErrnoException {
    at.inode().lock().lock();
    try {
      return PluginCall.ask(directory, "lookup", () -> directory.lookup(name));
    } finally {
      at.inode().lock().unlock();
    }
  }

  private void checkName(String name) throws ErrnoException {
    if (exceeds(name, NAME_MAX)) {
      throw new ErrnoException(
          Errno.ENAMETOOLONG, path + ": a name of " + name.length() + " characters, expected 255");
    }
  }

  /** Returns whether a text has more bytes than this in UTF-8. */
  private static boolean exceeds(String text, int bytes) {
    return text.length() * LONGEST_CHARACTER > bytes
        && text.getBytes(StandardCharsets.UTF_8).length > bytes;
  }
}
