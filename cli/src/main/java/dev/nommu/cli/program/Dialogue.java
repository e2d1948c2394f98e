package dev.nommu.cli.program;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** What a console shows, to be waited for piece by piece. Thread-safe. */
final class Dialogue {
  private static final int SHOWN = 200;

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream(); // guarded by this

  /** What is before has been waited for already. Guarded by this. */
  private int seen;

  /** Hears what the console shows. */
  synchronized void shown(byte[] bytes) {
    shown.writeBytes(bytes);
    notifyAll();
  }

  /** Looks again whether there is still something to wait for. */
  synchronized void changed() {
    notifyAll();
  }

  /**
   * Waits until a text is shown, behind the one that was waited for before.
   *
   * @param over says that nothing comes any more
   * @return whether it was shown within the time
   */
  synchronized boolean await(String text, Duration patience, BooleanSupplier over)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!find(text)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0 || over.getAsBoolean()) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  private boolean find(String text) {
    String unseen = unseen();
    int at = unseen.indexOf(text);
    if (at >= 0) {
      seen += unseen.substring(0, at + text.length()).length();
    }
    return at >= 0;
  }

  /** Each byte is a character, so that a text can be found in what is half a character yet. */
  private String unseen() {
    return shown.toString(StandardCharsets.ISO_8859_1).substring(seen);
  }

  /** Returns a text as it is searched for. */
  static String searched(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Returns the end of what was shown, on one line. */
  synchronized String tail() {
    String text = shown.toString(StandardCharsets.UTF_8);
    return text.substring(Math.max(0, text.length() - SHOWN))
        .replace("\r", "")
        .replace("\n", "\\n");
  }
}
