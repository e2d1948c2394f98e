package dev.nommu.ramfs;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.MountRequest;

/**
 * The type {@code tmpfs}, which without an MMU is ramfs under another name (rule MEMF-01): {@code
 * size=} and {@code nr_inodes=} are accepted and ignored; there is no quota.
 */
public final class TmpfsType implements FileSystemType {
  private final FileSystemType ramfs = new RamfsType();

  /** Creates the type; it has no state. */
  public TmpfsType() {}

  @Override
  public String name() {
    return "tmpfs";
  }

  @Override
  public Source source() {
    return ramfs.source();
  }

  /** Returns true: unknown options are ignored. */
  @Override
  public boolean knowsOption(String name) {
    return ramfs.knowsOption(name);
  }

  /**
   * Mounts an empty file system.
   *
   * @throws ErrnoException EINVAL as for {@link RamfsType#mount}
   */
  @Override
  public FileSystem mount(MountRequest request) throws ErrnoException {
    return ramfs.mount(request);
  }
}
