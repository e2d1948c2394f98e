package dev.nommu.kernel.signal;

/**
 * A signal that was sent, and its origin, as in {@code siginfo_t}.
 *
 * @param signal the signal
 * @param code {@code si_code}
 * @param origin its origin
 */
public record SignalInfo(Signal signal, int code, Origin origin) {
  /** A process sent it with {@code kill}. */
  public static final int SI_USER = 0;

  /** The kernel sent it. */
  public static final int SI_KERNEL = 0x80;

  /** A process sent it with {@code sigqueue}. */
  public static final int SI_QUEUE = -1;

  /** A timer of {@code timer_create} expired. */
  public static final int SI_TIMER = -2;

  /** A process sent it to one thread. */
  public static final int SI_TKILL = -6;

  /** For SIGCHLD: the child exited. */
  public static final int CLD_EXITED = 1;

  /** For SIGCHLD: a signal killed the child. */
  public static final int CLD_KILLED = 2;

  /** For SIGCHLD: a traced child stopped. */
  public static final int CLD_TRAPPED = 4;

  /** For SIGCHLD: the child stopped. */
  public static final int CLD_STOPPED = 5;

  /** For SIGCHLD: the child continued. */
  public static final int CLD_CONTINUED = 6;

  /** The origin of a signal. */
  public sealed interface Origin {}

  /**
   * A process.
   *
   * @param pid its number; 0 for the kernel
   * @param uid its user
   * @param value the value of {@code sigqueue}; 0 for other signals
   */
  public record Sender(int pid, int uid, long value) implements Origin {}

  /**
   * A child of the process.
   *
   * @param pid its number
   * @param uid its user
   * @param status its exit code, or the signal that ended, stopped or continued it
   */
  public record Child(int pid, int uid, int status) implements Origin {}

  /**
   * An instruction.
   *
   * @param address the address accessed, or of the instruction itself
   */
  public record Fault(long address) implements Origin {}

  /** Returns a signal sent by the kernel. */
  public static SignalInfo ofKernel(Signal signal) {
    return new SignalInfo(signal, SI_KERNEL, new Sender(0, 0, 0));
  }

  /** Returns a signal that a process sent to another one. */
  public static SignalInfo ofUser(Signal signal, int pid, int uid) {
    return new SignalInfo(signal, SI_USER, new Sender(pid, uid, 0));
  }

  /** Returns a signal that a process sent to one thread. */
  public static SignalInfo ofThread(Signal signal, int pid, int uid) {
    return new SignalInfo(signal, SI_TKILL, new Sender(pid, uid, 0));
  }

  /** Returns the SIGCHLD for the parent of a child. */
  public static SignalInfo ofChild(int pid, int uid, WaitStatus status, boolean traced) {
    return switch (status) {
      case WaitStatus.Exited exited -> child(CLD_EXITED, pid, uid, exited.code());
      case WaitStatus.Signaled by -> child(CLD_KILLED, pid, uid, by.signal().number());
      case WaitStatus.Stopped by ->
          child(traced ? CLD_TRAPPED : CLD_STOPPED, pid, uid, by.signal().number());
      case WaitStatus.Continued on -> child(CLD_CONTINUED, pid, uid, Signal.SIGCONT.number());
    };
  }

  private static SignalInfo child(int code, int pid, int uid, int status) {
    return new SignalInfo(Signal.SIGCHLD, code, new Child(pid, uid, status));
  }
}
