package dev.nommu.riscv;

/** The C extension: each of its encodings expands to a 32-bit instruction. */
final class Compressed {
  /** The expansion of a reserved encoding: also illegal. */
  static final int RESERVED = 0;

  private static final int LOAD = 0x03;
  private static final int LOAD_FP = 0x07;
  private static final int OP_IMM = 0x13;
  private static final int OP_IMM_32 = 0x1b;
  private static final int STORE = 0x23;
  private static final int STORE_FP = 0x27;
  private static final int OP = 0x33;
  private static final int LUI = 0x37;
  private static final int OP_32 = 0x3b;
  private static final int BRANCH = 0x63;
  private static final int JALR = 0x67;
  private static final int JAL = 0x6f;
  private static final int EBREAK = 0x0010_0073;

  private static final int WORD = 2;
  private static final int DOUBLE = 3;
  private static final int SP = 2;

  private Compressed() {}

  /** Returns the equivalent 32-bit instruction, or {@link #RESERVED}. */
  static int expand(int half) {
    return switch (half & 3) {
      case 0 -> quadrant0(half);
      case 1 -> quadrant1(half);
      default -> quadrant2(half);
    };
  }

  private static int quadrant0(int half) {
    int rd = small(half, 2);
    int rs1 = small(half, 7);
    int word = bits(half, 10, 3, 3) | bits(half, 6, 1, 2) | bits(half, 5, 1, 6);
    int twoWords = bits(half, 10, 3, 3) | bits(half, 5, 2, 6);
    return switch (half >>> 13) {
      case 0 -> addToSp(half, rd);
      case 1 -> i(LOAD_FP, rd, DOUBLE, rs1, twoWords);
      case 2 -> i(LOAD, rd, WORD, rs1, word);
      case 3 -> i(LOAD, rd, DOUBLE, rs1, twoWords);
      case 5 -> s(STORE_FP, DOUBLE, rs1, rd, twoWords);
      case 6 -> s(STORE, WORD, rs1, rd, word);
      case 7 -> s(STORE, DOUBLE, rs1, rd, twoWords);
      default -> RESERVED;
    };
  }

  private static int addToSp(int half, int rd) {
    int immediate =
        bits(half, 11, 2, 4) | bits(half, 7, 4, 6) | bits(half, 6, 1, 2) | bits(half, 5, 1, 3);
    return immediate == 0 ? RESERVED : i(OP_IMM, rd, 0, SP, immediate);
  }

  private static int quadrant1(int half) {
    int rd = half >>> 7 & 31;
    int immediate = signed(bits(half, 12, 1, 5) | bits(half, 2, 5, 0), 6);
    return switch (half >>> 13) {
      case 0 -> i(OP_IMM, rd, 0, rd, immediate);
      case 1 -> rd == 0 ? RESERVED : i(OP_IMM_32, rd, 0, rd, immediate);
      case 2 -> i(OP_IMM, rd, 0, 0, immediate);
      case 3 -> rd == SP ? moveSp(half) : lui(rd, immediate);
      case 4 -> arithmetic(half, immediate);
      case 5 -> jump(half);
      case 6 -> branch(half, 0);
      default -> branch(half, 1);
    };
  }

  private static int lui(int rd, int immediate) {
    return immediate == 0 ? RESERVED : immediate << 12 | rd << 7 | LUI;
  }

  private static int moveSp(int half) {
    int bits =
        bits(half, 12, 1, 9)
            | bits(half, 3, 2, 7)
            | bits(half, 5, 1, 6)
            | bits(half, 2, 1, 5)
            | bits(half, 6, 1, 4);
    return bits == 0 ? RESERVED : i(OP_IMM, SP, 0, SP, signed(bits, 10));
  }

  private static int arithmetic(int half, int immediate) {
    int rd = small(half, 7);
    return switch (half >>> 10 & 3) {
      case 0 -> i(OP_IMM, rd, 5, rd, immediate & 63);
      case 1 -> i(OP_IMM, rd, 5, rd, (immediate & 63) | 0x400);
      case 2 -> i(OP_IMM, rd, 7, rd, immediate);
      default -> registers(half, rd, small(half, 2));
    };
  }

  private static int registers(int half, int rd, int rs2) {
    return switch ((half >>> 10 & 4) | (half >>> 5 & 3)) {
      case 0 -> r(OP, rd, 0, rs2, 0x20);
      case 1 -> r(OP, rd, 4, rs2, 0);
      case 2 -> r(OP, rd, 6, rs2, 0);
      case 3 -> r(OP, rd, 7, rs2, 0);
      case 4 -> r(OP_32, rd, 0, rs2, 0x20);
      case 5 -> r(OP_32, rd, 0, rs2, 0);
      default -> RESERVED;
    };
  }

  private static int jump(int half) {
    int bits =
        bits(half, 12, 1, 11)
            | bits(half, 8, 1, 10)
            | bits(half, 9, 2, 8)
            | bits(half, 6, 1, 7)
            | bits(half, 7, 1, 6)
            | bits(half, 2, 1, 5)
            | bits(half, 11, 1, 4)
            | bits(half, 3, 3, 1);
    int offset = signed(bits, 12);
    int immediate =
        bits(offset, 20, 1, 31)
            | bits(offset, 1, 10, 21)
            | bits(offset, 11, 1, 20)
            | bits(offset, 12, 8, 12);
    return immediate | JAL;
  }

  private static int branch(int half, int condition) {
    int bits =
        bits(half, 12, 1, 8)
            | bits(half, 5, 2, 6)
            | bits(half, 2, 1, 5)
            | bits(half, 10, 2, 3)
            | bits(half, 3, 2, 1);
    int offset = signed(bits, 9);
    int immediate =
        bits(offset, 12, 1, 31)
            | bits(offset, 5, 6, 25)
            | bits(offset, 1, 4, 8)
            | bits(offset, 11, 1, 7);
    return immediate | small(half, 7) << 15 | condition << 12 | BRANCH;
  }

  private static int quadrant2(int half) {
    int rd = half >>> 7 & 31;
    int rs2 = half >>> 2 & 31;
    int word = bits(half, 12, 1, 5) | bits(half, 4, 3, 2) | bits(half, 2, 2, 6);
    int twoWords = bits(half, 12, 1, 5) | bits(half, 5, 2, 3) | bits(half, 2, 3, 6);
    int toWord = bits(half, 9, 4, 2) | bits(half, 7, 2, 6);
    int toTwoWords = bits(half, 10, 3, 3) | bits(half, 7, 3, 6);
    return switch (half >>> 13) {
      case 0 -> i(OP_IMM, rd, 1, rd, bits(half, 12, 1, 5) | rs2);
      case 1 -> i(LOAD_FP, rd, DOUBLE, SP, twoWords);
      case 2 -> rd == 0 ? RESERVED : i(LOAD, rd, WORD, SP, word);
      case 3 -> rd == 0 ? RESERVED : i(LOAD, rd, DOUBLE, SP, twoWords);
      case 4 -> (half & 0x1000) == 0 ? jumpOrMove(rd, rs2) : jumpOrAdd(rd, rs2);
      case 5 -> s(STORE_FP, DOUBLE, SP, rs2, toTwoWords);
      case 6 -> s(STORE, WORD, SP, rs2, toWord);
      default -> s(STORE, DOUBLE, SP, rs2, toTwoWords);
    };
  }

  private static int jumpOrMove(int rd, int rs2) {
    if (rs2 != 0) {
      return rs2 << 20 | rd << 7 | OP;
    }
    return rd == 0 ? RESERVED : i(JALR, 0, 0, rd, 0);
  }

  private static int jumpOrAdd(int rd, int rs2) {
    if (rs2 != 0) {
      return r(OP, rd, 0, rs2, 0);
    }
    return rd == 0 ? EBREAK : i(JALR, 1, 0, rd, 0);
  }

  /** Returns {@code count} bits from {@code from} on, moved to {@code to}. */
  private static int bits(int value, int from, int count, int to) {
    return ((value >>> from) & ((1 << count) - 1)) << to;
  }

  private static int signed(int value, int bits) {
    return (value << (32 - bits)) >> (32 - bits);
  }

  /** Returns one of x8 to x15. */
  private static int small(int half, int at) {
    return ((half >>> at) & 7) + 8;
  }

  private static int i(int opcode, int rd, int function, int rs1, int immediate) {
    return immediate << 20 | rs1 << 15 | function << 12 | rd << 7 | opcode;
  }

  private static int s(int opcode, int function, int rs1, int rs2, int immediate) {
    return immediate >>> 5 << 25
        | rs2 << 20
        | rs1 << 15
        | function << 12
        | (immediate & 31) << 7
        | opcode;
  }

  private static int r(int opcode, int rd, int function, int rs2, int function7) {
    return function7 << 25 | rs2 << 20 | rd << 15 | function << 12 | rd << 7 | opcode;
  }
}
