package dev.nommu.cli.program;

import dev.nommu.kernel.time.MachineClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The output of a console, to wait for piece by piece. Simulated time stands still except during
 * these waits: input arrives at the moment the text before it is shown. Thread-safe.
 */
final class Dialogue implements AutoCloseable {
  private static final int SHOWN = 200;

  private final MachineClock clock;
  private final Thread talking = Thread.currentThread();

  /** The output that has not been waited for yet; each byte is a character. Guarded by this. */
  private final StringBuilder unseen = new StringBuilder();

  /** The text being waited for. Guarded by this. */
  private Optional<String> awaited = Optional.empty();

  /** The end of the earlier output. Guarded by this. */
  private String seen = "";

  /** How much of it was searched in vain for that text. Guarded by this. */
  private int searched;

  /** Holds a machine's time, except during waits for a text, until this is closed. */
  Dialogue(MachineClock clock) {
    this.clock = clock;
    clock.hold(talking);
  }

  /** Receives the console's output. */
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

  /** Checks again whether there is still something to wait for. */
  synchronized void changed() {
    notifyAll();
  }

  /**
   * Waits until a text is shown, after the previous one.
   *
   * @param over returns whether no more output will come
   * @return whether it was shown in time
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

  /** Lets time resume. Called by the thread that held it. */
  @Override
  public void close() {
    clock.release(talking);
  }

  /** Returns a text in the form to search for. */
  static String searched(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Returns the end of the output, on one line. */
  synchronized String tail() {
    String last = unseen.substring(Math.max(0, unseen.length() - SHOWN));
    byte[] bytes = lastOf(seen + last).getBytes(StandardCharsets.ISO_8859_1);
    return new String(bytes, StandardCharsets.UTF_8).replace("\r", "").replace("\n", "\\n");
  }
}
