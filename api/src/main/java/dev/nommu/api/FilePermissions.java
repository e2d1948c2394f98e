package dev.nommu.api;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * Converts permissions of {@code java.nio.file} to and from the low nine mode bits. Thread-safe.
 *
 * @since 0.1.0
 */
public final class FilePermissions {
  private FilePermissions() {}

  /** Returns the permissions in the low nine mode bits, as a new set. */
  public static Set<PosixFilePermission> ofMode(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (PosixFilePermission each : PosixFilePermission.values()) {
      if ((mode & bit(each)) != 0) {
        permissions.add(each);
      }
    }
    return permissions;
  }

  /** Returns permissions as mode bits. */
  public static int toMode(Set<PosixFilePermission> permissions) {
    return permissions.stream().mapToInt(FilePermissions::bit).sum();
  }

  private static int bit(PosixFilePermission permission) {
    return switch (permission) {
      case OWNER_READ -> 0400;
      case OWNER_WRITE -> 0200;
      case OWNER_EXECUTE -> 0100;
      case GROUP_READ -> 0040;
      case GROUP_WRITE -> 0020;
      case GROUP_EXECUTE -> 0010;
      case OTHERS_READ -> 0004;
      case OTHERS_WRITE -> 0002;
      case OTHERS_EXECUTE -> 0001;
    };
  }
}
