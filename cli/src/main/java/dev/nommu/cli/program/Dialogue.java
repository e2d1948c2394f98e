package dev.nommu.cli.program;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The output of a console, to be waited for piece by piece. Thread-safe. */
final class Dialogue {
  private static final int SHOWN = 200;

  /** The output that has not been waited for yet; each byte is a character. Guarded by this. */
  private final StringBuilder unseen = new StringBuilder();

  /** The end of what was shown before. Guarded by this. */
  private String seen = "";

  /** How much of it was searched in vain for the text that is waited for. Guarded by this. */
  private int searched;

  /** Hears what the console shows. */
  synchronized void shown(byte[] bytes) {
    unseen.append(new String(bytes, StandardCharsets.ISO_8859_1));
    notifyAll();
  }

  /** Looks again whether there is still something to wait for. */
  synchronized void changed() {
    notifyAll();
  }

  /**
   * Waits until a text is shown, after the text that was awaited before.
   *
   * @param over says that nothing comes any more
   * @return whether it was shown within the time
   */
  synchronized boolean await(String text, Duration patience, BooleanSupplier over)
      throws InterruptedException {
    searched = 0;
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
    int at = unseen.indexOf(text, Math.max(0, searched - text.length()));
    searched = unseen.length();
    if (at >= 0) {
      int end = at + text.length();
      seen = lastOf(seen + unseen.substring(Math.max(0, end - SHOWN), end));
      unseen.delete(0, end);
      searched = 0;
    }
    return at >= 0;
  }

  private static String lastOf(String text) {
    return text.substring(Math.max(0, text.length() - SHOWN));
  }

  /** Returns a text as it is searched for. */
  static String searched(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Returns the end of what was shown, on one line. */
  synchronized String tail() {
    String last = unseen.substring(Math.max(0, unseen.length() - SHOWN));
    byte[] bytes = lastOf(seen + last).getBytes(StandardCharsets.ISO_8859_1);
    return new String(bytes, StandardCharsets.UTF_8).replace("\r", "").replace("\n", "\\n");
  }
}
