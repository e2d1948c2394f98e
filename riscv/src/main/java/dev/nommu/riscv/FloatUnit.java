package dev.nommu.riscv;

/** The F and D extensions, except loads and stores. */
final class FloatUnit {
  private static final int DYNAMIC = 7;

  private final Registers registers;
  private final Rounding rounding = new Rounding();
  private final FloatFormat[] formats = {FloatFormat.SINGLE, FloatFormat.DOUBLE};
  private final FloatArithmetic[] arithmetic = new FloatArithmetic[2];
  private final FloatConversions[] conversions = new FloatConversions[2];
  private final FloatComparison[] comparisons = new FloatComparison[2];

  FloatUnit(Registers registers) {
    this.registers = registers;
    for (int i = 0; i < formats.length; i++) {
      arithmetic[i] = new FloatArithmetic(formats[i], rounding);
      conversions[i] = new FloatConversions(formats[i], rounding);
      comparisons[i] = new FloatComparison(formats[i], rounding);
    }
  }

  /**
   * Executes an operation from {@link Op#FADD} on.
   *
   * @param immediate the rounding mode in the low 3 bits, the number of a third source above; 0 to
   *     2 in an operation that does not round
   */
  void execute(int op, int d, int a, int b, int immediate) throws ReservedRounding {
    int mode = (immediate & 7) == DYNAMIC ? registers.rounding : immediate & 7;
    if (mode > Rounding.TO_NEAREST_AWAY) {
      throw new ReservedRounding();
    }
    if (op < Op.FSGNJ
        && mode == Rounding.TO_NEAREST_EVEN
        && executeOnHost(op, d, a, b, immediate >>> 3)) {
      return;
    }
    rounding.mode = mode;
    rounding.flags = registers.flags;
    if (op >= Op.FIRST_FLOAT_TO_X) {
      registers.x[d] = toX(op & ~1, op & 1, a, b);
    } else {
      registers.f[d] = toF(op & ~1, op & 1, a, b, immediate >>> 3);
    }
    registers.flags = rounding.flags;
  }

  /** Executes an operation on the host; returns false if its result or exceptions may be wrong. */
  private boolean executeOnHost(int op, int d, int a, int b, int c) {
    return (op & 1) == 1 ? executeDouble(op & ~1, d, a, b, c) : executeSingle(op, d, a, b, c);
  }

  private boolean executeDouble(int op, int d, int first, int second, int third) {
    double a = Double.longBitsToDouble(registers.f[first]);
    double b = Double.longBitsToDouble(registers.f[second]);
    double result = HostFloat.of(op, a, b, Double.longBitsToDouble(registers.f[third]));
    if (!HostFloat.isPlain(result)) {
      return false;
    }
    if ((registers.flags & Rounding.INEXACT) == 0) {
      if (!HostFloat.hasRest(op, a, result)) {
        return false;
      }
      registers.flags |= HostFloat.rest(op, a, b, result) == 0 ? 0 : Rounding.INEXACT;
    }
    registers.f[d] = Double.doubleToRawLongBits(result);
    return true;
  }

  private boolean executeSingle(int op, int d, int first, int second, int third) {
    float a = single(registers.f[first]);
    float b = single(registers.f[second]);
    float result = HostFloat.of(op, a, b, single(registers.f[third]));
    if (!HostFloat.isPlain(result)) {
      return false;
    }
    if ((registers.flags & Rounding.INEXACT) == 0) {
      if (!HostFloat.hasRest(op, a, result)) {
        return false;
      }
      registers.flags |= HostFloat.rest(op, a, b, result) == 0 ? 0 : Rounding.INEXACT;
    }
    registers.f[d] = Single.boxed(Float.floatToRawIntBits(result));
    return true;
  }

  private static float single(long register) {
    return Float.intBitsToFloat(Single.unboxed(register));
  }

  private long operand(int format, int register) {
    long bits = registers.f[register];
    return format == 0 ? Single.unboxed(bits) & 0xffff_ffffL : bits;
  }

  private long toF(int op, int format, int a, int b, int c) {
    long result =
        switch (op) {
          case Op.FCVT_FLOAT ->
              conversions[format].from(formats[1 - format], operand(1 - format, a));
          case Op.FCVT_FROM_W -> conversions[format].fromSigned(registers.x[a] << 32 >> 32);
          case Op.FCVT_FROM_WU -> conversions[format].fromUnsigned(registers.x[a] & 0xffff_ffffL);
          case Op.FCVT_FROM_L -> conversions[format].fromSigned(registers.x[a]);
          case Op.FCVT_FROM_LU -> conversions[format].fromUnsigned(registers.x[a]);
          case Op.FMV_FROM_X -> registers.x[a];
          default -> ofFloats(op, format, operand(format, a), operand(format, b), c);
        };
    return format == 0 ? Single.boxed((int) result) : result;
  }

  private long ofFloats(int op, int format, long a, long b, int c) {
    FloatArithmetic unit = arithmetic[format];
    long sign = formats[format].signBit;
    return switch (op) {
      case Op.FADD -> unit.add(a, b);
      case Op.FSUB -> unit.subtract(a, b);
      case Op.FMUL -> unit.multiply(a, b);
      case Op.FDIV -> unit.divide(a, b);
      case Op.FSQRT -> unit.squareRoot(a);
      case Op.FMADD -> unit.multiplyAdd(a, b, operand(format, c));
      case Op.FMSUB -> unit.multiplyAdd(a, b, operand(format, c) ^ sign);
      case Op.FNMSUB -> unit.multiplyAdd(a ^ sign, b, operand(format, c));
      case Op.FNMADD -> unit.multiplyAdd(a ^ sign, b, operand(format, c) ^ sign);
      case Op.FSGNJ -> (a & ~sign) | (b & sign);
      case Op.FSGNJN -> (a & ~sign) | (~b & sign);
      case Op.FSGNJX -> a ^ (b & sign);
      case Op.FMIN -> comparisons[format].minimum(a, b);
      default -> comparisons[format].maximum(a, b);
    };
  }

  private long toX(int op, int format, int first, int second) {
    long a = operand(format, first);
    FloatConversions conversion = conversions[format];
    return switch (op) {
      case Op.FLE -> comparisons[format].lessOrEqual(a, operand(format, second));
      case Op.FLT -> comparisons[format].less(a, operand(format, second));
      case Op.FEQ -> comparisons[format].equal(a, operand(format, second));
      case Op.FCVT_W -> conversion.toSigned(a, Integer.SIZE);
      case Op.FCVT_WU -> conversion.toUnsigned(a, Integer.SIZE);
      case Op.FCVT_L -> conversion.toSigned(a, Long.SIZE);
      case Op.FCVT_LU -> conversion.toUnsigned(a, Long.SIZE);
      case Op.FMV_TO_X -> format == 0 ? (int) registers.f[first] : a;
      default -> comparisons[format].classOf(a);
    };
  }
}
