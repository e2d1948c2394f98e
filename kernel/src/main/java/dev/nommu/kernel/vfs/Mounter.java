package dev.nommu.kernel.vfs;

import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.kernel.device.DeviceRegistry;
import dev.nommu.kernel.fs.MountFlag;
import dev.nommu.kernel.log.KernelLog;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code mount} and {@code umount}. Thread-safe. */
public final class Mounter {
  private static final Pattern MTD_BY_NUMBER = Pattern.compile("mtd\\d+");

  private final Vfs vfs;
  private final FileSystems fileSystems;
  private final DeviceRegistry devices;
  private final KernelLog log;

  /** Creates a mounter for one machine. */
  public Mounter(Vfs vfs, FileSystems fileSystems, DeviceRegistry devices, KernelLog log) {
    this.vfs = vfs;
    this.log = log;
    this.fileSystems = fileSystems;
    this.devices = devices;
  }

  /**
   * Returns a tree of one mount.
   *
   * @param typeName the type of the root file system
   * @throws ErrnoException ENODEV if there is no such type, errors of the type
   */
  public static Namespace root(FileSystems fileSystems, String typeName) throws ErrnoException {
    return new Namespace(rootMount(fileSystems, typeName, "rootfs"));
  }

  /** Returns a permanent mount that covers nothing. */
  static Mount rootMount(FileSystems fileSystems, String typeName, String source)
      throws ErrnoException {
    SuperBlock superBlock = fileSystems.join(FileSystems.Wanted.nodev(typeName, source));
    Mount mount = new Mount(superBlock, source, Set.of(), Optional.empty());
    superBlock.shownBy(mount);
    return mount;
  }

  /**
   * Mounts a file system on a directory.
   *
   * @param source a device node, the name of a store such as {@code mtd:boot}, or another source of
   *     the type
   * @param options comma-separated, may be empty
   * @throws ErrnoException EINVAL for an option that the type does not know (rule OPT-01), ENODEV
   *     for an unknown type, ENOENT, ENOTDIR, ENOTBLK, errors of the type
   */
  public void mount(
      FsContext context,
      String source,
      String target,
      String typeName,
      Set<MountFlag> flags,
      String options)
      throws ErrnoException {
    RegisteredType type = fileSystems.requireType(typeName);
    MountOptions parsed = MountOptions.parse(flags, options);
    try (PathWalk walk = vfs.walk(context, target)) {
      VfsPath point = walk.resolve(PathWalk.LastLink.FOLLOW);
      point.requireDirectory();
      parsed.requireKnownTo(type);
      SuperBlock superBlock = join(context, type, source, parsed);
      try {
        add(walk, superBlock, source, parsed.flags(), point);
      } catch (ErrnoException removed) {
        fileSystems.leave(superBlock);
        throw removed;
      }
    }
  }

  /** Mounts on a directory, or on a mount added there meanwhile. */
  private void add(
      PathWalk walk, SuperBlock superBlock, String source, Set<MountFlag> flags, VfsPath point)
      throws ErrnoException {
    VfsPath at = point;
    while (!vfs.namespace().add(new Mount(superBlock, source, flags, Optional.of(at)))) {
      at = walk.crossed(at);
    }
  }

  /**
   * Changes how a file system is mounted (rule OPT-03).
   *
   * @param options comma-separated; those of the type change nothing
   * @throws ErrnoException EINVAL if nothing is mounted there or the type does not know an option,
   *     EBUSY if it would be read-only with a file open for writing
   */
  public void remount(FsContext context, String target, Set<MountFlag> flags, String options)
      throws ErrnoException {
    MountOptions parsed = MountOptions.parse(flags, options);
    try (PathWalk walk = vfs.walk(context, target)) {
      VfsPath path = walk.resolve(PathWalk.LastLink.FOLLOW);
      if (path.parent().isPresent() || !vfs.namespace().shows(path.mount())) {
        throw ErrnoException.byRule(
            "OPT-03", Errno.EINVAL, "remount of " + path + ": nothing is mounted there");
      }
      parsed.requireKnownTo(fileSystems.requireType(path.mount().superBlock().type()));
      path.mount().remount(parsed.flags());
    }
  }

  private SuperBlock join(
      FsContext context, RegisteredType type, String source, MountOptions options)
      throws ErrnoException {
    return switch (type.source()) {
      case NODEV -> join(type, source, Optional.empty(), options);
      case STORE -> {
        Optional<DeviceRegistry.Store> named = devices.store(source);
        yield named.isPresent()
            ? joinNamed(context, type, source, named, options)
            : join(type, source, Optional.of(storeAt(context, source)), options);
      }
    };
  }

  /** Mounts an MTD; if the source is none, tries it as a path, as {@code romfs_get_tree}. */
  private SuperBlock joinNamed(
      FsContext context,
      RegisteredType type,
      String source,
      Optional<DeviceRegistry.Store> named,
      MountOptions options)
      throws ErrnoException {
    try {
      return join(type, source, named, options);
    } catch (ErrnoException refused) {
      if (refused.errno() != Errno.EINVAL) {
        throw refused;
      }
      return join(type, source, Optional.of(storeAt(context, source, refused)), options);
    }
  }

  private SuperBlock join(
      RegisteredType type,
      String source,
      Optional<DeviceRegistry.Store> store,
      MountOptions options)
      throws ErrnoException {
    return fileSystems.join(
        new FileSystems.Wanted(type.name(), source, store, options.ofType(), options.access()));
  }

  private DeviceRegistry.Store storeAt(FsContext context, String source, ErrnoException refused)
      throws ErrnoException {
    try {
      return storeAt(context, source);
    } catch (ErrnoException absent) {
      throw new ErrnoException(
          absent.errno(),
          "%s; and as a path: %s".formatted(refused.getMessage(), absent.getMessage()),
          refused);
    }
  }

  private DeviceRegistry.Store storeAt(FsContext context, String source) throws ErrnoException {
    if (MTD_BY_NUMBER.matcher(source).matches() && devices.store(source).isEmpty()) {
      throw new ErrnoException(Errno.ENODEV, "mount " + source + ": there is no such MTD");
    }
    try (PathWalk walk = vfs.walk(context, source)) {
      VfsPath path = walk.resolve(PathWalk.LastLink.FOLLOW);
      if (path.inode().kind() == FileKind.BLOCK_DEVICE) {
        return blockStore(source, path.inode().device());
      }
    }
    throw new ErrnoException(
        Errno.ENOTBLK, "mount " + source + ": expected a block device or the name of an MTD");
  }

  private DeviceRegistry.Store blockStore(String source, DeviceNumber number)
      throws ErrnoException {
    DeviceRegistry.Device device =
        devices
            .find(DeviceFile.Kind.BLOCK, number)
            .orElseThrow(() ->
                new ErrnoException(
                    Errno.ENXIO, "mount %s: no driver for %s".formatted(source, number)));
    return switch (device.target()) {
      case DeviceRegistry.Target.BlockTarget(var block, var mountStore) ->
          new DeviceRegistry.Store(device.number(), mountStore, device.territory());
      case DeviceRegistry.Target.CharacterTarget character -> throw new AssertionError(character);
    };
  }

  /**
   * Unmounts, and with its last mount ends the file system (rule OPT-06).
   *
   * @param target the covered directory
   * @throws ErrnoException EINVAL if nothing is mounted there or flags contradict each other, EBUSY
   *     while something in it is open, a working directory or a mount point, EAGAIN if it would
   *     expire and was used, EIO
   */
  public void umount(FsContext context, String target, Set<UmountFlag> flags)
      throws ErrnoException {
    if (flags.contains(UmountFlag.EXPIRE)) {
      expire(context, target, flags);
    } else if (flags.contains(UmountFlag.DETACH)) {
      detach(context, target, flags);
    } else {
      try (PathWalk walk = vfs.walk(context, target)) {
        remove(mountAt(walk, flags), target);
      }
    }
  }

  private void detach(FsContext context, String target, Set<UmountFlag> flags)
      throws ErrnoException {
    try (PathWalk walk = vfs.walk(context, target)) {
      vfs.namespace().detach(mountAt(walk, flags), this::ended);
    }
  }

  private void ended(Mount detached) {
    detached.superBlock().hiddenBy(detached);
    try {
      fileSystems.leave(detached.superBlock());
    } catch (ErrnoException failure) {
      log.print("end of a %s: %s".formatted(detached.type(), failure.getMessage()));
    }
  }

  private void expire(FsContext context, String target, Set<UmountFlag> flags)
      throws ErrnoException {
    if (flags.contains(UmountFlag.DETACH) || flags.contains(UmountFlag.FORCE)) {
      throw byRule(Errno.EINVAL, target, "MNT_EXPIRE goes with neither MNT_DETACH nor MNT_FORCE");
    }
    Mount mount;
    try (PathWalk walk = vfs.walk(context, target)) {
      mount = mountAt(walk, flags);
      if (mount.isExpiring() || mount.isBusy()) {
        remove(mount, target);
        return;
      }
    }
    mount.expire();
    throw byRule(Errno.EAGAIN, target, "it expires if it is not used before the next time");
  }

  private static Mount mountAt(PathWalk walk, Set<UmountFlag> flags) throws ErrnoException {
    boolean kept = flags.contains(UmountFlag.NOFOLLOW);
    VfsPath path = walk.resolve(kept ? PathWalk.LastLink.KEEP : PathWalk.LastLink.FOLLOW);
    if (path.parent().isPresent() || path.mount().point().isEmpty()) {
      throw byRule(Errno.EINVAL, path.toString(), "nothing that can be unmounted is there");
    }
    return path.mount();
  }

  private void remove(Mount mount, String target) throws ErrnoException {
    if (!vfs.namespace().remove(mount)) {
      throw byRule(Errno.EBUSY, target, mount.holders());
    }
    fileSystems.leave(mount.superBlock());
  }

  private static ErrnoException byRule(Errno errno, String target, String reason) {
    return ErrnoException.byRule("OPT-06", errno, "umount %s: %s".formatted(target, reason));
  }
}
