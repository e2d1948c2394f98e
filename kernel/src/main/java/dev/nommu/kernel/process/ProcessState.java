package dev.nommu.kernel.process;

/** The state of a process, as {@code State} in /proc/PID/status shows it. */
public enum ProcessState {
  /** It can run. */
  RUNNING("R (running)"),
  /** Its threads wait in the kernel. */
  SLEEPING("S (sleeping)"),
  /** A signal stopped it. */
  STOPPED("T (stopped)"),
  /** It is stopped for its tracer. */
  TRACING_STOP("t (tracing stop)"),
  /** It has ended and has not been waited for. */
  ZOMBIE("Z (zombie)");

  private final String text;

  ProcessState(String text) {
    this.text = text;
  }

  /** Returns the letter and the word. */
  public String text() {
    return text;
  }
}
