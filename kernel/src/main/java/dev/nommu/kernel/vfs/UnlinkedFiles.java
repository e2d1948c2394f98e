package dev.nommu.kernel.vfs;

import dev.nommu.api.AccessMode;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Files in memory without a path, as those of the kernel's internal tmpfs mount, for memfd, pipes
 * and System V shared memory. Thread-safe.
 */
public final class UnlinkedFiles {
  private static final int PERMISSIONS = 0600;

  private final Mount mount;
  private final Opener opener;

  /**
   * The name of a file being created, or one that could not be removed; under the directory's lock.
   */
  private Optional<String> leftOver = Optional.empty();

  /**
   * Mounts a file system of a type outside the tree.
   *
   * @throws ErrnoException ENODEV if there is no such type
   */
  public UnlinkedFiles(FileSystems fileSystems, String typeName, Opener opener)
      throws ErrnoException {
    this.mount = Mounter.rootMount(fileSystems, typeName, "none");
    this.opener = opener;
  }

  /**
   * Creates an empty file, open for reading and writing, and removes its name.
   *
   * @param name for the path of its mappings
   * @throws ErrnoException ENOMEM
   */
  public OpenFileDescription create(String name) throws ErrnoException {
    OpenFlags flags = OpenFlags.of(AccessMode.READ_WRITE).with(OpenFlags.O_LARGEFILE);
    return make(
            name,
            NewInode.regularFile(PERMISSIONS),
            List.of(path -> opener.tryOpen(path, flags).orElseThrow()))
        .getFirst();
  }

  /**
   * The two ends of a pipe.
   *
   * @param read the end to read from
   * @param write the end to write to
   */
  public record PipeEnds(OpenFileDescription read, OpenFileDescription write) {}

  /**
   * Creates an unnamed pipe and opens both ends.
   *
   * @param flags only O_NONBLOCK has an effect
   * @throws ErrnoException ENOMEM
   */
  public PipeEnds pipe(OpenFlags flags) throws ErrnoException {
    List<OpenFileDescription> ends =
        make(
            "pipe",
            NewInode.fifo(PERMISSIONS),
            List.of(
                path -> opener.openPipe(path, end(AccessMode.READ, flags)),
                path -> opener.openPipe(path, end(AccessMode.WRITE, flags))));
    return new PipeEnds(ends.getFirst(), ends.getLast());
  }

  /**
   * Creates an unnamed file with given operations.
   *
   * @param what its kind
   * @throws ErrnoException ENOMEM
   */
  public OpenFileDescription made(String name, NewInode what, OpenFile file, OpenFlags flags)
      throws ErrnoException {
    return make(name, what, List.of(path -> opener.openMade(path, file, flags))).getFirst();
  }

  private static OpenFlags end(AccessMode access, OpenFlags flags) {
    return OpenFlags.of(access).with(flags.bits());
  }

  private interface Opening {
    OpenFileDescription open(VfsPath path) throws ErrnoException;
  }

  /** Creates an inode, opens it and removes its name; nothing stays open if any of this fails. */
  private List<OpenFileDescription> make(String name, NewInode what, List<Opening> openings)
      throws ErrnoException {
    List<OpenFileDescription> opened = new ArrayList<>();
    try {
      open(name, what, openings, opened);
      return opened;
    } catch (Throwable failure) {
      opened.forEach(OpenFileDescription::release);
      throw failure;
    }
  }

  private void open(
      String name, NewInode what, List<Opening> openings, List<OpenFileDescription> opened)
      throws ErrnoException {
    try (LockedDirectory directory = LockedDirectory.lock(mount.root())) {
      removeLeftOver(directory);
      leftOver = Optional.of(name);
      VfsPath path = directory.create(name, what);
      try {
        for (Opening opening : openings) {
          opened.add(opening.open(path));
        }
      } finally {
        unlink(directory, path);
      }
    }
  }

  /** A file system that fails to remove a name gets no more names, so that at most one is left. */
  private void removeLeftOver(LockedDirectory directory) throws ErrnoException {
    if (leftOver.isPresent()) {
      Optional<VfsPath> there = directory.lookup(leftOver.get());
      if (there.isPresent()) {
        unlink(directory, there.get());
      }
    }
  }

  private void unlink(LockedDirectory directory, VfsPath path) throws ErrnoException {
    directory.unlink(path);
    leftOver = Optional.empty();
  }
}
