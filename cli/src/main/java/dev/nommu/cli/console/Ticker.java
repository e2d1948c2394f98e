package dev.nommu.cli.console;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Shows the progress of long work; short work shows nothing. For one thread. */
public final class Ticker implements AutoCloseable {
  private static final long PAUSE_NANOS = 200_000_000;

  private final Console console;
  private final LongSupplier nanos;
  private long last;
  private boolean shown;

  /** Creates one for work that starts now. */
  public Ticker(Console console) {
    this(console, System::nanoTime);
  }

  /** Creates one with its own clock. */
  Ticker(Console console, LongSupplier nanos) {
    this.console = console;
    this.nanos = nanos;
    this.last = nanos.getAsLong();
  }

  /** Shows a message, if the last one was long enough ago. */
  public void tick(Supplier<String> message) {
    long now = nanos.getAsLong();
    if (now - last >= PAUSE_NANOS) {
      last = now;
      shown = true;
      console.progress(message.get());
    }
  }

  /** Erases the last message. */
  @Override
  public void close() {
    if (shown) {
      console.progress("");
    }
  }
}
