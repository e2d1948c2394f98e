package dev.nommu.hostfs;

import dev.nommu.api.FileKind;
import dev.nommu.api.FilePermissions;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Instant;
import java.util.Optional;

/**
 * The host's attributes of a file; of a symbolic link itself, not of its target.
 *
 * @param kind REGULAR, DIRECTORY or SYMBOLIC_LINK; SOCKET for anything that cannot be opened, since
 *     the host does not report its kind
 * @param size bytes
 * @param accessed when the contents were last read, as far as the host records it
 * @param modified when the contents last changed
 * @param fileKey identifies the file on the host, if the host has file keys
 * @param permissions the low nine mode bits, if the host has modes
 */
record HostAttributes(
    FileKind kind,
    long size,
    Instant accessed,
    Instant modified,
    Optional<Object> fileKey,
    Optional<Integer> permissions) {

  /** Converts attributes read from the host. */
  static HostAttributes of(BasicFileAttributes attributes) {
    Optional<Integer> permissions =
        attributes instanceof PosixFileAttributes posix
            ? Optional.of(FilePermissions.toMode(posix.permissions()))
            : Optional.empty();
    return new HostAttributes(
        kind(attributes),
        attributes.size(),
        attributes.lastAccessTime().toInstant(),
        attributes.lastModifiedTime().toInstant(),
        Optional.ofNullable(attributes.fileKey()),
        permissions);
  }

  private static FileKind kind(BasicFileAttributes attributes) {
    if (attributes.isSymbolicLink()) {
      return FileKind.SYMBOLIC_LINK;
    }
    if (attributes.isDirectory()) {
      return FileKind.DIRECTORY;
    }
    return attributes.isRegularFile() ? FileKind.REGULAR : FileKind.SOCKET;
  }

  /** Returns the low nine mode bits, or the usual ones if the host has no modes. */
  int mode() {
    return permissions.orElseGet(() ->
        switch (kind) {
          case DIRECTORY -> 0755;
          case SYMBOLIC_LINK -> 0777;
          default -> 0644;
        });
  }
}
