package dev.nommu.kernel.task;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.UserMemory;
import dev.nommu.kernel.parts.Subsystems;
import dev.nommu.kernel.vfs.OpenFileDescription;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls of a task that move data between an open file and several pieces of memory, each given
 * by a {@code struct iovec}: a base and a length of 64 bits (rule FILE-08). The pieces are
 * transferred in order. Any thread may make them.
 */
public final class VectorCalls {
  /** UIO_MAXIOV. */
  private static final int MOST = 1024;

  private static final long ENTRY = 2L * Long.BYTES;
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final TaskLife life;
  private final UserMemory toLoad;
  private final UserMemory toStore;

  VectorCalls(TaskLife life, Subsystems kernel) {
    this.life = life;
    ReachedMemory memory = new ReachedMemory(life, kernel);
    this.toLoad = memory.toLoad();
    this.toStore = memory.toStore();
  }

  /**
   * The bytes to transfer.
   *
   * @param address of the first entry
   * @param count the number of entries
   * @param pieces the memory of the entries
   */
  private record Vector(long address, int count, UserMemory pieces) {}

  /** Transfers one piece. */
  private interface Step {
    long move(OpenFileDescription file, MemorySegment piece, long before) throws ErrnoException;
  }

  /**
   * Reads at the position of a file.
   *
   * @param vector the address of the first entry
   * @param count the number of entries
   * @return bytes, fewer than asked for at the end of the file or if a later piece fails
   * @throws ErrnoException as {@link Task#read}; EINVAL for more than 1024 entries; EFAULT
   */
  public long readv(int descriptor, long vector, int count) throws ErrnoException {
    return move(
        descriptor, new Vector(vector, count, toStore), (file, piece, before) -> file.read(piece));
  }

  /**
   * Writes at the position of a file, as {@link #readv}.
   *
   * @throws ErrnoException as {@link Task#write}; EINVAL for more than 1024 entries; EFAULT
   */
  public long writev(int descriptor, long vector, int count) throws ErrnoException {
    return move(
        descriptor, new Vector(vector, count, toLoad), (file, piece, before) -> file.write(piece));
  }

  /**
   * Reads at an offset, as {@link #readv}.
   *
   * @throws ErrnoException as {@link Task#pread}; EINVAL for a negative position too
   */
  public long preadv(int descriptor, long vector, int count, long position) throws ErrnoException {
    requirePosition(position);
    return move(
        descriptor,
        new Vector(vector, count, toStore),
        (file, piece, before) -> file.read(piece, position + before));
  }

  /**
   * Writes at an offset, as {@link #readv}.
   *
   * @throws ErrnoException as {@link Task#pwrite}; EINVAL for a negative position too
   */
  public long pwritev(int descriptor, long vector, int count, long position) throws ErrnoException {
    requirePosition(position);
    return move(
        descriptor,
        new Vector(vector, count, toLoad),
        (file, piece, before) -> file.write(piece, position + before));
  }

  private static void requirePosition(long position) throws ErrnoException {
    if (position < 0) {
      throw new ErrnoException(Errno.EINVAL, "a vector at the position " + position);
    }
  }

  private long move(int descriptor, Vector vector, Step step) throws ErrnoException {
    return life.entry()
        .call(() -> {
          OpenFileDescription file = life.belongings().files().requireUsable(descriptor);
          List<MemorySegment> pieces = pieces(vector);
          return file.waiting(() -> move(file, pieces, step));
        });
  }

  private List<MemorySegment> pieces(Vector vector) throws ErrnoException {
    int count = vector.count();
    if (count < 0 || count > MOST) {
      throw new ErrnoException(
          Errno.EINVAL, "a vector: expected 0 to %d entries, found %d".formatted(MOST, count));
    }
    List<MemorySegment> pieces = new ArrayList<>();
    MemorySegment entries =
        count == 0 ? MemorySegment.NULL : toLoad.at(vector.address(), count * ENTRY);
    for (long at = 0; at < count * ENTRY; at += ENTRY) {
      long length = entries.get(LONG, at + Long.BYTES);
      if (length < 0) {
        throw new ErrnoException(Errno.EINVAL, "a vector: a piece of the length " + length);
      }
      if (length > 0) {
        pieces.add(vector.pieces().at(entries.get(LONG, at), length));
      }
    }
    return pieces;
  }

  /** Bytes transferred before a failure count. */
  private static long move(OpenFileDescription file, List<MemorySegment> pieces, Step step)
      throws ErrnoException {
    long moved = 0;
    for (MemorySegment piece : pieces) {
      long now;
      try {
        now = step.move(file, piece, moved);
      } catch (ErrnoException failure) {
        if (moved == 0) {
          throw failure;
        }
        return moved;
      }
      moved += now;
      if (now < piece.byteSize()) {
        return moved;
      }
    }
    return moved;
  }
}
