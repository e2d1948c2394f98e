package dev.nommu.ramfs;

import dev.nommu.api.Directory;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.Inode;
import dev.nommu.api.MountRequest;
import dev.nommu.api.NewInode;
import java.util.List;

/**
 * One mounted ramfs. Its monitor guards all names and link counts; the contents of each file have
 * their own lock (see the package).
 */
final class RamFileSystem implements FileSystem {
  private static final Statistics STATISTICS = Statistics.builder(0x858458f6L).build();

  private final MountRequest request;
  private final int rootMode;
  private final RamDirectory root;
  private long lastNumber;

  RamFileSystem(MountRequest request, int rootMode) {
    this.request = request;
    this.rootMode = rootMode;
    this.root = RamDirectory.root(this, NewInode.directory(rootMode));
  }

  @Override
  public Directory root() {
    return root;
  }

  @Override
  public NameChanges nameChanges() {
    return NameChanges.BY_KERNEL;
  }

  /** Returns the mode of the root unless it is the default, as {@code ramfs_show_options} does. */
  @Override
  public List<String> shownOptions() {
    return rootMode == RootMode.DEFAULT
        ? List.of()
        : List.of("mode=" + Integer.toOctalString(rootMode));
  }

  @Override
  public Statistics statistics() {
    return STATISTICS;
  }

  /** Frees the pages of all files that still have a name. */
  @Override
  public synchronized void close() {
    root.releaseAll();
  }

  /** Returns the machine's time, in milliseconds since the epoch. */
  long nowMillis() {
    return request.clock().millis();
  }

  /** Returns an unused inode number, from 1. */
  synchronized long nextNumber() {
    return ++lastNumber;
  }

  /** Returns empty contents for the inode with this number. */
  FileMemory memory(long number) {
    return new FileMemory(request.pages(), request.profile(), number);
  }

  /** Returns a new inode without a name. */
  RamInode make(NewInode what) {
    return switch (what) {
      case NewInode.RegularFile file -> new RamFile(this, file);
      case NewInode.Directory directory -> new RamDirectory(this, directory);
      case NewInode.SymbolicLink link -> new RamSymbolicLink(this, link);
      case NewInode.DeviceFile device -> new RamDevice(this, device);
      case NewInode.Fifo fifo -> new RamFifo(this, fifo);
      case NewInode.Socket socket -> new RamSocket(this, socket);
    };
  }

  /**
   * Returns an inode passed by the kernel as the one this file system created.
   *
   * @throws ErrnoException EXDEV if another file system created it
   */
  RamInode own(Inode inode) throws ErrnoException {
    if (inode instanceof RamInode own && own.fileSystem() == this) {
      return own;
    }
    throw new ErrnoException(Errno.EXDEV, "inode " + inode.number() + " belongs to another ramfs");
  }
}
