package dev.nommu.kernel.vfs;

import dev.nommu.api.AccessMode;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DeviceRegion;
import dev.nommu.api.Directory;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Fifo;
import dev.nommu.api.FileKind;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.RegularFile;
import dev.nommu.api.Socket;
import dev.nommu.api.SymbolicLink;
import dev.nommu.kernel.device.BlockDevices;
import dev.nommu.kernel.device.DeviceRegistry;
import dev.nommu.kernel.fs.MountFlag;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.pages.Territory;
import dev.nommu.kernel.plugin.PluginCall;
import java.util.Optional;

/** {@code open}. Thread-safe. */
public final class Opener {
  /** The bit of O_TMPFILE besides O_DIRECTORY. */
  private static final int NAMELESS = OpenFlags.O_TMPFILE & ~OpenFlags.O_DIRECTORY;

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
   * Opens the file at a path, creating a regular file with O_CREAT.
   *
   * @param permissions the mode bits of a new file
   * @return the open file, with one reference
   * @throws ErrnoException ENOENT, EEXIST, EISDIR, ENOTDIR, ELOOP, EACCES, EROFS, ENXIO, ENODEV,
   *     ETXTBSY, errors of the file system or the driver
   */
  public OpenFileDescription open(FsContext context, String path, OpenFlags flags, int permissions)
      throws ErrnoException {
    while (true) {
      try (PathWalk walk = vfs.walk(context, path)) {
        Optional<OpenFileDescription> opened = open(context, walk, flags, permissions);
        if (opened.isPresent()) {
          return opened.get();
        }
      }
    }
  }

  /** Returns the open file, or empty if its last name was removed meanwhile. */
  private Optional<OpenFileDescription> open(
      FsContext context, PathWalk walk, OpenFlags flags, int permissions) throws ErrnoException {
    if (flags.has(OpenFlags.O_PATH)) {
      return Optional.of(place(walk, flags));
    }
    if (!flags.has(NAMELESS) && !flags.has(OpenFlags.O_CREAT)) {
      return open(context, walk.resolve(lastLink(flags)), flags);
    }
    try (Found found = findOrMake(context, walk, flags, permissions)) {
      return found.fresh()
          ? requireDirect(tryOpen(found.path(), flags))
          : open(context, found.path(), flags);
    }
  }

  private Optional<OpenFileDescription> open(FsContext context, VfsPath found, OpenFlags flags)
      throws ErrnoException {
    check(context, found, flags);
    Optional<OpenFileDescription> opened = requireDirect(tryOpen(found, flags));
    if (opened.isPresent() && flags.has(OpenFlags.O_TRUNC)) {
      truncate(opened.get());
    }
    return opened;
  }

  /**
   * Returns an opened file if it supports its flags; EINVAL for O_DIRECT where it is not supported.
   */
  private static Optional<OpenFileDescription> requireDirect(Optional<OpenFileDescription> opened)
      throws ErrnoException {
    if (opened.isPresent() && opened.get().flags().has(OpenFlags.O_DIRECT)) {
      try {
        DirectIo.requirePossible(opened.get());
      } catch (ErrnoException refused) {
        opened.get().release();
        throw refused;
      }
    }
    return opened;
  }

  private Found nameless(FsContext context, PathWalk walk, OpenFlags flags, int permissions)
      throws ErrnoException {
    boolean possible = flags.has(OpenFlags.O_TMPFILE) && !flags.has(OpenFlags.O_CREAT);
    if (!possible || !flags.writes()) {
      throw new ErrnoException(
          Errno.EINVAL, "open: O_TMPFILE wants O_DIRECTORY and writing and no O_CREAT: " + flags);
    }
    VfsPath directory = walk.resolve(PathWalk.LastLink.FOLLOW);
    directory.requireDirectory();
    return Found.made(
        directory,
        () -> vfs.names().tmpfile(context, directory, NewInode.regularFile(permissions & 07777)));
  }

  private OpenFileDescription place(PathWalk walk, OpenFlags flags) throws ErrnoException {
    VfsPath found = walk.resolve(lastLink(flags));
    if (flags.has(OpenFlags.O_DIRECTORY)) {
      found.requireDirectory();
    }
    return describe(found, flags, PATH_ONLY, new Territory());
  }

  private void truncate(OpenFileDescription file) throws ErrnoException {
    if (file.vfsPath().inode().kind() != FileKind.REGULAR) {
      return;
    }
    try (Mount.Writing _ = file.vfsPath().beginChange()) {
      vfs.truncate(file.vfsPath(), 0);
    } catch (ErrnoException refused) {
      file.release();
      throw refused;
    }
  }

  /**
   * Opens a file to execute it, as {@code open_exec}: a regular file, on a mount that permits it,
   * with a mode bit that permits it to the caller.
   *
   * @return the open file, with one reference
   * @throws ErrnoException ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG, EACCES, errors of the file system
   */
  public OpenFileDescription openExecutable(FsContext context, String path) throws ErrnoException {
    while (true) {
      try (PathWalk walk = vfs.walk(context, path)) {
        VfsPath found = walk.resolve(PathWalk.LastLink.FOLLOW);
        if (found.inode().kind() != FileKind.REGULAR) {
          throw new ErrnoException(
              Errno.EACCES,
              "execve %s: expected a regular file, found %s"
                  .formatted(found, found.inode().kind()));
        }
        Vfs.requireExecutable(context, found);
        Optional<OpenFileDescription> opened = tryOpen(found, OpenFlags.of(AccessMode.READ));
        if (opened.isPresent()) {
          return opened.get();
        }
      }
    }
  }

  /** The result of O_PATH: a file without operations. */
  static final OpenFile PATH_ONLY = new OpenFile() {};

  private static PathWalk.LastLink lastLink(OpenFlags flags) {
    boolean exclusive = flags.has(OpenFlags.O_CREAT) && flags.has(OpenFlags.O_EXCL);
    return exclusive || flags.has(OpenFlags.O_NOFOLLOW)
        ? PathWalk.LastLink.KEEP
        : PathWalk.LastLink.FOLLOW;
  }

  private Found findOrMake(FsContext context, PathWalk walk, OpenFlags flags, int permissions)
      throws ErrnoException {
    if (flags.has(NAMELESS)) {
      return nameless(context, walk, flags, permissions);
    }
    PathWalk.Last last = walk.last();
    while (true) {
      Found found = findOrCreate(context, walk, last, permissions);
      if (!found.fresh() && flags.has(OpenFlags.O_EXCL)) {
        throw new ErrnoException(Errno.EEXIST, "open " + found.path() + ": already exists");
      }
      boolean link = found.path().inode().kind() == FileKind.SYMBOLIC_LINK;
      if (!link || lastLink(flags) == PathWalk.LastLink.KEEP) {
        return found;
      }
      last = walk.follow(found.path());
    }
  }

  /** Looks up a name and creates a file if it does not exist, atomically. */
  private Found findOrCreate(FsContext context, PathWalk walk, PathWalk.Last last, int permissions)
      throws ErrnoException {
    if (!last.isName()) {
      return Found.there(last.directory());
    }
    if (last.trailingSlash()) {
      throw new ErrnoException(Errno.EISDIR, "open " + last + ": only a directory ends in a slash");
    }
    Optional<VfsPath> remembered = walk.remembered(last);
    if (remembered.isPresent()) {
      return Found.there(remembered.get());
    }
    Optional<VfsPath> there;
    try (LockedDirectory directory = LockedDirectory.lock(last.directory())) {
      there = directory.lookup(last.name());
      if (there.isEmpty()) {
        directory.requireAlive();
        NewInode file = NewInode.regularFile(permissions & 07777);
        return Found.made(
            last.directory(), () -> vfs.names().createIn(context, directory, last.name(), file));
      }
    }
    return Found.there(walk.crossed(there.get()));
  }

  private void check(FsContext context, VfsPath path, OpenFlags flags) throws ErrnoException {
    if (flags.has(OpenFlags.O_DIRECTORY)) {
      path.requireDirectory();
    }
    switch (path.inode().inode()) {
      case Directory directory -> {
        if (asksToWrite(flags) || flags.has(OpenFlags.O_CREAT)) {
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
        if (asksToWrite(flags) || flags.has(OpenFlags.O_TRUNC)) {
          vfs.requireWritableMount(path);
        }
      }
      case Fifo fifo -> {}
    }
    int wanted = Credentials.wanted(flags.access());
    boolean writes = asksToWrite(flags) || flags.has(OpenFlags.O_TRUNC);
    vfs.requireAccess(context, path, writes ? wanted | Credentials.WRITE : wanted);
    FlagChecks.requireOpenable(path, flags);
  }

  /** An access mode of 3 asks for both permissions and gives neither right. */
  private static boolean asksToWrite(OpenFlags flags) {
    return flags.writes() || flags.isForIoctl();
  }

  /** Returns the open file, or empty if it is a regular file whose last name is gone. */
  Optional<OpenFileDescription> tryOpen(VfsPath path, OpenFlags flags) throws ErrnoException {
    Territory own = path.mount().superBlock().territory();
    return switch (path.inode().inode()) {
      case RegularFile file ->
          path.isWritten(flags)
              ? openForWriting(path, file, flags, own)
              : openLocked(path, file, flags).map(open -> describe(path, flags, open, own));
      case DeviceFile node -> Optional.of(openDevice(path, flags));
      case Fifo fifo -> Optional.of(describe(path, flags, Opening.pipe(path.inode(), flags), own));
      case Directory directory ->
          Optional.of(describe(path, flags, new DirectoryFile(path, directory), own));
      case SymbolicLink link -> throw new AssertionError(link);
      case Socket socket -> throw new AssertionError(socket);
    };
  }

  /** Opens an end of an unnamed pipe. */
  OpenFileDescription openPipe(VfsPath path, OpenFlags flags) {
    OpenFile end = Opening.unnamedPipe(path.inode(), flags);
    return describe(path, flags, end, path.mount().superBlock().territory());
  }

  /** Opens a file with given operations. */
  OpenFileDescription openMade(VfsPath path, OpenFile made, OpenFlags flags) {
    return describe(path, flags, made, path.mount().superBlock().territory());
  }

  /** Opens a file that prevents its mount from becoming read-only until it is closed. */
  private Optional<OpenFileDescription> openForWriting(
      VfsPath path, RegularFile file, OpenFlags flags, Territory own) throws ErrnoException {
    path.beginWriting();
    Optional<OpenFileDescription> opened = Optional.empty();
    try {
      opened = openLocked(path, file, flags).map(open -> describe(path, flags, open, own));
    } finally {
      if (opened.isEmpty()) {
        path.endWriting();
      }
    }
    return opened;
  }

  private static Optional<OpenFile> openLocked(VfsPath path, RegularFile file, OpenFlags flags)
      throws ErrnoException {
    path.inode().lock().lock();
    try {
      if (path.inode().isRemoved()) {
        path.forget();
        return Optional.empty();
      }
      return Optional.of(PluginCall.ask(file, "open", () -> file.open(flags)));
    } finally {
      path.inode().lock().unlock();
    }
  }

  private OpenFileDescription openDevice(VfsPath path, OpenFlags flags) throws ErrnoException {
    DeviceFile.Kind kind =
        path.inode().kind() == FileKind.BLOCK_DEVICE
            ? DeviceFile.Kind.BLOCK
            : DeviceFile.Kind.CHARACTER;
    DeviceRegistry.Device device =
        devices.find(kind, path.inode().device()).orElseThrow(() -> absent(path, kind));
    OpenFile file =
        switch (device.target()) {
          case DeviceRegistry.Target.CharacterTarget(var target, int mode) ->
              Opening.device(target, flags);
          case DeviceRegistry.Target.BlockTarget(var target, var mountStore) ->
              blockDevices.open(target);
        };
    OpenFileDescription opened = describe(path, flags, file, device.territory());
    try {
      device.territory().presence().enter(opened, "open of " + path);
    } catch (ErrnoException gone) {
      opened.release();
      throw gone;
    }
    return opened;
  }

  private ErrnoException absent(VfsPath path, DeviceFile.Kind kind) {
    DeviceNumber number = path.inode().device();
    Optional<DeviceRegion> region = devices.region(kind, number);
    return new ErrnoException(
        region.map(DeviceRegion::absent).orElse(Errno.ENXIO),
        "open %s: no driver registered %s device %d:%d%s"
            .formatted(
                path,
                kind,
                number.major(),
                number.minor(),
                region.map(known -> " of " + known.name()).orElse("")));
  }

  private OpenFileDescription describe(
      VfsPath path, OpenFlags flags, OpenFile file, Territory territory) {
    return new OpenFileDescription(path, flags, file, territory, log);
  }
}
