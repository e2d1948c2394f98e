package dev.nommu.riscvlinux.strace;

import java.util.function.BiFunction;
import java.util.function.LongFunction;

/** The format of an argument of a call. */
sealed interface Argument {
  /** Returns the formatted argument; empty if it is omitted. */
  String text(TracedCall call, int index);

  /** An argument that is known when the call begins. */
  record In(BiFunction<TracedCall, Integer, String> text) implements Argument {
    @Override
    public String text(TracedCall call, int index) {
      return text.apply(call, index);
    }
  }

  /** A pointer to data that the call fills in; shown as an address if it did not. */
  record Out(BiFunction<TracedCall, Integer, String> text) implements Argument {
    @Override
    public String text(TracedCall call, int index) {
      return call.result().isPresent() ? text.apply(call, index) : pointer(call.argument(index));
    }
  }

  /** Returns an argument formatted from its value alone. */
  static Argument of(LongFunction<String> text) {
    return new In((call, index) -> text.apply(call.argument(index)));
  }

  /** Returns an address: NULL or hexadecimal. */
  static String pointer(long address) {
    return address == 0 ? "NULL" : "0x" + Long.toHexString(address);
  }
}
