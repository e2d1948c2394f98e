package dev.nommu.cli.fit;

import java.nio.ByteBuffer;

/**
 * A flat executable (rule EXEC-02) whose text and data are zeros.
 *
 * @param text bytes behind the header
 * @param data bytes
 * @param bss bytes
 * @param stack bytes
 * @param flags 0, or {@link #RAM}
 */
record FlatProgram(int text, int data, int bss, int stack, int flags) {
  /** All of it lies in one block of RAM. */
  static final int RAM = 1;

  private static final int HEADER = 64;
  private static final int MAGIC = 0x62464c54;
  private static final int REVISION = 4;

  /** A program whose text is mapped. */
  FlatProgram(int text, int data, int bss, int stack) {
    this(text, data, bss, stack, 0);
  }

  /** Returns a program that is one block of so many pages. */
  static FlatProgram ofPages(int pages) {
    return new FlatProgram(1000, 0, (pages - 1) * 4096, 1000, RAM);
  }

  byte[] bytes() {
    int dataStart = HEADER + text;
    int dataEnd = dataStart + data;
    return ByteBuffer.allocate(dataEnd)
        .putInt(MAGIC)
        .putInt(REVISION)
        .putInt(HEADER)
        .putInt(dataStart)
        .putInt(dataEnd)
        .putInt(dataEnd + bss)
        .putInt(stack)
        .putInt(dataEnd)
        .putInt(0)
        .putInt(flags)
        .array();
  }
}
