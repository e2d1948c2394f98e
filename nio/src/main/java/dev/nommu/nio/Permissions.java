package dev.nommu.nio;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Permissions as mode bits. */
final class Permissions {
  private Permissions() {}

  /** Returns what the lowest nine mode bits permit. */
  static Set<PosixFilePermission> ofMode(int mode) {
    EnumSet<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (PosixFilePermission each : PosixFilePermission.values()) {
      if ((mode & bit(each)) != 0) {
        permissions.add(each);
      }
    }
    return permissions;
  }

  /** Returns permissions as mode bits. */
  static int toMode(Set<?> permissions) {
    int mode = 0;
    for (Object each : permissions) {
      mode |= bit((PosixFilePermission) each);
    }
    return mode;
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

  /**
   * Returns the mode bits of what is to be made.
   *
   * @param unlessGiven those without an attribute
   * @throws UnsupportedOperationException for an attribute other than {@code posix:permissions}
   */
  static int ofNew(int unlessGiven, FileAttribute<?>... attributes) {
    int mode = unlessGiven;
    for (FileAttribute<?> attribute : attributes) {
      boolean known = attribute.name().equals("posix:permissions");
      if (!known || !(attribute.value() instanceof Set<?> permissions)) {
        throw new UnsupportedOperationException(
            "'%s' not supported as initial attribute".formatted(attribute.name()));
      }
      mode = toMode(permissions);
    }
    return mode;
  }
}
