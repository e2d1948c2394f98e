package dev.nommu.riscv;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Words of a segment, little-endian and unaligned; loads are sign-extended. */
final class PlainWords {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private PlainWords() {}

  static long getByte(MemorySegment from, long offset) {
    return from.get(ValueLayout.JAVA_BYTE, offset);
  }

  static long getShort(MemorySegment from, long offset) {
    return from.get(SHORT, offset);
  }

  static long getInt(MemorySegment from, long offset) {
    return from.get(INT, offset);
  }

  static long getLong(MemorySegment from, long offset) {
    return from.get(LONG, offset);
  }

  static void setByte(MemorySegment to, long offset, long value) {
    to.set(ValueLayout.JAVA_BYTE, offset, (byte) value);
  }

  static void setShort(MemorySegment to, long offset, long value) {
    to.set(SHORT, offset, (short) value);
  }

  static void setInt(MemorySegment to, long offset, long value) {
    to.set(INT, offset, (int) value);
  }

  static void setLong(MemorySegment to, long offset, long value) {
    to.set(LONG, offset, value);
  }
}
