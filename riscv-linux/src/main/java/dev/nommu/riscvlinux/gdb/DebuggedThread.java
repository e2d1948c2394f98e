package dev.nommu.riscvlinux.gdb;

import dev.nommu.api.Hart;
import dev.nommu.kernel.signal.Signal;
import java.util.Optional;

/** A thread of the debugged program. Guarded by its {@link Debuggee}. */
final class DebuggedThread {
  private final int tid;
  private final Hart hart;

  private Resumption resumption = Resumption.STAY;

  /** Whether a step made a system call; it ends with the call. */
  private boolean stepped;

  /** How a thread continues when the program is resumed. */
  record Resumption(Way way, Optional<Signal> signal) {
    static final Resumption STAY = new Resumption(Way.STAY, Optional.empty());
    static final Resumption GO_ON = new Resumption(Way.GO_ON, Optional.empty());

    enum Way {
      /** It stays stopped. */
      STAY,
      /** It executes one instruction. */
      STEP,
      /** It runs. */
      GO_ON
    }
  }

  DebuggedThread(int tid, Hart hart) {
    this.tid = tid;
    this.hart = hart;
  }

  int tid() {
    return tid;
  }

  Hart hart() {
    return hart;
  }

  void resume(Resumption how) {
    resumption = how;
    stepped = false;
  }

  Resumption resumption() {
    return resumption;
  }

  boolean isStepping() {
    return resumption.way() == Resumption.Way.STEP;
  }

  void stepped(boolean into) {
    stepped = into;
  }

  boolean hasStepped() {
    return stepped;
  }

  /** Returns whether the debugger passes a signal to the program, which it does once. */
  boolean passes(Signal signal) {
    boolean passes = resumption.signal().filter(signal::equals).isPresent();
    if (passes) {
      resumption = new Resumption(resumption.way(), Optional.empty());
    }
    return passes;
  }
}
