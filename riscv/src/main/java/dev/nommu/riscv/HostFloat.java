package dev.nommu.riscv;

/**
 * Arithmetic by the host, which rounds to nearest, ties to even. It tells of no exception, so a
 * result counts only if it shows that none but "inexact" was met: finite, not 0, and well above
 * what underflows.
 */
final class HostFloat {
  private HostFloat() {}

  static boolean isPlain(double result) {
    double magnitude = Math.abs(result);
    return magnitude >= 0x1p-1020 && magnitude <= Double.MAX_VALUE;
  }

  static boolean isPlain(float result) {
    float magnitude = Math.abs(result);
    return magnitude >= 0x1p-124f && magnitude <= Float.MAX_VALUE;
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

  /** The same of singles; a root of a double rounds to the right single. */
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
