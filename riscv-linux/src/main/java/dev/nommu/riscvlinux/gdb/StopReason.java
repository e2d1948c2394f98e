package dev.nommu.riscvlinux.gdb;

import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import java.util.Optional;

/** Why a program does not run. */
sealed interface StopReason {
  /**
   * A thread has stopped, and with it all.
   *
   * @param signal as gdb shows it: SIGTRAP at a breakpoint and behind a step, SIGINT when gdb asked
   * @param watched the address of what was watched and has changed
   */
  record Stopped(int tid, Signal signal, Optional<Long> watched) implements StopReason {
    static Stopped by(DebuggedThread thread, Signal signal) {
      return new Stopped(thread.tid(), signal, Optional.empty());
    }
  }

  /**
   * The process has ended.
   *
   * @param status how
   */
  record Ended(WaitStatus status) implements StopReason {}
}
