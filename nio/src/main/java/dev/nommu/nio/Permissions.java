package dev.nommu.nio;

import dev.nommu.api.FilePermissions;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.stream.Collectors;

/** Permissions of new files and directories. */
final class Permissions {
  private Permissions() {}

  /**
   * Returns the mode bits of a new file or directory.
   *
   * @param unlessGiven the default
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
      mode =
          FilePermissions.toMode(
              permissions.stream()
                  .map(PosixFilePermission.class::cast)
                  .collect(Collectors.toSet()));
    }
    return mode;
  }
}
