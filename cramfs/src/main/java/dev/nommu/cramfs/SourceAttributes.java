package dev.nommu.cramfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.image.HostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * Kind, permissions, owner and device number of a file that goes into an image, as far as its file
 * system has them.
 *
 * @param kind the kind of file
 * @param permissions the low twelve mode bits
 * @param uid the owner
 * @param gid the group
 * @param device as {@code st_rdev}
 */
record SourceAttributes(FileKind kind, int permissions, int uid, int gid, long device) {
  private static final int PERMISSION_BITS = 07777;
  private static final int DIRECTORY_PERMISSIONS = 0755;
  private static final int FILE_PERMISSIONS = 0644;
  private static final int LINK_PERMISSIONS = 0777;

  /**
   * Reads the attributes of a file; a symbolic link is not followed.
   *
   * @throws ErrnoException ENOENT or EIO if they cannot be read; EINVAL if the kind of file is
   *     unknown
   */
  static SourceAttributes read(Path path) throws ErrnoException {
    Set<String> views = path.getFileSystem().supportedFileAttributeViews();
    String what = "read attributes of " + path;
    BasicFileAttributes basic = HostFiles.attempt(what, () -> basic(path));
    if (views.contains("unix")) {
      return HostFiles.attempt(what, () -> unix(path, basic));
    }
    FileKind kind = kind(path, basic, 0);
    int permissions =
        views.contains("posix")
            ? HostFiles.attempt(what, () -> posix(path))
            : defaultPermissions(kind);
    return new SourceAttributes(kind, permissions, 0, 0, 0);
  }

  /** Returns the mode to store in the image. */
  int mode() {
    return kind.modeBits() | permissions;
  }

  private static BasicFileAttributes basic(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static SourceAttributes unix(Path path, BasicFileAttributes basic) throws IOException {
    Map<String, Object> all =
        Files.readAttributes(path, "unix:mode,uid,gid,rdev", LinkOption.NOFOLLOW_LINKS);
    int mode = (int) number(all, "mode");
    return new SourceAttributes(
        kind(path, basic, mode),
        mode & PERMISSION_BITS,
        (int) number(all, "uid"),
        (int) number(all, "gid"),
        number(all, "rdev"));
  }

  private static long number(Map<String, Object> attributes, String name) throws IOException {
    if (attributes.get(name) instanceof Number number) {
      return number.longValue();
    }
    throw new IOException("expected a number as attribute " + name + ", found another type");
  }

  /** On some file systems the mode has no bits for the kind of file. */
  private static FileKind kind(Path path, BasicFileAttributes basic, int mode)
      throws ErrnoException {
    if (basic.isDirectory()) {
      return FileKind.DIRECTORY;
    }
    if (basic.isSymbolicLink()) {
      return FileKind.SYMBOLIC_LINK;
    }
    return basic.isRegularFile() ? FileKind.REGULAR : specialKind(path, mode);
  }

  private static FileKind specialKind(Path path, int mode) throws ErrnoException {
    return Arrays.stream(FileKind.values())
        .filter(kind -> kind.modeBits() == (mode & CramfsNode.KIND_BITS))
        .findFirst()
        .orElseThrow(() ->
            new ErrnoException(
                Errno.EINVAL,
                "write cramfs: %s: expected a device, fifo or socket, found mode 0%o"
                    .formatted(path, mode)));
  }

  private static int posix(Path path) throws IOException {
    String letters =
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    int bits = 0;
    for (int i = 0; i < letters.length(); i++) {
      bits = (bits << 1) | (letters.charAt(i) == '-' ? 0 : 1);
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
