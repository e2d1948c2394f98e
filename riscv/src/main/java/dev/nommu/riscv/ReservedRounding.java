package dev.nommu.riscv;

import java.io.Serial;

/** An instruction uses the rounding mode in frm, which is reserved. */
final class ReservedRounding extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  ReservedRounding() {
    super("frm holds no rounding mode", null, false, false);
  }
}
