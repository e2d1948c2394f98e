package dev.nommu.cramfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;

/**
 * Mode, owner and device number of a file that goes into an image, as far as its file system knows
 * them.
 *
 * @param mode as {@code st_mode}
 * @param uid the owner
 * @param gid the group
 * @param device as {@code st_rdev}
 */
record SourceAttributes(int mode, int uid, int gid, long device) {
  private static final int DIRECTORY_PERMISSIONS = 0755;
  private static final int FILE_PERMISSIONS = 0644;
  private static final int LINK_PERMISSIONS = 0777;

  /**
   * Reads the attributes of a file; a symbolic link is not followed.
   *
   * @throws ErrnoException ENOENT or EIO if they cannot be read; EINVAL if there is no telling what
   *     kind of file it is
   */
  static SourceAttributes read(Path path) throws ErrnoException {
    Set<String> views = path.getFileSystem().supportedFileAttributeViews();
    String what = "read attributes of " + path;
    if (views.contains("unix")) {
      return HostFiles.attempt(what, () -> unix(path));
    }
    BasicFileAttributes basic = HostFiles.attempt(what, () -> basic(path));
    FileKind kind = kind(path, basic);
    int permissions =
        views.contains("posix")
            ? HostFiles.attempt(what, () -> posix(path))
            : defaultPermissions(kind);
    return new SourceAttributes(kind.modeBits() | permissions, 0, 0, 0);
  }

  private static SourceAttributes unix(Path path) throws IOException {
    Map<String, Object> all =
        Files.readAttributes(path, "unix:mode,uid,gid,rdev", LinkOption.NOFOLLOW_LINKS);
    return new SourceAttributes(
        (int) number(all, "mode"),
        (int) number(all, "uid"),
        (int) number(all, "gid"),
        number(all, "rdev"));
  }

  private static long number(Map<String, Object> attributes, String name) throws IOException {
    if (attributes.get(name) instanceof Number number) {
      return number.longValue();
    }
    throw new IOException("expected a number as attribute " + name + ", found another thing");
  }

  private static BasicFileAttributes basic(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static FileKind kind(Path path, BasicFileAttributes basic) throws ErrnoException {
    if (basic.isDirectory()) {
      return FileKind.DIRECTORY;
    }
    if (basic.isSymbolicLink()) {
      return FileKind.SYMBOLIC_LINK;
    }
    if (basic.isRegularFile()) {
      return FileKind.REGULAR;
    }
    throw new ErrnoException(
        Errno.EINVAL,
        "write cramfs: %s: expected a file, directory or symbolic link, found a special file of a"
            + " file system that does not say of what kind".formatted(path));
  }

  /** The permissions are declared from OWNER_READ to OTHERS_EXECUTE, as the bits are. */
  private static int posix(Path path) throws IOException {
    int bits = 0;
    for (PosixFilePermission permission :
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)) {
      bits |= 0400 >> permission.ordinal();
    }
    return bits;
  }

  private static int defaultPermissions(FileKind kind) {
    return switch (kind) {
      case DIRECTORY -> DIRECTORY_PERMISSIONS;
      case SYMBOLIC_LINK -> LINK_PERMISSIONS;
      default -> FILE_PERMISSIONS;
    };
  }
}
