package dev.nommu.riscv;

import java.io.Serial;

/** frm has a value that is no rounding mode, and an instruction asks for it. */
final class ReservedRounding extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  ReservedRounding() {
    super("frm holds no rounding mode", null, false, false);
  }
}
