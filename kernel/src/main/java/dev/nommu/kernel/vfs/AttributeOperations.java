package dev.nommu.kernel.vfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.Inode;
import dev.nommu.api.Owner;
import dev.nommu.kernel.fs.DirectoryEvent.Kind;
import dev.nommu.kernel.fs.NewTime;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.vfs.PathWalk.LastLink;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Changes owner, mode and times of files, by the rules of {@code fs/attr.c} (section OWN). A path
 * is walked; an open file does not. Thread-safe.
 */
public final class AttributeOperations {
  private static final int NOBODY = -1;

  private final Vfs vfs;
  private final InstantSource clock;

  AttributeOperations(Vfs vfs, InstantSource clock) {
    this.vfs = vfs;
    this.clock = clock;
  }

  /** The attribute that a call changes, and its notification. */
  private interface Change {
    Optional<Kind> make(Credentials by, VfsPath path, Attributes now) throws ErrnoException;
  }

  private void change(FsContext context, String path, LastLink lastLink, Change change)
      throws ErrnoException {
    try (PathWalk walk = vfs.walk(context, path)) {
      change(context.credentials(), walk.resolve(lastLink), change);
    }
  }

  private void change(FsContext context, OpenFileDescription file, Change change)
      throws ErrnoException {
    file.hold();
    try {
      change(context.credentials(), file.vfsPath(), change);
    } finally {
      file.release();
    }
  }

  private void change(Credentials by, VfsPath path, Change change) throws ErrnoException {
    try (Mount.Writing _ = path.beginChange()) {
      path.inode().lock().lock();
      try {
        change.make(by, path, path.inode().attributes()).ifPresent(kind -> path.report(kind));
      } finally {
        path.inode().lock().unlock();
      }
    }
  }

  /**
   * Changes the mode of the file at a path (rule OWN-04).
   *
   * @throws ErrnoException EROFS, EPERM, errors of the path walk and the file system
   */
  public void chmod(FsContext context, String path, int permissions) throws ErrnoException {
    change(context, path, LastLink.FOLLOW, (by, at, now) -> chmod(by, at, now, permissions));
  }

  /**
   * Changes the mode as {@link #chmod(FsContext, String, int)}, without following a symbolic link.
   *
   * @throws ErrnoException EOPNOTSUPP for a symbolic link, and as above
   */
  public void lchmod(FsContext context, String path, int permissions) throws ErrnoException {
    change(
        context,
        path,
        LastLink.KEEP,
        (by, at, now) -> {
          if (at.inode().kind() == FileKind.SYMBOLIC_LINK) {
            throw new ErrnoException(
                Errno.EOPNOTSUPP, "chmod " + at + ": a symbolic link has no mode");
          }
          return chmod(by, at, now, permissions);
        });
  }

  /** Changes the mode of an open file as {@link #chmod(FsContext, String, int)}. */
  public void chmod(FsContext context, OpenFileDescription file, int permissions)
      throws ErrnoException {
    change(context, file, (by, at, now) -> chmod(by, at, now, permissions));
  }

  private static Optional<Kind> chmod(Credentials by, VfsPath path, Attributes now, int permissions)
      throws ErrnoException {
    FlagChecks.requireUnflagged(path);
    requireOwner("OWN-04", "chmod", by, path, now);
    Inode inode = path.inode().inode();
    int permitted = by.settable(permissions, now.owner());
    PluginCall.tell(inode, "chmod", () -> inode.chmod(permitted));
    return Optional.of(Kind.ATTRIB);
  }

  /**
   * Changes the owner and group of the file at a path (rule OWN-05).
   *
   * @param uid the user, or -1 for no change
   * @param gid the group, or -1 for no change
   * @throws ErrnoException EROFS, EPERM, errors of the path walk and the file system
   */
  public void chown(FsContext context, String path, int uid, int gid) throws ErrnoException {
    change(context, path, LastLink.FOLLOW, (by, at, now) -> chown(by, at, now, uid, gid));
  }

  /** Does the same to a symbolic link itself, as {@code lchown}. */
  public void lchown(FsContext context, String path, int uid, int gid) throws ErrnoException {
    change(context, path, LastLink.KEEP, (by, at, now) -> chown(by, at, now, uid, gid));
  }

  /** Changes the owner of an open file as {@link #chown(FsContext, String, int, int)}. */
  public void chown(FsContext context, OpenFileDescription file, int uid, int gid)
      throws ErrnoException {
    change(context, file, (by, at, now) -> chown(by, at, now, uid, gid));
  }

  private static Optional<Kind> chown(
      Credentials by, VfsPath path, Attributes now, int uid, int gid) throws ErrnoException {
    FlagChecks.requireUnflagged(path);
    if (uid != NOBODY && !by.mayGiveTo(uid, now.owner())) {
      throw refused("OWN-05", "chown", path, "only the superuser gives a file away");
    }
    if (gid != NOBODY && !by.mayGiveToGroup(gid, now.owner())) {
      throw refused(
          "OWN-05",
          "chown",
          path,
          "only the owner, if of that group, and the superuser may do this");
    }
    Inode inode = path.inode().inode();
    Owner owner =
        new Owner(uid == NOBODY ? now.owner().uid() : uid, gid == NOBODY ? now.owner().gid() : gid);
    int permissions =
        path.inode().kind() == FileKind.DIRECTORY ? now.permissions() : by.givenAway(now);
    PluginCall.tell(inode, "chown", () -> inode.chown(owner, permissions));
    boolean asked = uid != NOBODY || gid != NOBODY || permissions != now.permissions();
    return asked ? Optional.of(Kind.ATTRIB) : Optional.empty();
  }

  /**
   * Sets the times of the file at a path (rule OWN-06).
   *
   * @throws ErrnoException EROFS, EPERM, EACCES, errors of the path walk and the file system
   */
  public void setTimes(FsContext context, String path, NewTime.Both times) throws ErrnoException {
    if (!times.changesNothing()) {
      change(context, path, LastLink.FOLLOW, (by, at, now) -> setTimes(by, at, now, times));
    }
  }

  /** Does the same to a symbolic link itself. */
  public void setLinkTimes(FsContext context, String path, NewTime.Both times)
      throws ErrnoException {
    if (!times.changesNothing()) {
      change(context, path, LastLink.KEEP, (by, at, now) -> setTimes(by, at, now, times));
    }
  }

  /** Sets the times of an open file as {@link #setTimes(FsContext, String, NewTime.Both)}. */
  public void setTimes(FsContext context, OpenFileDescription file, NewTime.Both times)
      throws ErrnoException {
    if (!times.changesNothing()) {
      change(context, file, (by, at, now) -> setTimes(by, at, now, times));
    }
  }

  private Optional<Kind> setTimes(Credentials by, VfsPath path, Attributes now, NewTime.Both times)
      throws ErrnoException {
    FlagChecks.requireMutable(path);
    if (!times.isTouch()) {
      FlagChecks.requireUnflagged(path);
      requireOwner("OWN-06", "utimensat", by, path, now);
    } else if (!by.owns(now.owner()) && !by.mayAccess(now, Credentials.WRITE)) {
      throw ErrnoException.byRule(
          "OWN-06", Errno.EACCES, "utimensat %s: not the owner, and not writable".formatted(path));
    }
    Inode inode = path.inode().inode();
    Instant present = clock.instant();
    Instant accessed = times.accessed(now.accessed(), present);
    Instant modified = times.modified(now.modified(), present);
    PluginCall.tell(inode, "setTimes", () -> inode.setTimes(accessed, modified));
    return reported(times);
  }

  /** One time alone counts as a read or a write, as in {@code fsnotify_change}. */
  private static Optional<Kind> reported(NewTime.Both times) {
    if (times.modified().equals(NewTime.OMIT)) {
      return Optional.empty();
    }
    return Optional.of(times.accessed().equals(NewTime.OMIT) ? Kind.MODIFY : Kind.ATTRIB);
  }

  private static void requireOwner(
      String rule, String call, Credentials by, VfsPath path, Attributes now)
      throws ErrnoException {
    if (!by.owns(now.owner())) {
      throw refused(rule, call, path, "only the owner and the superuser may do this");
    }
  }

  private static ErrnoException refused(String rule, String call, VfsPath path, String why) {
    return ErrnoException.byRule(rule, Errno.EPERM, "%s %s: %s".formatted(call, path, why));
  }
}
