package dev.nommu.kernel.vfs;

import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileNames;
import dev.nommu.api.ReadableFile;
import dev.nommu.kernel.plugin.FileCall;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Directory entries in the format of {@code getdents64}: consecutive {@code struct linux_dirent64}.
 */
final class Dirents {
  /** The bytes before the name: inode, position, length and kind. */
  private static final int HEADER = 19;

  private static final int ALIGNMENT = 8;
  private static final int SMALLEST = 24;
  private static final int MOST = 1 << 20;
  private static final int KIND_SHIFT = 12;

  private final ByteBuffer bytes;

  /** Creates a buffer for this many bytes, at most a mebibyte. */
  Dirents(long room) {
    this.bytes = ByteBuffer.allocate((int) Math.min(room, MOST)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns the most further entries that can fit, 1 or more. */
  int most() {
    return Math.max(1, bytes.remaining() / SMALLEST);
  }

  /** Adds an entry; returns false if there is no room for it. */
  boolean add(DirectoryEntry entry) {
    byte[] name = FileNames.encode(entry.name());
    int length = (HEADER + name.length + ALIGNMENT) & -ALIGNMENT;
    if (length > bytes.remaining()) {
      return false;
    }
    int end = bytes.position() + length;
    bytes.putLong(entry.inode()).putLong(entry.next()).putShort((short) length);
    bytes.put((byte) (entry.kind().modeBits() >> KIND_SHIFT)).put(name);
    bytes.position(end);
    return true;
  }

  /**
   * Returns a position if there is an entry.
   *
   * @throws ErrnoException EINVAL if there was no room for one
   */
  long requireSome(VfsPath directory, long position) throws ErrnoException {
    if (bytes.position() == 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "getdents of %s: no entry fits into %d bytes".formatted(directory, bytes.capacity()));
    }
    return position;
  }

  /** Stores the records; returns their length in bytes. EFAULT if they cannot be stored there. */
  long copyTo(MemorySegment into) throws ErrnoException {
    if (bytes.position() == 0) {
      return 0;
    }
    MemorySegment records = MemorySegment.ofArray(bytes.array()).asSlice(0, bytes.position());
    ReadableFile source =
        (room, start) -> {
          MemorySegment.copy(records, 0, room, 0, records.byteSize());
          return records.byteSize();
        };
    return FileCall.read(source, into, 0);
  }
}
