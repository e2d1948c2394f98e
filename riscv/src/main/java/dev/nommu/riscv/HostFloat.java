package dev.nommu.riscv;

/**
 * Arithmetic on the host, which rounds to nearest, ties to even. It reports no exceptions, so a
 * result counts only if it rules out all but "inexact": finite, not 0, and well above the range
 * that underflows. It is exact if the rest is 0; the rest is itself a number of the format if
 * operands and result are far from both ends of its range.
 */
final class HostFloat {
  private static final double SMALL = 0x1p-900;
  private static final double LARGE = 0x1p1000;
  private static final float SMALL_SINGLE = 0x1p-96f;
  private static final float LARGE_SINGLE = 0x1p120f;

  private HostFloat() {}

  static boolean isPlain(double result) {
    double magnitude = Math.abs(result);
    return magnitude >= 0x1p-1020 && magnitude <= Double.MAX_VALUE;
  }

  static boolean isPlain(float result) {
    float magnitude = Math.abs(result);
    return magnitude >= 0x1p-124f && magnitude <= Float.MAX_VALUE;
  }

  /** Returns whether {@link #rest} shows if a result is exact. */
  static boolean hasRest(int op, double a, double result) {
    double magnitude = Math.abs(result);
    boolean inRange = magnitude >= SMALL && magnitude <= LARGE && Math.abs(a) >= SMALL;
    return op <= Op.FSQRT && inRange;
  }

  static boolean hasRest(int op, float a, float result) {
    float magnitude = Math.abs(result);
    boolean inRange =
        magnitude >= SMALL_SINGLE && magnitude <= LARGE_SINGLE && Math.abs(a) >= SMALL_SINGLE;
    return op <= Op.FSQRT && inRange;
  }

  /** Returns the rounding error of an operation's result, or a multiple of it. */
  static double rest(int op, double a, double b, double result) {
    return switch (op) {
      case Op.FADD -> restOfSum(a, b, result);
      case Op.FSUB -> restOfSum(a, -b, result);
      case Op.FMUL -> Math.fma(a, b, -result);
      case Op.FDIV -> Math.fma(-result, b, a);
      default -> Math.fma(-result, result, a);
    };
  }

  static float rest(int op, float a, float b, float result) {
    return switch (op) {
      case Op.FADD -> restOfSum(a, b, result);
      case Op.FSUB -> restOfSum(a, -b, result);
      case Op.FMUL -> Math.fma(a, b, -result);
      case Op.FDIV -> Math.fma(-result, b, a);
      default -> Math.fma(-result, result, a);
    };
  }

  private static double restOfSum(double a, double b, double sum) {
    double ofB = sum - a;
    return (a - (sum - ofB)) + (b - ofB);
  }

  private static float restOfSum(float a, float b, float sum) {
    float ofB = sum - a;
    return (a - (sum - ofB)) + (b - ofB);
  }

  /** Returns the result of an operation from {@link Op#FADD} to {@link Op#FNMADD}. */
  static double of(int op, double a, double b, double c) {
    return switch (op) {
      case Op.FADD -> a + b;
      case Op.FSUB -> a - b;
      case Op.FMUL -> a * b;
      case Op.FDIV -> a / b;
      case Op.FSQRT -> Math.sqrt(a);
      case Op.FMADD -> Math.fma(a, b, c);
      case Op.FMSUB -> Math.fma(a, b, -c);
      case Op.FNMSUB -> Math.fma(-a, b, c);
      default -> Math.fma(-a, b, -c);
    };
  }

  /** Returns the same for singles; the root as a double rounds to the correct single. */
  static float of(int op, float a, float b, float c) {
    return switch (op) {
      case Op.FADD -> a + b;
      case Op.FSUB -> a - b;
      case Op.FMUL -> a * b;
      case Op.FDIV -> a / b;
      case Op.FSQRT -> (float) Math.sqrt(a);
      case Op.FMADD -> Math.fma(a, b, c);
      case Op.FMSUB -> Math.fma(a, b, -c);
      case Op.FNMSUB -> Math.fma(-a, b, c);
      default -> Math.fma(-a, b, -c);
    };
  }
}
