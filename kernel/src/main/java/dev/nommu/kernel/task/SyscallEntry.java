package dev.nommu.kernel.task;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.call.FallibleAction;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.plugin.Callers;
import dev.nommu.kernel.plugin.PluginCall;
import java.lang.ScopedValue.CallableOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The entry and exit of one task's system calls: tracks the threads that are in a call, and handles
 * signals. Thread-safe.
 */
final class SyscallEntry {
  private final TaskLife life;
  private final Callers callers;
  private final KernelLog log;

  SyscallEntry(TaskLife life, Callers callers, KernelLog log) {
    this.life = life;
    this.callers = callers;
    this.log = log;
  }

  /** Returns the failure of a call, and logs it if a plugin is at fault (PLUGIN-01). */
  ErrnoException noted(ErrnoException failure) {
    if (failure.rule().filter("PLUGIN-01"::equals).isPresent()) {
      List<String> lines = new ArrayList<>();
      lines.add("%s[%d]: %s".formatted(life.name(), life.tid(), failure.getMessage()));
      Optional.ofNullable(failure.getCause())
          .flatMap(SyscallEntry::place)
          .ifPresent(frame -> lines.add("  at " + frame));
      log.printRatelimited(PluginCall.culprit(failure), lines);
    }
    return failure;
  }

  /** A plugin's exception may override methods, which may throw as well. */
  private static Optional<StackTraceElement> place(Throwable thrown) {
    try {
      return Arrays.stream(thrown.getStackTrace()).findFirst();
    } catch (Throwable speechless) {
      return Optional.empty();
    }
  }

  /** Returns the fault of a load or store, and logs it if a plugin is at fault (PLUGIN-01). */
  MemoryFault noted(MemoryFault fault) {
    if (fault.getCause() instanceof ErrnoException failure) {
      noted(failure);
    }
    return fault;
  }

  /**
   * Begins a call: handles signals. It ends when the result is closed.
   *
   * @throws ErrnoException ESRCH as {@link #handleSignals}
   */
  Callers.Call enter() throws ErrnoException {
    Callers.Call call = callers.enter();
    try {
      handleSignals();
    } catch (ErrnoException | RuntimeException | Error unwound) {
      call.close();
      throw unwound;
    }
    return call;
  }

  /**
   * Handles signals: at the start of every call, and at the end of one that waits.
   *
   * @throws ErrnoException ESRCH if the task has ended; on the thread of its program it unwinds
   *     instead
   */
  void handleSignals() throws ErrnoException {
    if (!life.isDismissed() && !life.group().wantsAttention()) {
      return;
    }
    life.requireAlive();
    try {
      life.call(() -> life.group().takeSignals(life)).forEach(Runnable::run);
    } catch (ErrnoException killed) {
      life.requireAlive();
      throw killed;
    }
    life.requireAlive();
  }

  /**
   * Makes a call that may wait, until interrupted by a signal, or read /proc/self. Signals are
   * handled before and after it: its result is lost if the task is killed meanwhile, so the call
   * itself must hand resources over to the task or release them.
   *
   * @throws ErrnoException ESRCH if the task was killed before the call returned; else as the call
   */
  <T> T call(CallableOp<T, ErrnoException> call) throws ErrnoException {
    T result;
    Callers.Call noted = enter();
    try {
      result = life.call(call);
    } catch (ErrnoException failure) {
      handleSignalsAfter(failure);
      throw noted(failure);
    } finally {
      noted.close();
    }
    handleSignals();
    return result;
  }

  /** Makes a call that returns nothing; see {@link #call}. */
  void run(FallibleAction<ErrnoException> action) throws ErrnoException {
    call(() -> {
      action.run();
      return true;
    });
  }

  /** A failure of the call takes precedence over the end of the task, unless that caused it. */
  private void handleSignalsAfter(ErrnoException failure) throws ErrnoException {
    life.unwindIfDoomed();
    if (!life.isDoomed() || failure.errno() == Errno.EINTR) {
      handleSignals();
    }
  }
}
