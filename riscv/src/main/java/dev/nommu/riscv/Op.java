package dev.nommu.riscv;

/** Operation numbers: constants, so that a {@code switch} over them is a single jump. */
final class Op {
  static final int ADDI = 0;
  static final int SLTI = 1;
  static final int SLTIU = 2;
  static final int XORI = 3;
  static final int ORI = 4;
  static final int ANDI = 5;
  static final int SLLI = 6;
  static final int SRLI = 7;
  static final int SRAI = 8;
  static final int ADDIW = 9;
  static final int SLLIW = 10;
  static final int SRLIW = 11;
  static final int SRAIW = 12;

  static final int ADD = 13;
  static final int SUB = 14;
  static final int SLT = 15;
  static final int SLTU = 16;
  static final int XOR = 17;
  static final int OR = 18;
  static final int AND = 19;
  static final int ADDW = 20;
  static final int SUBW = 21;
  static final int MUL = 22;

  /** Loads its immediate. */
  static final int LUI = 23;

  /** Adds its immediate to the address of the block's first instruction. */
  static final int AUIPC = 24;

  static final int LB = 25;
  static final int LH = 26;
  static final int LW = 27;
  static final int LD = 28;
  static final int LBU = 29;
  static final int LHU = 30;
  static final int LWU = 31;
  static final int SB = 32;
  static final int SH = 33;
  static final int SW = 34;
  static final int SD = 35;
  static final int FLW = 36;
  static final int FLD = 37;
  static final int FSW = 38;
  static final int FSD = 39;

  /** From here to the next group: two integers in, one out. */
  static final int FIRST_ARITHMETIC = 40;

  static final int SLL = 40;
  static final int SRL = 41;
  static final int SRA = 42;
  static final int SLLW = 43;
  static final int SRLW = 44;
  static final int SRAW = 45;
  static final int MULW = 46;
  static final int MULH = 47;
  static final int MULHSU = 48;
  static final int MULHU = 49;
  static final int DIV = 50;
  static final int DIVU = 51;
  static final int REM = 52;
  static final int REMU = 53;
  static final int DIVW = 54;
  static final int DIVUW = 55;
  static final int REMW = 56;
  static final int REMUW = 57;

  /** From here to the next group: on 4 bytes; the next number is the same on 8. */
  static final int FIRST_ATOMIC = 58;

  static final int LR = 58;
  static final int SC = 60;
  static final int AMOSWAP = 62;
  static final int AMOADD = 64;
  static final int AMOXOR = 66;
  static final int AMOAND = 68;
  static final int AMOOR = 70;
  static final int AMOMIN = 72;
  static final int AMOMAX = 74;
  static final int AMOMINU = 76;
  static final int AMOMAXU = 78;

  /** From here to the next group: fences and CSRs. */
  static final int FIRST_SYSTEM = 80;

  static final int FENCE = 80;
  static final int CSRRW = 81;
  static final int CSRRS = 82;
  static final int CSRRC = 83;

  /** Up to CSRRCI: the source register's number is the operand. */
  static final int CSRRWI = 84;

  static final int CSRRSI = 85;
  static final int CSRRCI = 86;

  /**
   * From here to the end of the next group: in single precision; the next number is the same in
   * double.
   */
  static final int FIRST_FLOAT = 88;

  static final int FADD = 88;
  static final int FSUB = 90;
  static final int FMUL = 92;
  static final int FDIV = 94;
  static final int FSQRT = 96;
  static final int FMADD = 98;
  static final int FMSUB = 100;
  static final int FNMSUB = 102;
  static final int FNMADD = 104;
  static final int FSGNJ = 106;
  static final int FSGNJN = 108;
  static final int FSGNJX = 110;
  static final int FMIN = 112;
  static final int FMAX = 114;

  /** Converts to the precision of its number, from the other. */
  static final int FCVT_FLOAT = 116;

  static final int FCVT_FROM_W = 118;
  static final int FCVT_FROM_WU = 120;
  static final int FCVT_FROM_L = 122;
  static final int FCVT_FROM_LU = 124;
  static final int FMV_FROM_X = 126;

  /** From here to the next group: operations that write an integer register. */
  static final int FIRST_FLOAT_TO_X = 128;

  static final int FLE = 128;
  static final int FLT = 130;
  static final int FEQ = 132;
  static final int FCVT_W = 134;
  static final int FCVT_WU = 136;
  static final int FCVT_L = 138;
  static final int FCVT_LU = 140;
  static final int FMV_TO_X = 142;
  static final int FCLASS = 144;

  /** From here on: operations that end a block. */
  static final int FIRST_END = 146;

  static final int BEQ = 146;
  static final int BNE = 147;
  static final int BLT = 148;
  static final int BGE = 149;
  static final int BLTU = 150;
  static final int BGEU = 151;
  static final int JAL = 152;
  static final int JALR = 153;
  static final int FENCE_I = 154;

  /** Not an instruction: the next block follows. */
  static final int NEXT = 155;

  /** From here on: the hart stops. */
  static final int FIRST_STOP = 156;

  static final int ECALL = 156;
  static final int EBREAK = 157;
  static final int ILLEGAL = 158;

  private Op() {}
}
