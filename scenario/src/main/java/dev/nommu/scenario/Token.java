package dev.nommu.scenario;

/** A word, number, text or sign of a line. */
sealed interface Token {
  /** Returns the column of its first character, starting at 1. */
  int column();

  /** Returns the token as shown in error messages. */
  String shown();

  /** The name of a call, a constant, a variable or a process. */
  record Word(int column, String name) implements Token {
    @Override
    public String shown() {
      return name;
    }
  }

  /** A number; {@code value} is two's complement. */
  record Digits(int column, String shown, long value) implements Token {}

  /** A text in quotes; {@code shown} is as written. */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Quoted(int column, String shown, byte[] bytes) implements Token {}

  /** An operator, a bracket, a comma, an equals sign or a colon. */
  record Sign(int column, String shown) implements Token {}

  /**
   * The result that a line states after its step; {@code shown} is as written, without surrounding
   * blanks. Empty if it is on the lines below.
   *
   * @param column the column of the {@code =} before it
   */
  record Result(int column, String shown) implements Token {}

  /** The end of the input. */
  record End(int column) implements Token {
    @Override
    public String shown() {
      return "the end of the line";
    }
  }
}
