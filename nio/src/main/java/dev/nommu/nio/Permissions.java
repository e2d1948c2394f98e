package dev.nommu.nio;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Permissions as mode bits. */
final class Permissions {
  private static final int HIGHEST = 0400;

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
    return HIGHEST >> permission.ordinal();
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
