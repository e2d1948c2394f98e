package dev.nommu.riscvlinux.strace;

import java.util.function.BiFunction;
import java.util.function.LongFunction;

/** How an argument of a call is written. */
sealed interface Argument {
  /** Returns it in writing; an empty text if it is left out. */
  String text(TracedCall call, int index);

  /** An argument that is known when the call begins. */
  record In(BiFunction<TracedCall, Integer, String> text) implements Argument {
    @Override
    public String text(TracedCall call, int index) {
      return text.apply(call, index);
    }
  }

  /** One that points to what the call fills in; an address if it did not. */
  record Out(BiFunction<TracedCall, Integer, String> text) implements Argument {
    @Override
    public String text(TracedCall call, int index) {
      return call.result().isPresent() ? text.apply(call, index) : pointer(call.argument(index));
    }
  }

  /** Returns an argument that is written by its value alone. */
  static Argument of(LongFunction<String> text) {
    return new In((call, index) -> text.apply(call.argument(index)));
  }

  /** Returns an address: NULL or hexadecimal. */
  static String pointer(long address) {
    return address == 0 ? "NULL" : "0x" + Long.toHexString(address);
  }
}
