package dev.nommu.kernel.vfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.SpliceReadableFile;
import dev.nommu.api.SpliceWritableFile;
import dev.nommu.api.WritableFile;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A request to copy from one open file to another, with the order of errors of {@code do_sendfile}
 * (rule FILE-12). For one thread.
 */
public final class Sendfile {
  /** MAX_RW_COUNT. */
  private static final long MOST = 0x7fff_f000L;

  private static final int PIECE = 1 << 16;

  private final OpenFileDescription from;
  private final long start;
  private final long count;

  private Sendfile(OpenFileDescription from, long start, long count) {
    this.from = from;
    this.start = start;
    this.count = count;
  }

  /**
   * Looks at what is to be copied.
   *
   * @param start where to begin; empty for the position of the file
   * @param count how many bytes at most
   * @throws ErrnoException EBADF if the file is not open for reading, ESPIPE for a start in a pipe,
   *     EINVAL for a range that cannot be
   */
  public static Sendfile of(OpenFileDescription from, Optional<Long> start, long count)
      throws ErrnoException {
    if (!from.flags().reads()) {
      throw failure(Errno.EBADF, from, "it is not open for reading");
    }
    if (start.isPresent() && from.isPipe()) {
      throw failure(Errno.ESPIPE, from, "it is a pipe");
    }
    long at = start.orElseGet(from::position);
    requireRange(from, at, count);
    return new Sendfile(from, at, Math.min(count, MOST));
  }

  /** Returns the start of the copy. */
  public long start() {
    return start;
  }

  /** Records the number of bytes copied from the position of the file. */
  public void advance(long copied) {
    from.position(start + copied);
  }

  /**
   * Copies to another file at its position, which advances.
   *
   * @return bytes copied; to a pipe at most as many as fit
   * @throws ErrnoException EBADF if that is not open for writing, EOVERFLOW beyond what both can
   *     have, EINVAL for O_APPEND and for files that do not take part, EPIPE, EAGAIN, EINTR, what
   *     the files say
   */
  public long to(OpenFileDescription to) throws ErrnoException {
    if (!to.flags().writes()) {
      throw failure(Errno.EBADF, to, "it is not open for writing");
    }
    long bytes = possible(to);
    if (to.isPipe()) {
      return bytes == 0 ? 0 : copyToPipe(to, bytes);
    }
    requireRange(to, to.position(), bytes);
    if (to.flags().has(OpenFlags.O_APPEND)) {
      throw failure(Errno.EINVAL, to, "it is open with O_APPEND");
    }
    return bytes == 0 ? 0 : copy(to, bytes);
  }

  /** Returns the most bytes that both files can have from the start. */
  private long possible(OpenFileDescription to) throws ErrnoException {
    long largest =
        Math.min(from.vfsPath().inode().largestSize(), to.vfsPath().inode().largestSize());
    if (count > largest - start && start >= largest) {
      throw failure(Errno.EOVERFLOW, from, "position %d of at most %d".formatted(start, largest));
    }
    return Math.min(count, largest - start);
  }

  private long copy(OpenFileDescription to, long bytes) throws ErrnoException {
    MemorySegment buffer = buffer(bytes);
    long begin = to.position();
    long done = 0;
    try {
      while (done < bytes) {
        MemorySegment piece = read(buffer, done, bytes);
        long written = piece.byteSize() == 0 ? 0 : write(to, piece, begin + done);
        done += written;
        if (written < piece.byteSize() || written == 0) {
          break;
        }
      }
    } catch (ErrnoException failure) {
      if (done == 0) {
        throw failure;
      }
    }
    to.position(begin + done);
    return done;
  }

  private long copyToPipe(OpenFileDescription to, long bytes) throws ErrnoException {
    MemorySegment piece = read(buffer(bytes), 0, bytes);
    return piece.byteSize() == 0
        ? 0
        : to.waiting(() -> {
          to.lock().lock();
          try {
            to.requireOpen();
            return to.operations() instanceof Pipe.End end ? end.splice(piece) : to.write(piece);
          } finally {
            to.lock().unlock();
          }
        });
  }

  private static MemorySegment buffer(long bytes) {
    return MemorySegment.ofArray(new byte[(int) Math.min(bytes, PIECE)]);
  }

  private MemorySegment read(MemorySegment buffer, long done, long bytes) throws ErrnoException {
    FileKind kind = from.vfsPath().inode().kind();
    boolean takesPart =
        from.operations() instanceof SpliceReadableFile
            || (isStored(kind) && from.operations() instanceof ReadableFile);
    if (!takesPart) {
      throw failure(Errno.EINVAL, from, "nothing is copied from a " + kind + " of this kind");
    }
    MemorySegment room = buffer.asSlice(0, Math.min(buffer.byteSize(), bytes - done));
    long read = from.waiting(() -> from.read(room, start + done));
    return room.asSlice(0, read);
  }

  private static long write(OpenFileDescription to, MemorySegment piece, long at)
      throws ErrnoException {
    FileKind kind = to.vfsPath().inode().kind();
    boolean takesPart =
        to.operations() instanceof SpliceWritableFile
            || (isStored(kind) && to.operations() instanceof WritableFile);
    if (!takesPart) {
      throw failure(Errno.EINVAL, to, "nothing is copied to a " + kind + " of this kind");
    }
    return to.waiting(() -> to.write(piece, at));
  }

  private static boolean isStored(FileKind kind) {
    return kind == FileKind.REGULAR || kind == FileKind.BLOCK_DEVICE;
  }

  private static void requireRange(OpenFileDescription file, long at, long count)
      throws ErrnoException {
    if (count < 0 || at < 0 || at + count < 0) {
      throw failure(Errno.EINVAL, file, "%d bytes at %d".formatted(count, at));
    }
  }

  private static ErrnoException failure(Errno errno, OpenFileDescription file, String why) {
    return ErrnoException.byRule(
        "FILE-12", errno, "sendfile: %s: %s".formatted(file.vfsPath(), why));
  }
}
