package dev.nommu.kernel.vfs;

import static dev.nommu.api.AllocationFlag.COLLAPSE_RANGE;
import static dev.nommu.api.AllocationFlag.INSERT_RANGE;
import static dev.nommu.api.AllocationFlag.KEEP_SIZE;
import static dev.nommu.api.AllocationFlag.PUNCH_HOLE;
import static dev.nommu.api.AllocationFlag.UNSHARE_RANGE;
import static dev.nommu.api.AllocationFlag.ZERO_RANGE;

import dev.nommu.api.AllocatableFile;
import dev.nommu.api.AllocationFlag;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.kernel.fs.DirectoryEvent.Kind;
import dev.nommu.kernel.plugin.PluginCall;
import java.util.EnumSet;
import java.util.Set;

/**
 * A request to allocate space in a file, with the order of errors of {@code vfs_fallocate} (rule
 * FILE-04).
 *
 * @param mode FALLOC_FL bits
 * @param offset bytes from the start of the file
 * @param length bytes
 */
public record Allocation(int mode, long offset, long length) {
  private static final Set<Set<AllocationFlag>> TOGETHER =
      Set.of(
          Set.of(),
          Set.of(KEEP_SIZE),
          Set.of(UNSHARE_RANGE),
          Set.of(UNSHARE_RANGE, KEEP_SIZE),
          Set.of(ZERO_RANGE),
          Set.of(ZERO_RANGE, KEEP_SIZE),
          Set.of(PUNCH_HOLE, KEEP_SIZE),
          Set.of(COLLAPSE_RANGE),
          Set.of(INSERT_RANGE));

  /**
   * Allocates the space.
   *
   * @throws ErrnoException EINVAL, EOPNOTSUPP, EBADF, ESPIPE, EISDIR, ENODEV, EFBIG, errors of the
   *     file
   */
  public void of(OpenFileDescription file) throws ErrnoException {
    if (offset < 0 || length <= 0) {
      throw failure(Errno.EINVAL, file, "%d bytes at %d".formatted(length, offset));
    }
    Set<AllocationFlag> flags = flags(file);
    if (!file.flags().writes()) {
      throw failure(Errno.EBADF, file, "it is not open for writing");
    }
    requireUnflagged(file, flags);
    requireKind(file);
    if (length > file.vfsPath().inode().largestSize() - offset) {
      throw failure(Errno.EFBIG, file, "%d bytes at %d".formatted(length, offset));
    }
    if (!(file.operations() instanceof AllocatableFile allocatable)) {
      throw failure(Errno.EOPNOTSUPP, file, "it has no such operation");
    }
    file.hold();
    try {
      allocate(file, allocatable, flags);
      file.vfsPath().report(Kind.MODIFY);
    } finally {
      file.release();
    }
  }

  private void allocate(
      OpenFileDescription file, AllocatableFile allocatable, Set<AllocationFlag> flags)
      throws ErrnoException {
    file.lock().lock();
    try {
      PluginCall.tell(allocatable, "allocate", () -> allocatable.allocate(flags, offset, length));
    } finally {
      file.lock().unlock();
    }
  }

  private Set<AllocationFlag> flags(OpenFileDescription file) throws ErrnoException {
    Set<AllocationFlag> flags = EnumSet.noneOf(AllocationFlag.class);
    int unknown = mode;
    for (AllocationFlag flag : AllocationFlag.values()) {
      if ((mode & flag.bit()) != 0) {
        flags.add(flag);
        unknown &= ~flag.bit();
      }
    }
    if (unknown != 0 || !TOGETHER.contains(flags)) {
      throw failure(Errno.EOPNOTSUPP, file, "mode 0x%x".formatted(mode));
    }
    return flags;
  }

  private static void requireUnflagged(OpenFileDescription file, Set<AllocationFlag> flags)
      throws ErrnoException {
    if (!Set.of(KEEP_SIZE).containsAll(flags)) {
      FlagChecks.requireRewritable(file.vfsPath());
    }
    FlagChecks.requireMutable(file.vfsPath());
  }

  private void requireKind(OpenFileDescription file) throws ErrnoException {
    FileKind kind = file.vfsPath().inode().kind();
    switch (kind) {
      case REGULAR, BLOCK_DEVICE -> {}
      case FIFO -> throw failure(Errno.ESPIPE, file, "it is a pipe");
      case DIRECTORY -> throw failure(Errno.EISDIR, file, "it is a directory");
      case CHARACTER_DEVICE, SYMBOLIC_LINK, SOCKET ->
          throw failure(Errno.ENODEV, file, "it is a " + kind);
    }
  }

  private static ErrnoException failure(Errno errno, OpenFileDescription file, String why) {
    return ErrnoException.byRule(
        "FILE-04", errno, "fallocate of %s: %s".formatted(file.vfsPath(), why));
  }
}
