package dev.nommu.cli.program;

import dev.nommu.kernel.console.Console.Keyboard;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Types the contents of a host stream. */
final class Typist {
  private static final int MOST = 1024;

  /** Ctrl-]. */
  private static final byte ESCAPE = 0x1d;

  private Typist() {}

  /**
   * Starts typing, on a separate thread, a line whenever a program wants to read; the end of the
   * stream ends the input.
   */
  static void typeLines(InputStream lines, Keyboard keyboard) {
    start(() -> typeAll(lines, bytes -> typeLines(bytes, keyboard), keyboard));
  }

  /**
   * Starts typing keys as they arrive.
   *
   * @param escape runs on Ctrl-], which is not typed: a program may use all other keys
   */
  static void typeKeys(InputStream keys, Keyboard keyboard, Runnable escape) {
    start(() -> typeAll(keys, bytes -> typeOrEscape(bytes, keyboard, escape), keyboard));
  }

  private interface Typing {
    void type(byte[] bytes) throws InterruptedException;
  }

  private static void start(Runnable typing) {
    Thread.ofPlatform().daemon().name("nommu-keys").start(typing);
  }

  private static void typeLines(byte[] bytes, Keyboard keyboard) throws InterruptedException {
    int from = 0;
    for (int to = 1; to <= bytes.length; to++) {
      if (isEnd(bytes[to - 1]) || to == bytes.length) {
        keyboard.awaitReader();
        keyboard.type(Arrays.copyOfRange(bytes, from, to));
        from = to;
      }
    }
  }

  private static boolean isEnd(byte key) {
    return key == '\n' || key == '\r';
  }

  private static void typeOrEscape(byte[] bytes, Keyboard keyboard, Runnable escape) {
    int at = 0;
    while (at < bytes.length && bytes[at] != ESCAPE) {
      at++;
    }
    keyboard.type(Arrays.copyOf(bytes, at));
    if (at < bytes.length) {
      escape.run();
    }
  }

  private static void typeAll(InputStream keys, Typing typing, Keyboard keyboard) {
    byte[] bytes = new byte[MOST];
    try {
      for (int count = keys.read(bytes); count > 0; count = keys.read(bytes)) {
        typing.type(Arrays.copyOf(bytes, count));
      }
    } catch (IOException | InterruptedException gone) {
      // the input before it was typed
    } finally {
      keyboard.end();
    }
  }
}
