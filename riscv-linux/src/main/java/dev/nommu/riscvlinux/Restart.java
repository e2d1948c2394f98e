package dev.nommu.riscvlinux;

import dev.nommu.kernel.signal.Disposition;
import java.util.Optional;
import java.util.Set;

/** Whether a call interrupted by a signal is restarted. */
enum Restart {
  /** After a handler with SA_RESTART, and if no handler runs: Linux's -ERESTARTSYS. */
  UNLESS_HANDLER_SAYS_NO,
  /** If no handler runs: Linux's -ERESTARTNOHAND. */
  WITHOUT_HANDLER,
  /** Never: -EINTR. */
  NEVER;

  private static final int FUTEX = 98;

  /** openat, fcntl, ioctl, flock, read to pwritev, sendfile, waitid, wait4. */
  private static final Set<Long> LIKE_READ =
      Set.of(56L, 25L, 29L, 32L, 63L, 64L, 65L, 66L, 67L, 68L, 69L, 70L, 71L, 95L, 260L);

  /** pselect6, ppoll, rt_sigsuspend. */
  private static final Set<Long> LIKE_PAUSE = Set.of(72L, 73L, 133L);

  /** Returns whether a call is restarted; a futex wait is only if it has no timeout. */
  static Restart of(long number, long[] arguments) {
    if (LIKE_READ.contains(number) || (number == FUTEX && arguments[3] == 0)) {
      return UNLESS_HANDLER_SAYS_NO;
    }
    return LIKE_PAUSE.contains(number) ? WITHOUT_HANDLER : NEVER;
  }

  /** Returns whether to restart the call after a handler, or if none runs. */
  boolean isDue(Optional<Disposition.Action> handler) {
    return switch (this) {
      case UNLESS_HANDLER_SAYS_NO ->
          handler.map(each -> each.has(Disposition.Action.SA_RESTART)).orElse(true);
      case WITHOUT_HANDLER -> handler.isEmpty();
      case NEVER -> false;
    };
  }
}
