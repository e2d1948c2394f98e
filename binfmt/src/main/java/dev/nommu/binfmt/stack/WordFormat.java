package dev.nommu.binfmt.stack;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The machine words of a program.
 *
 * @param size the size of a word in bytes: 4 or 8
 * @param order the byte order of a word
 */
public record WordFormat(int size, ByteOrder order) {
  /** The words of a 64-bit little-endian machine. */
  public static final WordFormat LITTLE_64 = new WordFormat(Long.BYTES, ByteOrder.LITTLE_ENDIAN);

  /** Returns the unsigned word at an offset of a segment. */
  public long get(MemorySegment from, long offset) {
    return size == Long.BYTES ? get64(from, offset) : get32(from, offset);
  }

  /** Returns eight bytes of a segment. */
  public long get64(MemorySegment from, long offset) {
    return from.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), offset);
  }

  /** Returns four bytes of a segment, unsigned. */
  public long get32(MemorySegment from, long offset) {
    return from.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), offset) & 0xffff_ffffL;
  }

  /** Returns two bytes of a segment, unsigned. */
  public int get16(MemorySegment from, long offset) {
    return from.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), offset) & 0xffff;
  }

  /**
   * Sets the word at an offset of a segment.
   *
   * @throws ErrnoException ENOMEM if it does not fit: the program cannot represent the address
   */
  public void set(MemorySegment into, long offset, long value) throws ErrnoException {
    if (size == Long.BYTES) {
      into.set(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), offset, value);
    } else {
      set32(into, offset, value);
    }
  }

  /**
   * Sets four bytes of a segment.
   *
   * @throws ErrnoException ENOMEM if the value does not fit
   */
  public void set32(MemorySegment into, long offset, long value) throws ErrnoException {
    if (value >>> Integer.SIZE != 0) {
      throw new ErrnoException(
          Errno.ENOMEM, "execve: 0x%x does not fit the program's 32-bit words".formatted(value));
    }
    into.set(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), offset, (int) value);
  }

  /** Sets two bytes of a segment. */
  public void set16(MemorySegment into, long offset, int value) {
    into.set(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), offset, (short) value);
  }
}
