package dev.nommu.kernel.vfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.SymbolicLink;
import dev.nommu.kernel.vfs.FsContext.EmptyPath;
import java.util.Optional;

/**
 * Looks up a path, as {@code path_lookup}: symbolic links, "..", mount points, search permission.
 * Until closed it holds its current mount, so that the result stays in the tree. One object for one
 * path and one thread.
 */
final class PathWalk implements AutoCloseable {
  /** Symbolic links followed in one walk (MAXSYMLINKS). */
  private static final int MAXIMUM_LINKS = 40;

  /** Whether to follow a symbolic link at the end of a path. */
  enum LastLink {
    /** It is followed. */
    FOLLOW,
    /** The link itself is the result. */
    KEEP
  }

  /**
   * The directory a path leads to, and its last name.
   *
   * @param directory the directory; for "." and ".." and the root their target
   * @param name the last name: ".", ".." or, for the root itself, "/" if it is not a name
   * @param trailingSlash whether the path insists on a directory
   */
  record Last(VfsPath directory, String name, boolean trailingSlash) {
    /** Returns whether the path ends with a name in a directory. */
    boolean isName() {
      return isName(name);
    }

    private static boolean isName(String name) {
      return !name.equals(".") && !name.equals("..") && !name.equals("/");
    }

    /**
     * Returns itself if the path ends with a name.
     *
     * @throws ErrnoException this errno if it does not
     */
    Last requireName(Errno otherwise) throws ErrnoException {
      if (isName()) {
        return this;
      }
      throw new ErrnoException(otherwise, directory + ": the path ends in \"" + name + "\"");
    }

    /** Returns the path of the name. */
    @Override
    public String toString() {
      return directory.pathOf(name);
    }
  }

  private final Namespace namespace;
  private final FsContext context;
  private final String path;
  private int linksLeft = MAXIMUM_LINKS;
  private Mount held;

  /**
   * Stands at the beginning of a path.
   *
   * @throws ErrnoException ENOENT for an empty path, ENAMETOOLONG
   */
  PathWalk(Namespace namespace, FsContext context, String path) throws ErrnoException {
    this.namespace = namespace;
    this.context = context;
    this.path = path;
    checkLength();
    this.held = namespace.root().mount();
  }

  private void checkLength() throws ErrnoException {
    if (path.isEmpty() && context.emptyPath() == EmptyPath.NOTHING) {
      throw new ErrnoException(Errno.ENOENT, "an empty path names nothing");
    }
    if (FileName.exceeds(path, FileName.PATH_MAX - 1)) {
      throw new ErrnoException(
          Errno.ENAMETOOLONG, "path of " + path.length() + " characters: expected under 4096");
    }
    if (path.indexOf('\0') >= 0) {
      throw new ErrnoException(Errno.EINVAL, "a zero byte within a path: " + FileName.shown(path));
    }
  }

  @Override
  public void close() {
    held.release();
  }

  /**
   * Returns the place at the path.
   *
   * @throws ErrnoException ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG, EACCES
   */
  VfsPath resolve(LastLink lastLink) throws ErrnoException {
    return walk(workingDirectory(), path, lastLink);
  }

  /** Returns the directory and the last name, which need not exist. */
  Last last() throws ErrnoException {
    return last(workingDirectory(), path);
  }

  private VfsPath workingDirectory() throws ErrnoException {
    VfsPath directory = context.workingDirectory();
    if (path.startsWith("/")) {
      return directory;
    }
    if (!directory.mount().hold()) {
      throw new ErrnoException(Errno.ENOENT, path + ": " + directory + " was unmounted");
    }
    stand(directory.mount());
    return directory;
  }

  /** Replaces the held mount by another, which is already held for this walk. */
  private void stand(Mount mount) {
    held.release();
    held = mount;
  }

  private Last last(VfsPath from, String way) throws ErrnoException {
    int end = way.length();
    while (end > 0 && way.charAt(end - 1) == '/') {
      end--;
    }
    int slash = way.lastIndexOf('/', end - 1);
    String name = end == 0 ? "/" : way.substring(slash + 1, end);
    if (!Last.isName(name)) {
      return new Last(walk(from, way, LastLink.FOLLOW), name, true);
    }
    VfsPath directory = slash < 0 ? from : walk(from, way.substring(0, slash + 1), LastLink.FOLLOW);
    directory.requireDirectory();
    checkName(name);
    return new Last(directory, name, end < way.length());
  }

  /** Returns the target of a symbolic link on the walk. */
  Last follow(VfsPath link) throws ErrnoException {
    return last(link.parent().orElseThrow(), target(link));
  }

  private VfsPath walk(VfsPath from, String way, LastLink lastLink) throws ErrnoException {
    VfsPath at = way.startsWith("/") ? root() : from;
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

  private VfsPath root() {
    stand(namespace.root().mount());
    return crossed(namespace.root());
  }

  private String target(VfsPath at) throws ErrnoException {
    if (linksLeft-- == 0) {
      throw new ErrnoException(
          Errno.ELOOP, path + ": more than " + MAXIMUM_LINKS + " symbolic links");
    }
    SymbolicLink link = (SymbolicLink) at.inode().inode();
    return InodeAnswers.target(link);
  }

  private VfsPath step(VfsPath at, PathNames names) throws ErrnoException {
    Optional<VfsPath> remembered = at.inode().names().find(at, names);
    if (remembered.isEmpty()) {
      return find(at, names.name());
    }
    requireSearch(at);
    return crossed(remembered.get());
  }

  private VfsPath find(VfsPath at, String name) throws ErrnoException {
    at.requireDirectory();
    requireSearch(at);
    return switch (name) {
      case "." -> at;
      case ".." -> crossed(up(at));
      default -> crossed(lookup(at, name));
    };
  }

  private VfsPath lookup(VfsPath at, String name) throws ErrnoException {
    checkName(name);
    try (LockedDirectory directory = LockedDirectory.lock(at)) {
      return directory
          .lookup(name)
          .orElseThrow(
              () -> new ErrnoException(Errno.ENOENT, path + ": no \"" + name + "\" in " + at));
    }
  }

  /** Returns the place of the last name of a path, if cached. */
  Optional<VfsPath> remembered(Last last) throws ErrnoException {
    requireSearch(last.directory());
    PathNames name = new PathNames(last.name());
    name.next();
    return last.directory().inode().names().find(last.directory(), name).map(this::crossed);
  }

  private void requireSearch(VfsPath at) throws ErrnoException {
    if (!context.credentials().mayAccess(at.inode(), Credentials.SEARCH)) {
      throw new ErrnoException(Errno.EACCES, at + ": no permission to search this directory");
    }
  }

  /** Returns the place that covers a directory: the root of the mount on it, or itself. */
  VfsPath crossed(VfsPath path) {
    VfsPath at = path;
    while (at.inode().isMountPoint()) {
      Optional<Mount> covering = namespace.holdMountOn(at);
      if (covering.isEmpty()) {
        return at;
      }
      stand(covering.get());
      at = covering.get().root();
    }
    return at;
  }

  /** Returns the parent directory; the root of a tree or of a detached mount is its own parent. */
  private VfsPath up(VfsPath at) {
    VfsPath here = at.latest();
    while (here.parent().isEmpty()) {
      Optional<VfsPath> covered = here.mount().point();
      if (covered.isEmpty() || !covered.get().mount().hold()) {
        return here;
      }
      here = covered.get().latest();
      stand(here.mount());
    }
    return here.parent().get();
  }

  private void checkName(String name) throws ErrnoException {
    if (FileName.exceeds(name, FileName.NAME_MAX)) {
      throw new ErrnoException(
          Errno.ENAMETOOLONG, path + ": a name of " + name.length() + " characters, expected 255");
    }
  }
}
