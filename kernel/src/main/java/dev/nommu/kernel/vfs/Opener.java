package dev.nommu.kernel.vfs;

import dev.nommu.api.AccessMode;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceRegion;
import dev.nommu.api.Directory;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Fifo;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFile;
import dev.nommu.api.RegularFile;
import dev.nommu.api.Socket;
import dev.nommu.api.SymbolicLink;
import dev.nommu.kernel.device.BlockDevices;
import dev.nommu.kernel.device.DeviceRegistry;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.memory.Territory;
import dev.nommu.kernel.plugin.PluginCall;
import java.util.Optional;

/** {@code open}. Thread-safe. */
public final class Opener {
  private final Vfs vfs;
  private final DeviceRegistry devices;
  private final BlockDevices blockDevices;
  private final KernelLog log;

  /** Creates an opener for one machine. */
  public Opener(Vfs vfs, DeviceRegistry devices, BlockDevices blockDevices, KernelLog log) {
    this.vfs = vfs;
    this.devices = devices;
    this.blockDevices = blockDevices;
    this.log = log;
  }

  /**
   * Opens what a path names, making a regular file if O_CREAT says so.
   *
   * @param permissions the mode bits of a file that is made
   * @return the open file, with one reference
   * @throws ErrnoException ENOENT, EEXIST, EISDIR, ENOTDIR, ELOOP, EACCES, EROFS, ENXIO, ENODEV,
   *     ETXTBSY, what the file system or the driver says
   */
  public OpenFileDescription open(FsContext context, String path, OpenFlags flags, int permissions)
      throws ErrnoException {
    AccessMode mode = flags.access();
    Found found = find(context, path, flags, permissions);
    if (flags.has(OpenFlags.O_PATH)) {
      return describe(found.path(), mode, flags, PATH_ONLY, new Territory());
    }
    if (!found.fresh()) {
      check(context, found.path(), mode, flags);
    }
    if (flags.has(OpenFlags.O_TRUNC) && found.path().inode().inode() instanceof RegularFile) {
      vfs.requireWritableMount(found.path());
      vfs.truncate(found.path(), 0);
    }
    return openInode(found.path(), mode, flags);
  }

  /**
   * Opens a file to execute it, as {@code open_exec}: a regular file, on a mount that permits it,
   * with a mode bit that permits it to the caller.
   *
   * @return the open file, with one reference
   * @throws ErrnoException ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG, EACCES, what the file system says
   */
  public OpenFileDescription openExecutable(FsContext context, String path) throws ErrnoException {
    VfsPath found = vfs.resolve(context, path);
    if (!(found.inode().inode() instanceof RegularFile)) {
      throw new ErrnoException(
          Errno.EACCES,
          "execve " + path + ": expected a regular file, found " + found.inode().kind());
    }
    if (found.mount().has(MountFlag.NOEXEC)) {
      throw new ErrnoException(Errno.EACCES, "execve " + path + ": it is on a mount with noexec");
    }
    if (!context.credentials().mayExecute(found.inode().attributes())) {
      throw new ErrnoException(
          Errno.EACCES,
          "execve %s: the mode bits %04o do not permit it"
              .formatted(path, found.inode().attributes().permissions()));
    }
    return openInode(found, AccessMode.READ, new OpenFlags(OpenFlags.O_RDONLY));
  }

  /** What O_PATH gives: a file without operations. */
  static final OpenFile PATH_ONLY = new OpenFile() {};

  private record Found(VfsPath path, boolean fresh) {}

  private Found find(FsContext context, String path, OpenFlags flags, int permissions)
      throws ErrnoException {
    boolean keepLink =
        flags.has(OpenFlags.O_NOFOLLOW)
            || (flags.has(OpenFlags.O_CREAT) && flags.has(OpenFlags.O_EXCL));
    PathWalk walk = new PathWalk(vfs.namespace(), context.credentials(), path);
    try {
      VfsPath found =
          walk.resolve(
              context.workingDirectory(),
              keepLink ? PathWalk.LastLink.KEEP : PathWalk.LastLink.FOLLOW);
      if (flags.has(OpenFlags.O_CREAT) && flags.has(OpenFlags.O_EXCL)) {
        throw new ErrnoException(Errno.EEXIST, "open " + path + ": it is there already");
      }
      return new Found(found, false);
    } catch (ErrnoException absent) {
      if (absent.errno() != Errno.ENOENT || !flags.has(OpenFlags.O_CREAT)) {
        throw absent;
      }
      return new Found(make(context, path, permissions), true);
    }
  }

  /** Makes a file; where a link points to what is not there yet, that is made. */
  private VfsPath make(FsContext context, String path, int permissions) throws ErrnoException {
    PathWalk.Last last =
        new PathWalk(vfs.namespace(), context.credentials(), path)
            .resolveLast(context.workingDirectory());
    VfsPath at = last.directory();
    Optional<VfsPath> known =
        PathWalk.lookup(vfs.namespace(), at, at.requireDirectory(), last.name());
    if (known.isPresent() && known.get().inode().inode() instanceof SymbolicLink link) {
      String goal = PluginCall.ask(link, "target", link::target);
      return make(new FsContext(at, context.credentials()), goal, permissions);
    }
    return vfs.create(context, path, new NewInode.File(permissions & 07777));
  }

  private void check(FsContext context, VfsPath path, AccessMode mode, OpenFlags flags)
      throws ErrnoException {
    switch (path.inode().inode()) {
      case Directory directory -> {
        if (mode.writes() || flags.has(OpenFlags.O_CREAT)) {
          throw new ErrnoException(Errno.EISDIR, "open " + path + ": it is a directory");
        }
      }
      case SymbolicLink link ->
          throw new ErrnoException(Errno.ELOOP, "open " + path + ": it is a symbolic link");
      case Socket socket ->
          throw new ErrnoException(Errno.ENXIO, "open " + path + ": it is a socket");
      case DeviceFile device -> {
        if (path.mount().has(MountFlag.NODEV)) {
          throw new ErrnoException(
              Errno.EACCES, "open " + path + ": devices cannot be opened on this mount");
        }
      }
      case RegularFile file -> {
        if (mode.writes()) {
          vfs.requireWritableMount(path);
        }
      }
      case Fifo fifo -> {}
    }
    if (flags.has(OpenFlags.O_DIRECTORY)) {
      path.requireDirectory();
    }
    vfs.requireAccess(context, path, Credentials.wanted(mode));
  }

  OpenFileDescription openInode(VfsPath path, AccessMode mode, OpenFlags flags)
      throws ErrnoException {
    Territory own = path.mount().superBlock().territory();
    return switch (path.inode().inode()) {
      case RegularFile file -> describe(path, mode, flags, openLocked(path, file, mode), own);
      case DeviceFile node -> openDevice(path, node, mode, flags);
      case Fifo fifo -> describe(path, mode, flags, path.inode().pipe().open(mode, flags), own);
      case Directory directory -> describe(path, mode, flags, PATH_ONLY, own);
      case SymbolicLink link -> throw new AssertionError(link);
      case Socket socket -> throw new AssertionError(socket);
    };
  }

  /** Opens an end of a pipe that has no name. */
  OpenFileDescription openPipe(VfsPath path, AccessMode mode, OpenFlags flags)
      throws ErrnoException {
    OpenFile end = path.inode().pipe().openUnnamed(mode, flags);
    return describe(path, mode, flags, end, path.mount().superBlock().territory());
  }

  private static OpenFile openLocked(VfsPath path, RegularFile file, AccessMode mode)
      throws ErrnoException {
    path.inode().lock().lock();
    try {
      return PluginCall.ask(file, "open", () -> file.open(mode));
    } finally {
      path.inode().lock().unlock();
    }
  }

  private OpenFileDescription openDevice(
      VfsPath path, DeviceFile node, AccessMode mode, OpenFlags flags) throws ErrnoException {
    DeviceRegistry.Device device =
        devices.find(node.kind(), node.device()).orElseThrow(() -> absent(path, node));
    OpenFile file =
        switch (device.target()) {
          case DeviceRegistry.Target.CharacterTarget(var target) ->
              PluginCall.ask(target, "open", () -> target.open(mode));
          case DeviceRegistry.Target.BlockTarget(var target, var mountStore) ->
              blockDevices.open(target);
        };
    return describe(path, mode, flags, file, device.territory());
  }

  private ErrnoException absent(VfsPath path, DeviceFile node) {
    Optional<DeviceRegion> region = devices.region(node.kind(), node.device());
    return new ErrnoException(
        region.map(DeviceRegion::absent).orElse(Errno.ENXIO),
        "open %s: no driver registered %s device %d:%d%s"
            .formatted(
                path,
                node.kind(),
                node.device().major(),
                node.device().minor(),
                region.map(known -> " of " + known.name()).orElse("")));
  }

  private OpenFileDescription describe(
      VfsPath path, AccessMode mode, OpenFlags flags, OpenFile file, Territory territory) {
    return new OpenFileDescription(path, mode, flags, file, territory, log);
  }
}
