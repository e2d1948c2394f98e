package dev.nommu.riscvlinux.strace;

import java.util.function.BiFunction;

/** The kinds of arguments that many calls share. */
final class Kinds {
  private static final int AT_FDCWD = -100;

  /** A 32-bit number. */
  static final Argument INT = Argument.of(value -> Integer.toString((int) value));

  /** An unsigned 32-bit number. */
  static final Argument UNSIGNED = Argument.of(value -> Long.toString(value & 0xffff_ffffL));

  static final Argument LONG = Argument.of(Long::toString);
  static final Argument SIZE = Argument.of(Long::toUnsignedString);
  static final Argument POINTER = Argument.of(Argument::pointer);
  static final Argument HEX =
      Argument.of(value -> value == 0 ? "0" : "0x" + Long.toHexString(value));
  static final Argument MODE = Argument.of(mode -> Constants.permissions(mode & 0xffff_ffffL));
  static final Argument SIGNAL = Argument.of(Constants::signal);

  /** A user or group; -1 for none. */
  static final Argument OWNER =
      Argument.of(value -> (int) value == -1 ? "-1" : Long.toString(value & 0xffff_ffffL));

  static final Argument DIRECTORY =
      Argument.of(value -> (int) value == AT_FDCWD ? "AT_FDCWD" : Integer.toString((int) value));
  static final Argument PATH = in(Memory::path);

  private Kinds() {}

  /** The data an address points to before the call. */
  interface Pointed {
    String text(TracedCall call, long address);
  }

  static Argument in(Pointed pointed) {
    return new Argument.In((call, index) -> pointed.text(call, call.argument(index)));
  }

  /** Returns what an address points to after the call. */
  static Argument out(Pointed pointed) {
    return new Argument.Out((call, index) -> pointed.text(call, call.argument(index)));
  }

  static Argument value(Names names) {
    return Argument.of(names::value);
  }

  /** Returns 32-bit flags. */
  static Argument flags(Names names) {
    return Argument.of(bits -> names.bits(bits & 0xffff_ffffL));
  }

  /** Returns bytes that the call reads; their number is the next argument. */
  static Argument read() {
    return new Argument.In(
        (call, index) -> Memory.data(call, call.argument(index), call.argument(index + 1)));
  }

  /** Returns bytes that the call fills in; their number is the result. */
  static Argument filled() {
    return new Argument.Out(
        (call, index) -> Memory.data(call, call.argument(index), call.result().orElseThrow()));
  }

  static Argument when(BiFunction<TracedCall, Integer, Boolean> condition, Argument written) {
    return new Argument.In(
        (call, index) -> condition.apply(call, index) ? written.text(call, index) : "");
  }
}
