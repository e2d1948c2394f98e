package dev.nommu.ramfs;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.MountRequest;

/**
 * The type {@code ramfs}: an empty tree whose files live in pages of the mount's page source.
 *
 * <p>The only option with an effect is {@code mode=}, the permissions of the root directory in
 * octal (0755 by default); any other is accepted and ignored, as on Linux.
 */
public final class RamfsType implements FileSystemType {

  /** Creates the type; it has no state. */
  public RamfsType() {}

  @Override
  public String name() {
    return "ramfs";
  }

  @Override
  public Source source() {
    return Source.NODEV;
  }

  /** Returns true: unknown options are ignored. */
  @Override
  public boolean knowsOption(String name) {
    return true;
  }

  /**
   * Mounts a new, empty file system.
   *
   * @throws ErrnoException EINVAL if {@code mode=} is not an octal number of 32 bits
   */
  @Override
  public FileSystem mount(MountRequest request) throws ErrnoException {
    return new RamFileSystem(request, RootMode.parse(request.options()));
  }
}
