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
 * @param kind REGULAR, DIRECTORY or SYMBOLIC_LINK; SOCKET for anything that cannot be opened: the
 *     host does not say more of it
 * @param size bytes
 * @param accessed when the contents were last read, as far as the host keeps that
 * @param modified when the contents last changed
 * @param fileKey what tells the file from all others of the host, if the host has such a thing
 * @param permissions the low nine mode bits, if the host has modes
 */
record HostAttributes(
    FileKind kind,
    long size,
    Instant accessed,
    Instant modified,
    Optional<Object> fileKey,
    Optional<Integer> permissions) {

  /** Takes over what was read. */
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

  /** Returns the low nine mode bits; those of most files where the host has no modes. */
  int mode() {
    return permissions.orElseGet(() ->
        switch (kind) {
          case DIRECTORY -> 0755;
          case SYMBOLIC_LINK -> 0777;
          default -> 0644;
        });
  }
}
