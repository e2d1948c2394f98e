package dev.nommu.riscvlinux.strace;

import java.util.Arrays;

/** Formats strings and data in a task's memory; an address where there is no memory. */
final class Memory {
  private Memory() {}

  /** Returns a whole path. */
  static String path(TracedCall call, long address) {
    return call.text(address).map(Quoted::text).orElse(Argument.pointer(address));
  }

  /** Returns the beginning of a string. */
  static String shown(byte[] text) {
    byte[] beginning = text.length > Quoted.MOST ? Arrays.copyOf(text, Quoted.MOST) : text;
    return Quoted.data(beginning, text.length);
  }

  /** Returns the beginning of some bytes. */
  static String data(TracedCall call, long address, long length) {
    if (address == 0 || length < 0) {
      return Argument.pointer(address);
    }
    return call.bytes(address, Math.min(length, Quoted.MOST))
        .map(bytes -> Quoted.data(bytes, length))
        .orElse(Argument.pointer(address));
  }
}
