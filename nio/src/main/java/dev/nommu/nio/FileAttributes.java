package dev.nommu.nio;

import dev.nommu.api.FilePermissions;
import dev.nommu.kernel.fs.NewTime;
import dev.nommu.kernel.task.TreeCalls;
import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of the file that a path names at the time of each call: the views {@code basic},
 * {@code owner} and {@code posix}, and the additional ones of {@code unix}. Thread-safe.
 */
final class FileAttributes implements PosixFileAttributeView {
  private static final int SET_BITS = 07000;

  private final Place place;
  private final Links links;
  private final View view;

  /** The requested interface. */
  enum View {
    /** BasicFileAttributeView. */
    BASIC,
    /** FileOwnerAttributeView. */
    OWNER,
    /** PosixFileAttributeView. */
    POSIX
  }

  FileAttributes(Place place, Links links, View view) {
    this.place = place;
    this.links = links;
    this.view = view;
  }

  /** Returns the view of an interface, or null if there is none. */
  static <V extends FileAttributeView> @Nullable V of(Class<V> type, Place place, Links links) {
    if (type == BasicFileAttributeView.class) {
      return type.cast(new FileAttributes(place, links, View.BASIC));
    }
    if (type == FileOwnerAttributeView.class) {
      return type.cast(new FileAttributes(place, links, View.OWNER));
    }
    return type == PosixFileAttributeView.class
        ? type.cast(new FileAttributes(place, links, View.POSIX))
        : null;
  }

  @Override
  public String name() {
    return switch (view) {
      case BASIC -> "basic";
      case OWNER -> "owner";
      case POSIX -> "posix";
    };
  }

  @Override
  public NommuFileAttributes readAttributes() throws IOException {
    return new NommuFileAttributes(
        Failures.call(
            place.path(),
            () -> place.call(links == Links.FOLLOW ? TreeCalls::stat : TreeCalls::lstat)));
  }

  /** Sets two of the times; the creation time is ignored, as the kernel stores none. */
  @Override
  public void setTimes(
      @Nullable FileTime lastModifiedTime,
      @Nullable FileTime lastAccessTime,
      @Nullable FileTime createTime)
      throws IOException {
    if (lastModifiedTime == null && lastAccessTime == null) {
      return;
    }
    NewTime accessed = newTime(lastAccessTime);
    NewTime modified = newTime(lastModifiedTime);
    run(
        (tree, name) -> tree.utimensat(name, accessed, modified),
        (tree, name) -> tree.lutimes(name, accessed, modified));
  }

  private static NewTime newTime(@Nullable FileTime time) {
    return time == null ? NewTime.OMIT : NewTime.at(time.toInstant());
  }

  @Override
  public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
    int kept = readAttributes().status().attributes().permissions() & SET_BITS;
    setMode(kept | FilePermissions.toMode(permissions));
  }

  /** Sets the low twelve mode bits; symbolic links have none. */
  void setMode(int mode) throws IOException {
    run((tree, name) -> tree.chmod(name, mode), (tree, name) -> tree.lchmod(name, mode));
  }

  private void run(Place.Action followed, Place.Action notFollowed) throws IOException {
    Place.Action action = links == Links.FOLLOW ? followed : notFollowed;
    Failures.run(place.path(), () -> place.run(action));
  }

  @Override
  public UserPrincipal getOwner() throws IOException {
    return readAttributes().owner();
  }

  @Override
  public void setOwner(UserPrincipal owner) throws IOException {
    setOwner(Principals.uid(owner), -1);
  }

  @Override
  public void setGroup(GroupPrincipal group) throws IOException {
    setOwner(-1, Principals.gid(group));
  }

  /** Changes the owner; -1 leaves the user or the group unchanged. */
  void setOwner(int uid, int gid) throws IOException {
    run((tree, name) -> tree.chown(name, uid, gid), (tree, name) -> tree.lchown(name, uid, gid));
  }
}
