package dev.nommu.ramfs;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.MountRequest;

/**
 * The type {@code ramfs}: an empty tree whose files live in pages of the mount's page source.
 *
 * <p>The one option that counts is {@code mode=}, the permissions of the root directory in octal
 * (0755 without it); any other is accepted and ignored, as on Linux.
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

  /** Returns true: what it does not know it ignores. */
  @Override
  public boolean knowsOption(String name) {
    return true;
  }

  /**
   * Mounts an empty file system; every mount is one of its own.
   *
   * @throws ErrnoException EINVAL if {@code mode=} is not an octal number of 32 bits
   */
  @Override
  public FileSystem mount(MountRequest request) throws ErrnoException {
    return new RamFileSystem(request, RootMode.parse(request.options()));
  }
}
