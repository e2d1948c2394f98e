package dev.nommu.cli.program;

import dev.nommu.kernel.console.Console.Keyboard;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Types what a stream of the host says. */
final class Typist {
  private static final int MOST = 1024;

  private Typist() {}

  /** Begins to type, on a thread of its own; the end of the stream is the end of the input. */
  static void type(InputStream keys, Keyboard keyboard) {
    Thread.ofPlatform().daemon().name("nommu-keys").start(() -> typeAll(keys, keyboard));
  }

  private static void typeAll(InputStream keys, Keyboard keyboard) {
    byte[] bytes = new byte[MOST];
    try {
      for (int count = keys.read(bytes); count > 0; count = keys.read(bytes)) {
        keyboard.type(Arrays.copyOf(bytes, count));
      }
    } catch (IOException gone) {
      // what came before was typed
    } finally {
      keyboard.end();
    }
  }
}
