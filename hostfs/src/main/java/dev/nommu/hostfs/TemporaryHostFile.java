package dev.nommu.hostfs;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;

/**
 * A file created without a name. The host does not support these: there it has a name until it is
 * opened for the first time.
 */
final class TemporaryHostFile extends HostFile {
  private final HostDirectory directory;
  private final String name;

  TemporaryHostFile(
      HostFileSystem fileSystem, long number, Position.Named position, HostAttributes seen) {
    super(fileSystem, number, position, seen);
    this.directory = position.parent();
    this.name = position.name();
  }

  @Override
  public OpenFile open(OpenFlags flags) throws ErrnoException {
    try {
      return super.open(flags);
    } finally {
      if (!isRemoved()) {
        directory.unlink(name);
      }
    }
  }
}
