package dev.nommu.hostfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Names as the host interprets them: a plain name here may be a drive or a parent directory there.
 */
final class HostName {
  private HostName() {}

  /**
   * Returns a name as a path with one element.
   *
   * @throws ErrnoException EINVAL if it is not a plain name on the host
   */
  static Path of(FileSystem host, String name) throws ErrnoException {
    Path path = parse(host, name);
    boolean plain =
        path.getRoot() == null
            && path.getNameCount() == 1
            && path.toString().equals(name)
            && path.normalize().equals(path);
    if (!plain) {
      throw new ErrnoException(
          Errno.EINVAL, "\"" + name + "\": the host interprets it as the path \"" + path + "\"");
    }
    return path;
  }

  private static Path parse(FileSystem host, String name) throws ErrnoException {
    try {
      return host.getPath(name);
    } catch (InvalidPathException e) {
      throw new ErrnoException(Errno.EINVAL, "\"" + name + "\": not a valid name on the host", e);
    }
  }
}
