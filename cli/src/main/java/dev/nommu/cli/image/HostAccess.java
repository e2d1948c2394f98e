package dev.nommu.cli.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * Sets the permissions and owners of host files from an image, as far as the host supports them and
 * this process may change them.
 */
final class HostAccess {
  private static final int ORDINARY_BITS = 0777;
  private static final PosixFilePermission[] BY_BIT = PosixFilePermission.values();

  private HostAccess() {}

  /**
   * Sets the owner and permissions of a file or directory. Without the owner the set-user-ID and
   * set-group-ID bits are dropped: a foreign program would run as the extracting user.
   *
   * @throws IOException if the host has permissions and these cannot be set
   */
  static void give(Path file, Access access) throws IOException {
    Set<String> views = file.getFileSystem().supportedFileAttributeViews();
    if (giveOwner(file, access)) {
      Files.setAttribute(file, "unix:mode", access.permissions(), LinkOption.NOFOLLOW_LINKS);
    } else if (views.contains("posix")) {
      Files.setPosixFilePermissions(file, permissions(access.permissions() & ORDINARY_BITS));
    }
  }

  /** Sets the owner of a file of any kind, and returns whether that succeeded. */
  static boolean giveOwner(Path file, Access access) {
    try {
      Files.setAttribute(file, "unix:uid", access.uid(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(file, "unix:gid", access.gid(), LinkOption.NOFOLLOW_LINKS);
      return true;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException notGiven) {
      return false;
    }
  }

  /** The constants are in the order of the bits, the highest first. */
  private static Set<PosixFilePermission> permissions(int bits) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < BY_BIT.length; i++) {
      if ((bits & 0400 >> i) != 0) {
        permissions.add(BY_BIT[i]);
      }
    }
    return permissions;
  }
}
