package dev.nommu.riscv;

import java.io.Serial;

/** An instruction uses the rounding mode in frm, and that is reserved. */
final class ReservedRounding extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  ReservedRounding() {
    super("frm contains a reserved rounding mode", null, false, false);
  }
}
