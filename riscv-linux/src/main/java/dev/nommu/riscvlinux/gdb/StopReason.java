package dev.nommu.riscvlinux.gdb;

import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import java.util.Optional;

/** Why a program is not running. */
sealed interface StopReason {
  /**
   * A thread has stopped, and all others with it.
   *
   * @param signal as gdb shows it: SIGTRAP at a breakpoint and after a step, SIGINT when gdb
   *     requested the stop
   * @param watched the address of watched memory that has changed
   */
  record Stopped(int tid, Signal signal, Optional<Long> watched) implements StopReason {
    static Stopped by(DebuggedThread thread, Signal signal) {
      return new Stopped(thread.tid(), signal, Optional.empty());
    }
  }

  /**
   * The process has ended.
   *
   * @param status how it ended
   */
  record Ended(WaitStatus status) implements StopReason {}
}
