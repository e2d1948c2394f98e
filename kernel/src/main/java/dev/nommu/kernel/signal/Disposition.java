package dev.nommu.kernel.signal;

/** What a process does about a signal, as {@code sigaction} sets it. */
public sealed interface Disposition {
  /** What the signal does by itself: SIG_DFL. */
  Disposition DEFAULT = new Default();

  /** Nothing: SIG_IGN. */
  Disposition IGNORE = new Ignore();

  /** See {@link #DEFAULT}. */
  record Default() implements Disposition {}

  /** See {@link #IGNORE}. */
  record Ignore() implements Disposition {}

  /**
   * A handler runs: at the next call of the process, on the thread that makes it. A call that waits
   * ends with EINTR after the handler has run.
   */
  record Handle(Handler handler) implements Disposition {}

  /** Is run when a signal comes. */
  @FunctionalInterface
  interface Handler {
    /** Handles a signal; may make calls. What it throws, the call throws that was interrupted. */
    void handle(Signal signal);
  }
}
