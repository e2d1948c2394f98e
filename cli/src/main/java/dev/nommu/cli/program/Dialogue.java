package dev.nommu.cli.program;

import dev.nommu.kernel.time.MachineClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The output of a console, to be waited for piece by piece. Simulated time stands still but for
 * these waits: what is typed comes at the moment at which the text before it is shown. Thread-safe.
 */
final class Dialogue implements AutoCloseable {
  private static final int SHOWN = 200;

  private final MachineClock clock;
  private final Thread talking = Thread.currentThread();

  /** The output that has not been waited for yet; each byte is a character. Guarded by this. */
  private final StringBuilder unseen = new StringBuilder();

  /** What is waited for. Guarded by this. */
  private Optional<String> awaited = Optional.empty();

  /** The end of what was shown before. Guarded by this. */
  private String seen = "";

  /** How much of it was searched in vain for the text that is waited for. Guarded by this. */
  private int searched;

  /** Lets the time of a machine stand still, until somebody waits for a text or this is closed. */
  Dialogue(MachineClock clock) {
    this.clock = clock;
    clock.hold(talking);
  }

  /** Hears what the console shows. */
  synchronized void shown(byte[] bytes) {
    unseen.append(new String(bytes, StandardCharsets.ISO_8859_1));
    if (awaited.isPresent() && find(awaited.get())) {
      endWait();
    }
  }

  private void endWait() {
    awaited = Optional.empty();
    clock.hold(talking);
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
    if (find(text)) {
      return true;
    }
    awaited = Optional.of(text);
    clock.release(talking);
    long end = System.nanoTime() + patience.toNanos();
    while (awaited.isPresent()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0 || over.getAsBoolean()) {
        endWait();
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

  /** Lets time go on. By the thread that began. */
  @Override
  public void close() {
    clock.release(talking);
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
