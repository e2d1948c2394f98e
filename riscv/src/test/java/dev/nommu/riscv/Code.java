package dev.nommu.riscv;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Machine code that grows; instructions are encoded from their fields. */
final class Code {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final long start;

  Code(long start) {
    this.start = start;
  }

  /** Returns the address of the next instruction. */
  long here() {
    return start + bytes.size();
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  Code half(int bits) {
    bytes.write(bits);
    bytes.write(bits >>> 8);
    return this;
  }

  Code word(int bits) {
    return half(bits).half(bits >>> 16);
  }

  Code doubleWord(long bits) {
    return word((int) bits).word((int) (bits >>> 32));
  }

  Code bytes(byte[] more) {
    bytes.writeBytes(more);
    return this;
  }

  /** Appends numbers, and zeros up to a size in bytes. */
  Code pool(List<Long> numbers, int size) {
    if (8 * numbers.size() > size) {
      throw new IllegalArgumentException(numbers.size() + " numbers in a pool of " + size);
    }
    numbers.forEach(this::doubleWord);
    return bytes(new byte[size - 8 * numbers.size()]);
  }

  Code align(int to) {
    while (here() % to != 0) {
      half(1);
    }
    return this;
  }

  Code addi(int rd, int rs1, int immediate) {
    return i(0x13, rd, rs1, immediate);
  }

  Code ld(int rd, int rs1, int offset) {
    return i(0x3003, rd, rs1, offset);
  }

  Code fld(int rd, int rs1, int offset) {
    return i(0x3007, rd, rs1, offset);
  }

  Code sd(int rs2, int rs1, int offset) {
    return s(0x3023, rs1, rs2, offset);
  }

  Code jal(int rd, int offset) {
    return word(jump(0x6f, offset) | rd << 7);
  }

  Code jalr(int rd, int rs1, int offset) {
    return i(0x67, rd, rs1, offset);
  }

  Code ecall() {
    return word(0x73);
  }

  /** Loads any value by shifts and additions. */
  Code li(int rd, long value) {
    if (value == (int) value) {
      int low = (int) value << 20 >> 20;
      return word(((int) value - low) & 0xffff_f000 | rd << 7 | 0x37).i(0x1b, rd, rd, low);
    }
    long low = value << 52 >> 52;
    return li(rd, (value - low) >> 12)
        .word(12 << 20 | rd << 15 | 0x1013 | rd << 7)
        .addi(rd, rd, (int) low);
  }

  Code i(int opcode, int rd, int rs1, int immediate) {
    return word(immediate << 20 | rs1 << 15 | rd << 7 | opcode);
  }

  Code s(int opcode, int rs1, int rs2, int offset) {
    return word(store(opcode, offset) | rs1 << 15 | rs2 << 20);
  }

  static int store(int opcode, int offset) {
    return (offset >> 5) << 25 | (offset & 31) << 7 | opcode;
  }

  static int branch(int opcode, int offset) {
    return (offset >> 12) << 31
        | (offset >> 5 & 0x3f) << 25
        | (offset >> 1 & 0xf) << 8
        | (offset >> 11 & 1) << 7
        | opcode;
  }

  static int jump(int opcode, int offset) {
    return (offset >> 20) << 31
        | (offset >> 1 & 0x3ff) << 21
        | (offset >> 11 & 1) << 20
        | (offset >> 12 & 0xff) << 12
        | opcode;
  }
}
