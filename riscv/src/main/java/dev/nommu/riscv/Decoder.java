package dev.nommu.riscv;

/** Decodes 32-bit instructions as listed in the tables of the unprivileged specification. */
final class Decoder {
  private static final int[] IMMEDIATE = {
    Op.ADDI, Op.SLLI, Op.SLTI, Op.SLTIU, Op.XORI, Op.SRLI, Op.ORI, Op.ANDI
  };
  private static final int[] REGISTERS = {
    Op.ADD, Op.SLL, Op.SLT, Op.SLTU, Op.XOR, Op.SRL, Op.OR, Op.AND
  };
  private static final int[] MULTIPLY = {
    Op.MUL, Op.MULH, Op.MULHSU, Op.MULHU, Op.DIV, Op.DIVU, Op.REM, Op.REMU
  };
  private static final int[] BRANCH = {
    Op.BEQ, Op.BNE, Op.ILLEGAL, Op.ILLEGAL, Op.BLT, Op.BGE, Op.BLTU, Op.BGEU
  };
  private static final int[] LOAD = {
    Op.LB, Op.LH, Op.LW, Op.LD, Op.LBU, Op.LHU, Op.LWU, Op.ILLEGAL
  };
  private static final int[] STORE = {
    Op.SB, Op.SH, Op.SW, Op.SD, Op.ILLEGAL, Op.ILLEGAL, Op.ILLEGAL, Op.ILLEGAL
  };
  private static final int[] CSR = {
    Op.ILLEGAL, Op.CSRRW, Op.CSRRS, Op.CSRRC, Op.ILLEGAL, Op.CSRRWI, Op.CSRRSI, Op.CSRRCI
  };
  private static final int SINGLE = 2;
  private static final int DOUBLE = 3;
  private static final int ALTERNATE = 0x20;
  private static final int ECALL = 0x0000_0073;
  private static final int EBREAK = 0x0010_0073;

  private final int bits;

  private Decoder(int bits) {
    this.bits = bits;
  }

  /**
   * Returns what an instruction does.
   *
   * @param bits its encoding, with 3 in the low 2 bits
   */
  static Instruction decode(int bits) {
    return new Decoder(bits).decode();
  }

  private Instruction decode() {
    return switch (bits & 0x7f) {
      case 0x03 -> toX(LOAD[function3()], signed12());
      case 0x07 -> loadFloat();
      case 0x0f -> fence();
      case 0x13 -> immediate();
      case 0x17 -> toX(Op.AUIPC, bits & 0xffff_f000);
      case 0x1b -> immediate32();
      case 0x23 -> store(STORE[function3()]);
      case 0x27 -> storeFloat();
      case 0x2f -> atomic();
      case 0x33 -> registers();
      case 0x37 -> toX(Op.LUI, bits & 0xffff_f000);
      case 0x3b -> registers32();
      case 0x43, 0x47, 0x4b, 0x4f, 0x53 -> new FloatDecoder(bits).decode();
      case 0x63 ->
          new Instruction(BRANCH[function3()], 0, rs1(), rs2(), BranchOffset.ofBranch(bits));
      case 0x67 -> function3() == 0 ? toX(Op.JALR, signed12()) : Instruction.illegal();
      case 0x6f -> toX(Op.JAL, BranchOffset.ofJump(bits));
      case 0x73 -> system();
      default -> Instruction.illegal();
    };
  }

  private Instruction immediate() {
    int shift = bits >>> 20 & 63;
    return switch (function3()) {
      case 1 -> bits >>> 26 == 0 ? toX(Op.SLLI, shift) : Instruction.illegal();
      case 5 ->
          switch (bits >>> 26) {
            case 0 -> toX(Op.SRLI, shift);
            case ALTERNATE >> 1 -> toX(Op.SRAI, shift);
            default -> Instruction.illegal();
          };
      default -> toX(IMMEDIATE[function3()], signed12());
    };
  }

  private Instruction immediate32() {
    return switch (function3() | function7() << 3) {
      case 1 -> toX(Op.SLLIW, rs2());
      case 5 -> toX(Op.SRLIW, rs2());
      case 5 | ALTERNATE << 3 -> toX(Op.SRAIW, rs2());
      default -> function3() == 0 ? toX(Op.ADDIW, signed12()) : Instruction.illegal();
    };
  }

  private Instruction registers() {
    return switch (function7()) {
      case 0 -> toX(REGISTERS[function3()], 0);
      case 1 -> toX(MULTIPLY[function3()], 0);
      case ALTERNATE ->
          switch (function3()) {
            case 0 -> toX(Op.SUB, 0);
            case 5 -> toX(Op.SRA, 0);
            default -> Instruction.illegal();
          };
      default -> Instruction.illegal();
    };
  }

  private Instruction registers32() {
    int op =
        switch (function3() | function7() << 3) {
          case 0 -> Op.ADDW;
          case 1 -> Op.SLLW;
          case 5 -> Op.SRLW;
          case 8 -> Op.MULW;
          case 12 -> Op.DIVW;
          case 13 -> Op.DIVUW;
          case 14 -> Op.REMW;
          case 15 -> Op.REMUW;
          case ALTERNATE << 3 -> Op.SUBW;
          case 5 | ALTERNATE << 3 -> Op.SRAW;
          default -> Op.ILLEGAL;
        };
    return toX(op, 0);
  }

  private Instruction store(int op) {
    return new Instruction(op, rs2(), rs1(), 0, bits >> 25 << 5 | rd());
  }

  private Instruction loadFloat() {
    return switch (function3()) {
      case SINGLE -> new Instruction(Op.FLW, rd(), rs1(), 0, signed12());
      case DOUBLE -> new Instruction(Op.FLD, rd(), rs1(), 0, signed12());
      default -> Instruction.illegal();
    };
  }

  private Instruction storeFloat() {
    return switch (function3()) {
      case SINGLE -> store(Op.FSW);
      case DOUBLE -> store(Op.FSD);
      default -> Instruction.illegal();
    };
  }

  /** Ignores the unused fields, as the specification requires. */
  private Instruction fence() {
    return switch (function3()) {
      case 0 -> new Instruction(Op.FENCE, 0, 0, 0, 0);
      case 1 -> new Instruction(Op.FENCE_I, 0, 0, 0, 0);
      default -> Instruction.illegal();
    };
  }

  private Instruction atomic() {
    int op =
        switch (bits >>> 27) {
          case 0 -> Op.AMOADD;
          case 1 -> Op.AMOSWAP;
          case 2 -> rs2() == 0 ? Op.LR : Op.ILLEGAL;
          case 3 -> Op.SC;
          case 4 -> Op.AMOXOR;
          case 8 -> Op.AMOOR;
          case 12 -> Op.AMOAND;
          case 16 -> Op.AMOMIN;
          case 20 -> Op.AMOMAX;
          case 24 -> Op.AMOMINU;
          case 28 -> Op.AMOMAXU;
          default -> Op.ILLEGAL;
        };
    return switch (function3()) {
      case SINGLE -> toX(op, 0);
      case DOUBLE -> op == Op.ILLEGAL ? Instruction.illegal() : toX(op + 1, 0);
      default -> Instruction.illegal();
    };
  }

  private Instruction system() {
    return switch (bits) {
      case ECALL -> new Instruction(Op.ECALL, 0, 0, 0, 0);
      case EBREAK -> new Instruction(Op.EBREAK, 0, 0, 0, 0);
      default -> Csr.checked(toX(CSR[function3()], bits >>> 20));
    };
  }

  private Instruction toX(int op, int immediate) {
    return Instruction.toX(op, rd(), rs1(), rs2(), immediate);
  }

  private int rd() {
    return bits >>> 7 & 31;
  }

  private int rs1() {
    return bits >>> 15 & 31;
  }

  private int rs2() {
    return bits >>> 20 & 31;
  }

  private int function3() {
    return bits >>> 12 & 7;
  }

  private int function7() {
    return bits >>> 25;
  }

  private int signed12() {
    return bits >> 20;
  }
}
