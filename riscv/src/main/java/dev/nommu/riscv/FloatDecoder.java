package dev.nommu.riscv;

/** Decodes instructions of the F and D extensions, except loads and stores. */
final class FloatDecoder {
  private static final int[] SIGN = {Op.FSGNJ, Op.FSGNJN, Op.FSGNJX};
  private static final int[] SELECT = {Op.FMIN, Op.FMAX};
  private static final int[] COMPARE = {Op.FLE, Op.FLT, Op.FEQ};
  private static final int[] FROM_INTEGER = {
    Op.FCVT_FROM_W, Op.FCVT_FROM_WU, Op.FCVT_FROM_L, Op.FCVT_FROM_LU
  };
  private static final int[] TO_INTEGER = {Op.FCVT_W, Op.FCVT_WU, Op.FCVT_L, Op.FCVT_LU};

  private final int bits;
  private final int rd;
  private final int rs1;
  private final int rs2;

  /** The rounding mode, if the instruction has one. */
  private final int function3;

  FloatDecoder(int bits) {
    this.bits = bits;
    this.rd = bits >>> 7 & 31;
    this.rs1 = bits >>> 15 & 31;
    this.rs2 = bits >>> 20 & 31;
    this.function3 = bits >>> 12 & 7;
  }

  Instruction decode() {
    if (format() > 1) {
      return Instruction.illegal();
    }
    return switch (bits & 0x7f) {
      case 0x43 -> fused(Op.FMADD);
      case 0x47 -> fused(Op.FMSUB);
      case 0x4b -> fused(Op.FNMSUB);
      case 0x4f -> fused(Op.FNMADD);
      default -> operation();
    };
  }

  private int format() {
    return bits >>> 25 & 3;
  }

  private Instruction fused(int op) {
    return rounded(op, function3 | bits >>> 27 << 3);
  }

  private Instruction operation() {
    return switch (bits >>> 27) {
      case 0x00 -> rounded(Op.FADD, function3);
      case 0x01 -> rounded(Op.FSUB, function3);
      case 0x02 -> rounded(Op.FMUL, function3);
      case 0x03 -> rounded(Op.FDIV, function3);
      case 0x0b -> rs2 == 0 ? rounded(Op.FSQRT, function3) : Instruction.illegal();
      case 0x04 -> toF(chosen(SIGN, function3));
      case 0x05 -> toF(chosen(SELECT, function3));
      case 0x08 ->
          rs2 == (format() ^ 1) ? rounded(Op.FCVT_FLOAT, function3) : Instruction.illegal();
      case 0x1a -> rounded(chosen(FROM_INTEGER, rs2), function3);
      case 0x1e -> rs2 == 0 && function3 == 0 ? toF(Op.FMV_FROM_X) : Instruction.illegal();
      default -> operationToX();
    };
  }

  private Instruction operationToX() {
    return switch (bits >>> 27) {
      case 0x14 -> toX(chosen(COMPARE, function3));
      case 0x18 -> hasRounding() ? toX(chosen(TO_INTEGER, rs2)) : Instruction.illegal();
      case 0x1c ->
          switch (rs2 << 3 | function3) {
            case 0 -> toX(Op.FMV_TO_X);
            case 1 -> toX(Op.FCLASS);
            default -> Instruction.illegal();
          };
      default -> Instruction.illegal();
    };
  }

  private static int chosen(int[] ops, int index) {
    return index < ops.length ? ops[index] : Op.ILLEGAL;
  }

  /** Modes 5 and 6 are reserved; 7 selects frm. */
  private boolean hasRounding() {
    return function3 != 5 && function3 != 6;
  }

  private Instruction rounded(int op, int immediate) {
    return hasRounding() ? instruction(op, rd, immediate) : Instruction.illegal();
  }

  private Instruction toF(int op) {
    return instruction(op, rd, 0);
  }

  private Instruction toX(int op) {
    return instruction(op, rd == 0 ? Instruction.NOWHERE : rd, function3);
  }

  private Instruction instruction(int op, int d, int immediate) {
    return op == Op.ILLEGAL
        ? Instruction.illegal()
        : new Instruction(op + format(), d, rs1, rs2, immediate);
  }
}
