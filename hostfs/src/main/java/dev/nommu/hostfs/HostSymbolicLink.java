package dev.nommu.hostfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Inode;
import dev.nommu.api.SymbolicLink;

/** A symbolic link of the host. The kernel resolves it in the machine's tree, never the host. */
final class HostSymbolicLink extends HostInode implements SymbolicLink {
  private static final int MAX_LENGTH = 4095;

  HostSymbolicLink(HostFileSystem fileSystem, long number, Position position, HostAttributes seen) {
    super(fileSystem, number, position, seen);
  }

  /**
   * Returns the target path of the link.
   *
   * @throws ErrnoException EIO if the path does not have 1 to 4095 characters; the host's errors
   */
  @Override
  public String target() throws ErrnoException {
    Location location = confirmed("readlink");
    String target = HostCall.run("readlink", location, () -> tree().readLink(location));
    if (target.isEmpty() || target.length() > MAX_LENGTH) {
      throw new ErrnoException(
          Errno.EIO,
          "readlink %s: expected 1 to %d characters, found %d"
              .formatted(location, MAX_LENGTH, target.length()));
    }
    return target;
  }

  @Override
  Inode self() {
    return this;
  }
}
