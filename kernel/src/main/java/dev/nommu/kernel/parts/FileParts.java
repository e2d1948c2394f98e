package dev.nommu.kernel.parts;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.device.BlockDevices;
import dev.nommu.kernel.device.DeviceRegistry;
import dev.nommu.kernel.vfs.FileSystems;
import dev.nommu.kernel.vfs.Mounter;
import dev.nommu.kernel.vfs.Opener;
import dev.nommu.kernel.vfs.UnlinkedFiles;
import dev.nommu.kernel.vfs.Vfs;

/** The parts of one machine that carry out calls on files. */
public record FileParts(
    FileSystems fileSystems,
    DeviceRegistry devices,
    Vfs vfs,
    Opener opener,
    Mounter mounter,
    UnlinkedFiles unlinkedFiles) {
  /** The type of the root and of unnamed files. */
  public static final String ROOT_TYPE = "ramfs";

  /**
   * Mounts an empty root.
   *
   * @throws ErrnoException ENODEV if no plugin provides the root's type
   */
  public static FileParts of(MachineParts parts, FileSystems fileSystems, DeviceRegistry devices)
      throws ErrnoException {
    Vfs vfs =
        new Vfs(
            Mounter.root(fileSystems, ROOT_TYPE),
            parts.profile(),
            parts.clock(),
            parts.sanitizer());
    Opener opener = new Opener(vfs, devices, new BlockDevices(parts.log()), parts.log());
    return new FileParts(
        fileSystems,
        devices,
        vfs,
        opener,
        new Mounter(vfs, fileSystems, devices, parts.log()),
        new UnlinkedFiles(fileSystems, ROOT_TYPE, opener));
  }
}
