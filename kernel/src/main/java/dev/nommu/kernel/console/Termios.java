package dev.nommu.kernel.console;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * How a terminal processes input and output: {@code struct termios} of asm-generic (termios(3)).
 * Immutable.
 *
 * @param input c_iflag
 * @param output c_oflag
 * @param control c_cflag
 * @param local c_lflag
 * @param line c_line
 * @param characters c_cc, {@value #CHARACTERS} of them; must not be modified
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record Termios(int input, int output, int control, int local, byte line, byte[] characters) {
  /** NCCS. */
  static final int CHARACTERS = 19;

  /** Bytes of the structure. */
  static final int SIZE = 4 * Integer.BYTES + 1 + CHARACTERS;

  static final int ICRNL = 0x100;
  static final int INLCR = 0x40;
  static final int IGNCR = 0x80;
  static final int OPOST = 1;
  static final int ONLCR = 4;
  static final int ISIG = 1;
  static final int ICANON = 2;
  static final int ECHO = 8;
  static final int ECHOE = 0x10;
  static final int ECHOK = 0x20;
  static final int ECHOCTL = 0x200;
  static final int VINTR = 0;
  static final int VQUIT = 1;
  static final int VERASE = 2;
  static final int VKILL = 3;
  static final int VEOF = 4;
  static final int VTIME = 5;
  static final int VMIN = 6;
  static final int VSUSP = 10;

  /** INIT_C_CC of asm-generic: ^C, ^\, DEL, ^U, ^D, 0, 1, 0, ^Q, ^S, ^Z, 0, ^R, ^O, ^W, ^V. */
  private static final byte[] USUAL = {
    3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22, 0, 0, 0
  };

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int LINE = 4 * Integer.BYTES;

  /**
   * As {@code tty_std_termios}: ICRNL IXON, OPOST ONLCR, B38400 CS8 CREAD HUPCL, ISIG ICANON ECHO
   * ECHOE ECHOK ECHOCTL ECHOKE IEXTEN.
   */
  static final Termios STANDARD =
      new Termios(ICRNL | 0x400, OPOST | ONLCR, 0x4bf, 0x8a3b, (byte) 0, USUAL);

  /** Reads the settings from a program's memory. */
  static Termios read(MemorySegment from) {
    byte[] characters = from.asSlice(LINE + 1, CHARACTERS).toArray(ValueLayout.JAVA_BYTE);
    return new Termios(
        from.get(INT, 0),
        from.get(INT, 4),
        from.get(INT, 8),
        from.get(INT, 12),
        from.get(ValueLayout.JAVA_BYTE, LINE),
        characters);
  }

  /** Writes the settings to a program's memory. */
  void write(MemorySegment into) {
    into.set(INT, 0, input);
    into.set(INT, 4, output);
    into.set(INT, 8, control);
    into.set(INT, 12, local);
    into.set(ValueLayout.JAVA_BYTE, LINE, line);
    into.asSlice(LINE + 1, CHARACTERS).copyFrom(MemorySegment.ofArray(characters));
  }

  boolean isCanonical() {
    return (local & ICANON) != 0;
  }

  boolean echoes(int how) {
    return (local & ECHO) != 0 && (local & how) == how;
  }

  /** Returns whether a byte is the control character of a function such as VINTR; 0 disables it. */
  boolean is(int meaning, byte each) {
    return each != 0 && characters[meaning] == each;
  }

  /** Returns the number of bytes that a non-canonical read waits for. */
  int least() {
    return characters[VMIN] & 0xff;
  }

  /** Returns the timeout of such a read in tenths of a second. */
  int tenths() {
    return characters[VTIME] & 0xff;
  }

  @Override
  public String toString() {
    return "Termios[%x %x %x %x %s]"
        .formatted(input, output, control, local, Arrays.toString(characters));
  }
}
