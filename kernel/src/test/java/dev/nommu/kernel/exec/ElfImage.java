package dev.nommu.kernel.exec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An ELF file, made header by header. */
final class ElfImage {
  static final int ET_EXEC = 2;
  static final int ET_DYN = 3;
  static final int PT_LOAD = 1;
  static final int PT_DYNAMIC = 2;
  static final int PT_INTERP = 3;
  static final int PT_GNU_STACK = 0x6474e551;
  static final int R = 4;
  static final int W = 2;
  static final int X = 1;

  private static final int EM_ARM = 40;
  private static final int EM_RISCV = 243;
  private static final int FDPIC = 65;

  private record Header(
      int type, int flags, long offset, long address, long fileSize, long memorySize) {}

  private record Content(int offset, byte[] bytes) {}

  private final boolean wide;
  private final int machine;
  private final int osAbi;
  private int type;
  private int flags;
  private long entry;
  private final List<Header> headers = new ArrayList<>();
  private final List<Content> contents = new ArrayList<>();

  private ElfImage(boolean wide, int machine, int osAbi, int type) {
    this.wide = wide;
    this.machine = machine;
    this.osAbi = osAbi;
    this.type = type;
  }

  /** Begins a 32-bit FDPIC file for ARM. */
  static ElfImage fdpic() {
    return new ElfImage(false, EM_ARM, FDPIC, ET_EXEC);
  }

  /** Begins a 64-bit position-independent file for RISC-V. */
  static ElfImage pie() {
    return new ElfImage(true, EM_RISCV, 0, ET_DYN);
  }

  ElfImage type(int number) {
    type = number;
    return this;
  }

  ElfImage flags(int bits) {
    flags = bits;
    return this;
  }

  ElfImage entry(long address) {
    entry = address;
    return this;
  }

  /** Adds a segment with its contents in the file. */
  ElfImage load(int protection, int offset, long address, long memorySize, byte... content) {
    return header(PT_LOAD, protection, offset, address, content.length, memorySize)
        .content(offset, content);
  }

  /** Adds the path of an interpreter. */
  ElfImage interpreter(int offset, String path) {
    byte[] bytes = (path + "\0").getBytes();
    return header(PT_INTERP, R, offset, 0, bytes.length, bytes.length).content(offset, bytes);
  }

  /** Adds a requested stack size. */
  ElfImage stack(int protection, long size) {
    return header(PT_GNU_STACK, protection, 0, 0, 0, size);
  }

  ElfImage header(
      int kind, int protection, long offset, long address, long fileSize, long memorySize) {
    headers.add(new Header(kind, protection, offset, address, fileSize, memorySize));
    return this;
  }

  ElfImage content(int offset, byte... bytes) {
    contents.add(new Content(offset, bytes));
    return this;
  }

  byte[] bytes() {
    int table = wide ? 64 : 52;
    int size = headers.size() * (wide ? 56 : 32);
    int end = table + size;
    for (Content content : contents) {
      end = Math.max(end, content.offset() + content.bytes().length);
    }
    ByteBuffer file = ByteBuffer.allocate(end).order(ByteOrder.LITTLE_ENDIAN);
    contents.forEach(content -> file.put(content.offset(), content.bytes()));
    putHeader(file, table);
    headers.forEach(header -> putProgramHeader(file, header));
    return file.array();
  }

  private void putHeader(ByteBuffer file, int table) {
    file.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1), 1, 1, (byte) osAbi});
    file.position(16).putShort((short) type).putShort((short) machine).putInt(1);
    word(file, entry);
    word(file, table);
    word(file, 0);
    file.putInt(flags).putShort((short) table).putShort((short) (wide ? 56 : 32));
    file.putShort((short) headers.size()).position(table);
  }

  private void putProgramHeader(ByteBuffer file, Header header) {
    file.putInt(header.type());
    if (wide) {
      file.putInt(header.flags());
    }
    word(file, header.offset());
    word(file, header.address());
    word(file, header.address());
    word(file, header.fileSize());
    word(file, header.memorySize());
    if (!wide) {
      file.putInt(header.flags());
    }
    word(file, 4096);
  }

  private void word(ByteBuffer file, long value) {
    if (wide) {
      file.putLong(value);
    } else {
      file.putInt((int) value);
    }
  }

  /** Returns bytes of one value. */
  static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
