package dev.nommu.kernel.signal;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;

/**
 * The signals of Linux (asm-generic) with their numbers, and their default actions (signal(7)).
 * Those from 32 on are real-time signals, which are queued.
 */
public enum Signal {
  /** The terminal hung up. */
  SIGHUP(1, DefaultAction.TERMINATE),
  /** Interrupt from the keyboard. */
  SIGINT(2, DefaultAction.TERMINATE),
  /** Quit from the keyboard. */
  SIGQUIT(3, DefaultAction.TERMINATE),
  /** An illegal instruction. */
  SIGILL(4, DefaultAction.TERMINATE),
  /** A trace trap. */
  SIGTRAP(5, DefaultAction.TERMINATE),
  /** The program aborted. */
  SIGABRT(6, DefaultAction.TERMINATE),
  /** A bus error: an access that memory cannot serve. */
  SIGBUS(7, DefaultAction.TERMINATE),
  /** An arithmetic error. */
  SIGFPE(8, DefaultAction.TERMINATE),
  /** Kills the process; cannot be caught or ignored. */
  SIGKILL(9, DefaultAction.TERMINATE),
  /** User-defined. */
  SIGUSR1(10, DefaultAction.TERMINATE),
  /** An access to an address without memory. */
  SIGSEGV(11, DefaultAction.TERMINATE),
  /** User-defined. */
  SIGUSR2(12, DefaultAction.TERMINATE),
  /** A write to a pipe without a reader. */
  SIGPIPE(13, DefaultAction.TERMINATE),
  /** A timer expired. */
  SIGALRM(14, DefaultAction.TERMINATE),
  /** A request to terminate. */
  SIGTERM(15, DefaultAction.TERMINATE),
  /** Unused. */
  SIGSTKFLT(16, DefaultAction.TERMINATE),
  /** A child ended, stopped or continued. */
  SIGCHLD(17, DefaultAction.IGNORE),
  /** Continues a stopped process. */
  SIGCONT(18, DefaultAction.CONTINUE),
  /** Stops the process; cannot be caught or ignored. */
  SIGSTOP(19, DefaultAction.STOP),
  /** Stop from the keyboard. */
  SIGTSTP(20, DefaultAction.STOP),
  /** A background process read from the terminal. */
  SIGTTIN(21, DefaultAction.STOP),
  /** A background process wrote to the terminal. */
  SIGTTOU(22, DefaultAction.STOP),
  /** Urgent data. */
  SIGURG(23, DefaultAction.IGNORE),
  /** The CPU time limit was exceeded. */
  SIGXCPU(24, DefaultAction.TERMINATE),
  /** The file size limit was exceeded. */
  SIGXFSZ(25, DefaultAction.TERMINATE),
  /** A CPU time timer expired. */
  SIGVTALRM(26, DefaultAction.TERMINATE),
  /** A profiling timer expired. */
  SIGPROF(27, DefaultAction.TERMINATE),
  /** The terminal changed its size. */
  SIGWINCH(28, DefaultAction.IGNORE),
  /** Input or output is possible. */
  SIGIO(29, DefaultAction.TERMINATE),
  /** Power failure. */
  SIGPWR(30, DefaultAction.TERMINATE),
  /** A bad system call. */
  SIGSYS(31, DefaultAction.TERMINATE),
  /** The first real-time signal; C libraries reserve the first three. */
  SIGRTMIN(32, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_1(33, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_2(34, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_3(35, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_4(36, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_5(37, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_6(38, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_7(39, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_8(40, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_9(41, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_10(42, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_11(43, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_12(44, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_13(45, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_14(46, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_15(47, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_16(48, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_17(49, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_18(50, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_19(51, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_20(52, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_21(53, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_22(54, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_23(55, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_24(56, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_25(57, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_26(58, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_27(59, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_28(60, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_29(61, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_30(62, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_31(63, DefaultAction.TERMINATE),
  /** A real-time signal. */
  SIGRT_32(64, DefaultAction.TERMINATE);

  /** The default action of a signal. */
  public enum DefaultAction {
    /** Ends the process. */
    TERMINATE,
    /** Is ignored. */
    IGNORE,
    /** Stops the process. */
    STOP,
    /** Continues a stopped process. */
    CONTINUE
  }

  private final int number;
  private final DefaultAction defaultAction;

  Signal(int number, DefaultAction defaultAction) {
    this.number = number;
    this.defaultAction = defaultAction;
  }

  /**
   * Returns the signal with a number.
   *
   * @throws ErrnoException EINVAL if there is none
   */
  public static Signal ofNumber(int number) throws ErrnoException {
    if (number < 1 || number > values().length) {
      throw new ErrnoException(
          Errno.EINVAL, "signal %d: expected 1 to %d".formatted(number, values().length));
    }
    return values()[number - 1];
  }

  /** Returns its number. */
  public int number() {
    return number;
  }

  /** Returns its default action. */
  public DefaultAction defaultAction() {
    return defaultAction;
  }

  /** Returns whether it is queued: every instance sent stays pending, not only the first. */
  public boolean isRealTime() {
    return number >= SIGRTMIN.number;
  }

  /** Returns whether it can be neither caught nor ignored. */
  public boolean isForced() {
    return this == SIGKILL || this == SIGSTOP;
  }
}
