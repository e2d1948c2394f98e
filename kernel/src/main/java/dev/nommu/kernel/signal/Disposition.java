package dev.nommu.kernel.signal;

/** The action a process takes on a signal, as set by {@code sigaction}. */
public sealed interface Disposition {
  /** The signal's default action: SIG_DFL. */
  Disposition DEFAULT = new Default();

  /** The signal is ignored: SIG_IGN. */
  Disposition IGNORE = new Ignore();

  /** See {@link #DEFAULT}. */
  record Default() implements Disposition {}

  /** See {@link #IGNORE}. */
  record Ignore() implements Disposition {}

  /**
   * A handler runs: at the next call of the process, on the thread that makes it. A blocking call
   * ends with EINTR after the handler has run.
   */
  record Handle(Handler handler) implements Disposition {}

  /**
   * A handler in machine code runs. The signal stays pending, and ends waits with EINTR, until the
   * processor of the task takes it between two instructions.
   *
   * @param handler the address of the handler
   * @param flags Linux's SA_… flags
   * @param mask the signals blocked while it runs
   */
  record Action(long handler, long flags, SignalSet mask) implements Disposition {
    /** No SIGCHLD when a child stops or continues. */
    public static final long SA_NOCLDSTOP = 1;

    /** Ended children do not become zombies. */
    public static final long SA_NOCLDWAIT = 2;

    /** The handler runs on the alternate stack. */
    public static final long SA_ONSTACK = 0x0800_0000L;

    /** An interrupted call is restarted. */
    public static final long SA_RESTART = 0x1000_0000L;

    /** The signal is not blocked while its handler runs. */
    public static final long SA_NODEFER = 0x4000_0000L;

    /** The action is reset to the default once the handler has begun. */
    public static final long SA_RESETHAND = 0x8000_0000L;

    /** Returns whether it has a flag. */
    public boolean has(long flag) {
      return (flags & flag) != 0;
    }
  }

  /** Runs when a signal is delivered. */
  @FunctionalInterface
  interface Handler {
    /** Handles a signal; may make calls. The interrupted call throws the exceptions it throws. */
    void handle(Signal signal);
  }
}
