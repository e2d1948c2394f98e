package dev.nommu.cli.program;

import dev.nommu.kernel.console.Console.Keyboard;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Types what a stream of the host says. */
final class Typist {
  private static final int MOST = 1024;

  /** Ctrl-]. */
  private static final byte ESCAPE = 0x1d;

  private Typist() {}

  /** Begins to type, on a thread of its own; the end of the stream is the end of the input. */
  static void type(InputStream keys, Keyboard keyboard) {
    start(() -> typeAll(keys, bytes -> typeAsRead(bytes, keyboard), keyboard));
  }

  /**
   * Begins to type as above.
   *
   * @param escape is carried out for Ctrl-], which is not typed: a program may take all other keys
   */
  static void type(InputStream keys, Keyboard keyboard, Runnable escape) {
    start(() -> typeAll(keys, bytes -> typeOrEscape(bytes, keyboard, escape), keyboard));
  }

  private interface Typing {
    void type(byte[] bytes) throws InterruptedException;
  }

  private static void start(Runnable typing) {
    Thread.ofPlatform().daemon().name("nommu-keys").start(typing);
  }

  /** The stream is read no faster than programs read the console. */
  private static void typeAsRead(byte[] bytes, Keyboard keyboard) throws InterruptedException {
    keyboard.type(bytes);
    keyboard.awaitRoom();
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
      // what came before was typed
    } finally {
      keyboard.end();
    }
  }
}
