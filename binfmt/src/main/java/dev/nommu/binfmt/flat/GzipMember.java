package dev.nommu.binfmt.flat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Executable;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A gzip member (RFC 1952) within a file. Its checksum is ignored. Not thread-safe. */
final class GzipMember {
  private static final int BUFFER = 4096;
  private static final int FIXED_HEADER = 10;
  private static final int DEFLATED = 8;
  private static final int FHCRC = 2;
  private static final int FEXTRA = 4;
  private static final int FNAME = 8;
  private static final int FCOMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final Executable file;
  private final long start;
  private final MemorySegment buffer = MemorySegment.ofArray(new byte[BUFFER]);

  GzipMember(Executable file, long start) {
    this.file = file;
    this.start = start;
  }

  /**
   * Inflates the whole member.
   *
   * @param into the memory that it must fit into; the rest is unchanged
   * @throws ErrnoException ENOEXEC if it is not a gzip member, corrupt, or too long
   */
  void inflate(MemorySegment into) throws ErrnoException {
    long filled = file.read(buffer, start);
    int header = headerLength(filled);
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(bytes(header, filled));
      inflate(inflater, into.asByteBuffer(), start + filled);
    } catch (DataFormatException broken) {
      throw wrong("corrupt data: " + broken.getMessage());
    }
  }

  private void inflate(Inflater inflater, ByteBuffer into, long from)
      throws ErrnoException, DataFormatException {
    long position = from;
    while (!inflater.finished()) {
      int count = inflater.inflate(into);
      if (count > 0 || inflater.finished()) {
        continue;
      }
      if (!inflater.needsInput()) {
        throw wrong("more data than the header of the executable states");
      }
      long filled = file.read(buffer, position);
      if (filled == 0) {
        throw wrong("the data ends at 0x%x before the stream does".formatted(position));
      }
      inflater.setInput(bytes(0, filled));
      position += filled;
    }
  }

  private ByteBuffer bytes(int from, long to) {
    return buffer.asSlice(from, to - from).asByteBuffer();
  }

  private int headerLength(long filled) throws ErrnoException {
    if (filled < FIXED_HEADER
        || at(0) != 0x1f
        || at(1) != 0x8b
        || at(2) != DEFLATED
        || (at(3) & RESERVED) != 0) {
      throw wrong("expected the header of a gzip member");
    }
    int flags = at(3);
    int end = FIXED_HEADER;
    if ((flags & FEXTRA) != 0) {
      end += 2 + at(end) + (at(end + 1) << Byte.SIZE);
    }
    end = (flags & FNAME) != 0 ? behindZero(end) : end;
    end = (flags & FCOMMENT) != 0 ? behindZero(end) : end;
    end += (flags & FHCRC) != 0 ? 2 : 0;
    if (end > filled) {
      throw wrong("its header is truncated");
    }
    return end;
  }

  private int behindZero(int from) throws ErrnoException {
    int end = from;
    while (at(end) != 0) {
      end++;
    }
    return end + 1;
  }

  private int at(int offset) throws ErrnoException {
    if (offset >= BUFFER) {
      throw wrong("its header has more than %d bytes".formatted(BUFFER));
    }
    return buffer.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
  }

  private ErrnoException wrong(String what) {
    return new ErrnoException(
        Errno.ENOEXEC,
        "execve %s: compressed data at 0x%x: %s".formatted(file.path(), start, what));
  }
}
