package dev.nommu.romfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.image.HostFiles;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * A file of the host that goes into an image.
 *
 * @param path its path
 * @param attributes its attributes on the host; links are not followed
 */
record SourceFile(Path path, BasicFileAttributes attributes) {
  private static final Set<PosixFilePermission> EXECUTE =
      Set.of(
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_EXECUTE);

  static SourceFile of(Path path) throws IOException {
    return new SourceFile(
        path, Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
  }

  /**
   * Returns {@link RomfsFormat#EXECUTABLE} for a file or directory with any execute permission, or
   * 0. On hosts without permissions, directories are executable and files are not.
   */
  int executable() throws IOException {
    if (!attributes.isDirectory() && !attributes.isRegularFile()) {
      return 0;
    }
    return isExecutable() ? RomfsFormat.EXECUTABLE : 0;
  }

  /**
   * Returns the kind and data of the file in the image, unless it is another name of a file in it.
   *
   * @throws ErrnoException EINVAL if the host does not report its kind, or a device number does not
   *     fit
   */
  NodeContent content() throws IOException {
    if (attributes.isDirectory()) {
      return new NodeContent.HeaderOnly(RomfsNode.Kind.DIRECTORY, 0);
    }
    if (attributes.isRegularFile()) {
      return new NodeContent.FileBytes(path, attributes.size());
    }
    if (attributes.isSymbolicLink()) {
      return new NodeContent.LinkTarget(path, HostFiles.target(path).length);
    }
    return special();
  }

  private boolean isExecutable() throws IOException {
    if (!supports("posix")) {
      return attributes.isDirectory();
    }
    return Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).stream()
        .anyMatch(EXECUTE::contains);
  }

  private NodeContent special() throws IOException {
    int mode = supports("unix") ? ((Number) unix("mode")).intValue() : 0;
    return switch (mode & 0170000) {
      case 0060000 -> device(RomfsNode.Kind.BLOCK_DEVICE);
      case 0020000 -> device(RomfsNode.Kind.CHARACTER_DEVICE);
      case 0140000 -> new NodeContent.HeaderOnly(RomfsNode.Kind.SOCKET, 0);
      case 0010000 -> new NodeContent.HeaderOnly(RomfsNode.Kind.FIFO, 0);
      default ->
          throw new ErrnoException(
              Errno.EINVAL,
              "%s: expected a kind of file that the host reports, found mode 0%o"
                  .formatted(path, mode));
    };
  }

  /** The host's number is a Linux {@code dev_t}; the image has 16 bits for each part. */
  private NodeContent device(RomfsNode.Kind kind) throws IOException {
    long device = ((Number) unix("rdev")).longValue();
    long major = (device >>> 8) & 0xfff;
    long minor = (device & 0xff) | ((device >>> 12) & 0xfff00);
    if (minor > 0xffff) {
      throw new ErrnoException(
          Errno.EINVAL,
          "%s: expected a minor number of 65535 or less, found %d".formatted(path, minor));
    }
    return new NodeContent.HeaderOnly(kind, major << 16 | minor);
  }

  private Object unix(String attribute) throws IOException {
    return Files.getAttribute(path, "unix:" + attribute, LinkOption.NOFOLLOW_LINKS);
  }

  private boolean supports(String view) {
    FileSystem fileSystem = path.getFileSystem();
    return fileSystem.supportedFileAttributeViews().contains(view);
  }
}
