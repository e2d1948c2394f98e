package dev.nommu.kernel.vfs;

import dev.nommu.api.AccessMode;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystemType;
import dev.nommu.kernel.device.DeviceRegistry;
import java.util.Optional;
import java.util.Set;

/** {@code mount} and {@code umount}. Thread-safe. */
public final class Mounter {
  private final Vfs vfs;
  private final FileSystems fileSystems;
  private final DeviceRegistry devices;

  /** Creates a mounter for one machine. */
  public Mounter(Vfs vfs, FileSystems fileSystems, DeviceRegistry devices) {
    this.vfs = vfs;
    this.fileSystems = fileSystems;
    this.devices = devices;
  }

  /**
   * Returns a tree that consists of one mount.
   *
   * @param typeName the type of the root file system
   * @throws ErrnoException ENODEV if there is no such type, what the type says
   */
  public static Namespace root(FileSystems fileSystems, String typeName) throws ErrnoException {
    FileSystemType type = fileSystems.requireType(typeName);
    SuperBlock superBlock =
        fileSystems.superBlock(type, "rootfs", Optional.empty(), "", AccessMode.READ_WRITE);
    return new Namespace(new Mount(superBlock, "rootfs", Set.of(), Optional.empty()));
  }

  /**
   * Mounts a file system on a directory.
   *
   * @param source a device node, the name of a store such as {@code mtd:boot}, or what the type
   *     understands
   * @param options comma-separated, may be empty
   * @throws ErrnoException ENODEV for an unknown type, ENOENT, ENOTDIR, ENOTBLK, what the type says
   */
  public void mount(
      FsContext context,
      String source,
      String target,
      String typeName,
      Set<MountFlag> flags,
      String options)
      throws ErrnoException {
    FileSystemType type = fileSystems.requireType(typeName);
    VfsPath point = vfs.resolve(context, target);
    point.requireDirectory();
    AccessMode access =
        flags.contains(MountFlag.READ_ONLY) ? AccessMode.READ : AccessMode.READ_WRITE;
    Optional<DeviceRegistry.Store> store =
        switch (type.source()) {
          case STORE -> Optional.of(store(context, source));
          case NODEV -> Optional.empty();
        };
    SuperBlock superBlock = fileSystems.superBlock(type, source, store, options, access);
    vfs.namespace().add(new Mount(superBlock, source, flags, Optional.of(point)));
  }

  private DeviceRegistry.Store store(FsContext context, String source) throws ErrnoException {
    Optional<DeviceRegistry.Store> named = devices.store(source);
    if (named.isPresent()) {
      return named.get();
    }
    VfsPath path = vfs.resolve(context, source);
    if (path.inode().inode() instanceof DeviceFile node && node.kind() == DeviceFile.Kind.BLOCK) {
      return blockStore(source, node);
    }
    throw new ErrnoException(
        Errno.ENOTBLK, "mount " + source + ": expected a block device or the name of an MTD");
  }

  private DeviceRegistry.Store blockStore(String source, DeviceFile node) throws ErrnoException {
    DeviceRegistry.Device device =
        devices
            .find(node.kind(), node.device())
            .orElseThrow(() ->
                new ErrnoException(
                    Errno.ENXIO, "mount " + source + ": no driver for " + node.device().toHex()));
    return switch (device.target()) {
      case DeviceRegistry.Target.BlockTarget(var block, var mountStore) ->
          new DeviceRegistry.Store(device.number(), mountStore, device.territory());
      case DeviceRegistry.Target.CharacterTarget character -> throw new AssertionError(character);
    };
  }

  /**
   * Takes a mount away, and with the last mount of it the file system.
   *
   * @param target the directory that is covered
   * @throws ErrnoException EINVAL if nothing is mounted there, EBUSY if something is open, EIO
   */
  public void umount(FsContext context, String target) throws ErrnoException {
    VfsPath path = vfs.resolve(context, target);
    Namespace.requireMountRoot(path);
    SuperBlock superBlock = path.mount().superBlock();
    boolean last = vfs.namespace().mountsOf(superBlock) == 1;
    if (last && superBlock.openFiles() > 0) {
      throw new ErrnoException(
          Errno.EBUSY, "umount " + target + ": open files: " + superBlock.openFiles());
    }
    vfs.namespace().remove(path);
    if (last) {
      fileSystems.close(superBlock);
    }
  }
}
