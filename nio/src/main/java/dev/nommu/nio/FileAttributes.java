package dev.nommu.nio;

import dev.nommu.kernel.fs.NewTime;
import dev.nommu.kernel.task.TreeCalls;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of what a path names when it is asked: the views {@code basic}, {@code owner} and
 * {@code posix}, and what {@code unix} has beside them. Thread-safe.
 */
final class FileAttributes implements PosixFileAttributeView {
  private static final int SET_BITS = 07000;

  private final NommuPath path;
  private final Links links;
  private final View view;

  /** The interface it was asked for. */
  enum View {
    /** BasicFileAttributeView. */
    BASIC,
    /** FileOwnerAttributeView. */
    OWNER,
    /** PosixFileAttributeView. */
    POSIX
  }

  FileAttributes(NommuPath path, Links links, View view) {
    this.path = path;
    this.links = links;
    this.view = view;
  }

  @Override
  public String name() {
    return switch (view) {
      case BASIC -> "basic";
      case OWNER -> "owner";
      case POSIX -> "posix";
    };
  }

  private TreeCalls tree() {
    return path.getFileSystem().task().tree();
  }

  @Override
  public NommuFileAttributes readAttributes() throws IOException {
    TreeCalls tree = tree();
    String name = path.forKernel();
    return new NommuFileAttributes(
        Failures.call(path, () -> links == Links.FOLLOW ? tree.stat(name) : tree.lstat(name)));
  }

  /** Sets two of the times; the kernel keeps no time of creation, which is left. */
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
    TreeCalls tree = tree();
    String name = path.forKernel();
    Failures.run(
        path,
        () -> {
          if (links == Links.FOLLOW) {
            tree.utimensat(name, accessed, modified);
          } else {
            tree.lutimes(name, accessed, modified);
          }
        });
  }

  private static NewTime newTime(@Nullable FileTime time) {
    return time == null ? NewTime.OMIT : NewTime.at(time.toInstant());
  }

  @Override
  public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
    int kept = readAttributes().status().attributes().permissions() & SET_BITS;
    setMode(kept | Permissions.toMode(permissions));
  }

  /** Sets the low twelve mode bits; there are none of a symbolic link. */
  void setMode(int mode) throws IOException {
    if (links == Links.NOFOLLOW && readAttributes().isSymbolicLink()) {
      throw new java.nio.file.FileSystemException(
          path.toString(), null, "a symbolic link has no permissions of its own");
    }
    TreeCalls tree = tree();
    Failures.run(path, () -> tree.chmod(path.forKernel(), mode));
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

  /** Gives the file away; -1 leaves the user or the group as it is. */
  void setOwner(int uid, int gid) throws IOException {
    TreeCalls tree = tree();
    String name = path.forKernel();
    Failures.run(
        path,
        () -> {
          if (links == Links.FOLLOW) {
            tree.chown(name, uid, gid);
          } else {
            tree.lchown(name, uid, gid);
          }
        });
  }
}
