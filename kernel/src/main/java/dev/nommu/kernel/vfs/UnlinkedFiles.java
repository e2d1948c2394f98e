package dev.nommu.kernel.vfs;

import dev.nommu.api.AccessMode;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFlags;

/**
 * Files in memory that no path leads to, as those of the kernel's own tmpfs mount: what memfd,
 * pipes and System V shared memory consist of. Thread-safe.
 */
public final class UnlinkedFiles {
  private static final int PERMISSIONS = 0600;

  private final Mount mount;
  private final Opener opener;

  /**
   * Mounts a file system of a type where nobody sees it.
   *
   * @throws ErrnoException ENODEV if there is no such type
   */
  public UnlinkedFiles(FileSystems fileSystems, String typeName, Opener opener)
      throws ErrnoException {
    this.mount = Mounter.rootMount(fileSystems, typeName, "none");
    this.opener = opener;
  }

  /**
   * Makes an empty file, open for reading and writing, and removes its name.
   *
   * @param name what the path of its mappings is made of
   * @throws ErrnoException ENOMEM
   */
  public OpenFileDescription create(String name) throws ErrnoException {
    OpenFlags flags = OpenFlags.of(AccessMode.READ_WRITE);
    return make(
        name, NewInode.regularFile(PERMISSIONS), path -> opener.tryOpen(path, flags).orElseThrow());
  }

  /**
   * The two ends of a pipe.
   *
   * @param read what is written is read here
   * @param write is written here
   */
  public record PipeEnds(OpenFileDescription read, OpenFileDescription write) {}

  /**
   * Makes a pipe without a name and opens both of its ends.
   *
   * @param flags O_NONBLOCK means something
   * @throws ErrnoException ENOMEM
   */
  public PipeEnds pipe(OpenFlags flags) throws ErrnoException {
    return make(
        "pipe",
        NewInode.fifo(PERMISSIONS),
        path ->
            new PipeEnds(
                opener.openPipe(path, end(AccessMode.READ, flags)),
                opener.openPipe(path, end(AccessMode.WRITE, flags))));
  }

  private static OpenFlags end(AccessMode access, OpenFlags flags) {
    return OpenFlags.of(access).with(flags.bits());
  }

  private interface Opening<T> {
    T open(VfsPath path) throws ErrnoException;
  }

  /** Makes an inode, opens it and removes its name. */
  private <T> T make(String name, NewInode what, Opening<T> opening) throws ErrnoException {
    try (LockedDirectory directory = LockedDirectory.lock(mount.root())) {
      VfsPath path = directory.create(name, what);
      try {
        return opening.open(path);
      } finally {
        directory.unlink(path);
      }
    }
  }
}
