package dev.nommu.riscvlinux.gdb;

import dev.nommu.api.Hart;
import java.util.stream.IntStream;

/** The registers of a hart, in gdb's order and with gdb's numbers. */
final class Registers {
  /** The stack pointer. */
  static final int SP = 2;

  private static final int FFLAGS = 66;
  private static final int FCSR = 68;
  private static final int NONE = 65;

  private Registers() {}

  private static IntStream numbers() {
    return IntStream.rangeClosed(0, FCSR).filter(Registers::isThere);
  }

  /** Returns whether there is a register with this number. */
  static boolean isThere(long number) {
    return number >= 0 && number <= FCSR && number != NONE;
  }

  /** Returns the size of a register in bytes. */
  private static int width(int number) {
    return number >= FFLAGS ? Integer.BYTES : Long.BYTES;
  }

  /** Returns a register as hexadecimal digits of its bytes. */
  static String get(Hart hart, int number) {
    return Hex.littleEndian(hart.register(number), width(number));
  }

  static void set(Hart hart, int number, String digits) {
    hart.setRegister(number, Hex.littleEndian(digits));
  }

  /** Returns all registers. */
  static String all(Hart hart) {
    StringBuilder text = new StringBuilder();
    numbers().forEach(number -> text.append(get(hart, number)));
    return text.toString();
  }

  static void setAll(Hart hart, String digits) {
    int at = 0;
    for (int number : numbers().toArray()) {
      int end = at + 2 * width(number);
      set(hart, number, digits.substring(at, end));
      at = end;
    }
  }

  /** Returns the description of the registers that gdb expects. */
  static String description() {
    StringBuilder xml = new StringBuilder();
    xml.append("<?xml version=\"1.0\"?>\n<!DOCTYPE target SYSTEM \"gdb-target.dtd\">\n");
    xml.append("<target version=\"1.0\"><architecture>riscv:rv64</architecture>");
    xml.append("<osabi>GNU/Linux</osabi><feature name=\"org.gnu.gdb.riscv.cpu\">");
    for (int i = 0; i < 32; i++) {
      describe(xml, "x" + i, 64, i == SP ? "data_ptr" : "int", i);
    }
    describe(xml, "pc", 64, "code_ptr", 32);
    xml.append("</feature><feature name=\"org.gnu.gdb.riscv.fpu\"><union id=\"riscv_double\">");
    xml.append("<field name=\"float\" type=\"ieee_single\"/>");
    xml.append("<field name=\"double\" type=\"ieee_double\"/></union>");
    for (int i = 0; i < 32; i++) {
      describe(xml, "f" + i, 64, "riscv_double", 33 + i);
    }
    describe(xml, "fflags", 32, "int", FFLAGS);
    describe(xml, "frm", 32, "int", FFLAGS + 1);
    describe(xml, "fcsr", 32, "int", FCSR);
    return xml.append("</feature></target>").toString();
  }

  private static void describe(StringBuilder xml, String name, int bits, String type, int number) {
    xml.append(
        "<reg name=\"%s\" bitsize=\"%d\" type=\"%s\" regnum=\"%d\"/>"
            .formatted(name, bits, type, number));
  }
}
