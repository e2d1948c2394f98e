package dev.nommu.riscvlinux.gdb;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Hart;
import dev.nommu.api.ProcessorMemory;
import dev.nommu.api.Stop;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Debugger;
import dev.nommu.kernel.task.Standstill;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.riscvlinux.gdb.DebuggedThread.Resumption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The debugged process: the first that runs machine code. It stops before its first instruction;
 * when one of its threads stops, all do. A thread in a call stops after it. Other processes,
 * including its children, run freely. Thread-safe.
 */
final class Debuggee implements Debugger {
  private final Breakpoints breakpoints = new Breakpoints();
  private final Watchpoints watchpoints;
  private final MachineClock clock;

  /** Keeps the clock busy while the program is stopped, so that simulated time stands still. */
  private final Thread busy = Thread.ofVirtual().unstarted(() -> {});

  @GuardedBy("this")
  private final Map<Integer, DebuggedThread> threads = new TreeMap<>();

  /** The process ID; 0 until there is a process. */
  @GuardedBy("this")
  private int pid;

  /** Its tasks, including those that have not run yet. */
  @GuardedBy("this")
  private final Set<Integer> members = new HashSet<>();

  /** Its stack pointer before its first instruction. */
  @GuardedBy("this")
  private long stack;

  /** The number of threads that are executing instructions. */
  @GuardedBy("this")
  private int running;

  /** Stopped threads wait for it to end. */
  @GuardedBy("this")
  private Standstill standstill = new Standstill();

  @GuardedBy("this")
  private Optional<StopReason> reason = Optional.empty();

  @GuardedBy("this")
  private boolean detached;

  /**
   * Debugs the first process that runs machine code on a machine.
   *
   * @param clock the machine's clock
   * @param memory the machine's memory
   */
  Debuggee(MachineClock clock, GuestMemory memory) {
    this.clock = clock;
    this.watchpoints = new Watchpoints(memory);
  }

  @Override
  public synchronized ProcessorMemory memory(int process, int tid, ProcessorMemory memory) {
    if (pid == 0) {
      pid = process;
    }
    if (pid != process || detached) {
      return memory;
    }
    members.add(tid);
    if (threads.remove(tid) != null) {
      breakpoints.clear();
      watchpoints.clear();
    }
    return breakpoints.over(memory);
  }

  @Override
  public Stop run(int tid, Hart hart, long instructions) {
    Optional<DebuggedThread> debugged = thread(tid, hart);
    if (debugged.isEmpty()) {
      return hart.run(instructions);
    }
    DebuggedThread thread = debugged.get();
    while (enter(thread)) {
      Optional<Stop> stop = execute(thread, instructions);
      if (stop.isPresent()) {
        return stop.get();
      }
    }
    return new Stop.QuantumUsed();
  }

  /** Returns the thread of a task, which may be new; empty for another process. */
  private synchronized Optional<DebuggedThread> thread(int tid, Hart hart) {
    if (detached || !members.contains(tid)) {
      return Optional.empty();
    }
    boolean isNew = !threads.containsKey(tid);
    DebuggedThread thread = threads.computeIfAbsent(tid, _ -> new DebuggedThread(tid, hart));
    if (isNew && threads.size() == 1 && reason.isEmpty()) {
      stack = hart.register(Registers.SP);
      stop(StopReason.Stopped.by(thread, Signal.SIGTRAP));
    } else if (isNew && reason.isEmpty()) {
      thread.resume(Resumption.GO_ON);
    }
    return Optional.of(thread);
  }

  /** Waits until a thread may run; returns false if it must end instead. */
  private boolean enter(DebuggedThread thread) {
    while (true) {
      Standstill waited;
      synchronized (this) {
        if (thread.hasStepped()) {
          thread.stepped(false);
          stop(StopReason.Stopped.by(thread, Signal.SIGTRAP));
        }
        if (isFree(thread)) {
          running++;
          return true;
        }
        waited = standstill;
      }
      try {
        waited.await();
      } catch (ErrnoException killed) {
        return false;
      }
    }
  }

  @GuardedBy("this")
  private boolean isFree(DebuggedThread thread) {
    return detached || (reason.isEmpty() && thread.resumption().way() != Resumption.Way.STAY);
  }

  /** Returns why the hart stopped, or empty if the debugger handles the stop. */
  private Optional<Stop> execute(DebuggedThread thread, long instructions) {
    try {
      Stop stop =
          watchpoints.isEmpty()
              ? thread.hart().run(thread.isStepping() ? 1 : instructions)
              : runWatching(thread, instructions);
      return isHeard(thread, stop) ? Optional.empty() : Optional.of(stop);
    } finally {
      left();
    }
  }

  private Stop runWatching(DebuggedThread thread, long instructions) {
    Stop stop = new Stop.QuantumUsed();
    long left = thread.isStepping() ? 1 : instructions;
    while (left > 0 && stop instanceof Stop.QuantumUsed) {
      stop = thread.hart().run(1);
      left--;
      Optional<Long> changed = watchpoints.changed();
      if (changed.isPresent()) {
        stop(new StopReason.Stopped(thread.tid(), Signal.SIGTRAP, changed));
        return stop;
      }
    }
    return stop;
  }

  private synchronized void left() {
    running--;
    notifyAll();
  }

  private synchronized boolean isHeard(DebuggedThread thread, Stop stop) {
    return switch (stop) {
      case Stop.Call _ -> {
        thread.stepped(thread.isStepping());
        yield false;
      }
      case Stop.QuantumUsed _ -> thread.isStepping() && stops(thread, Signal.SIGTRAP);
      case Stop.Breakpoint _ -> isHeard(thread, Signal.SIGTRAP);
      case Stop.Illegal _ -> isHeard(thread, Signal.SIGILL);
      case Stop.Misaligned _ -> isHeard(thread, Signal.SIGBUS);
      case Stop.Fault fault -> isHeard(thread, signalOf(fault));
    };
  }

  private static Signal signalOf(Stop.Fault fault) {
    return fault.fault().getCause() instanceof MemoryFault cause ? cause.signal() : Signal.SIGSEGV;
  }

  @GuardedBy("this")
  private boolean isHeard(DebuggedThread thread, Signal fault) {
    return !detached && !thread.passes(fault) && stops(thread, fault);
  }

  /** A stop while all threads are already stopped recurs when they continue. */
  @GuardedBy("this")
  private boolean stops(DebuggedThread thread, Signal signal) {
    stop(StopReason.Stopped.by(thread, signal));
    return true;
  }

  private synchronized void stop(StopReason why) {
    if (reason.isEmpty() && !detached) {
      reason = Optional.of(why);
      clock.begin(busy);
      notifyAll();
    }
  }

  @Override
  public synchronized void ended(int tid, WaitStatus status) {
    threads.remove(tid);
    if (members.remove(tid) && members.isEmpty() && !detached) {
      goOn();
      reason = Optional.of(new StopReason.Ended(status));
      notifyAll();
    }
  }

  /** Stops all threads at the request of gdb's user. */
  synchronized void interrupt() {
    threads.values().stream()
        .findFirst()
        .ifPresent(thread -> stop(StopReason.Stopped.by(thread, Signal.SIGINT)));
  }

  /** Waits until no thread executes instructions; returns the reason. */
  synchronized StopReason awaitStop() throws InterruptedException {
    while (reason.isEmpty() || running > 0) {
      wait();
    }
    return reason.get();
  }

  /**
   * Resumes the threads.
   *
   * @param how how each thread continues
   */
  synchronized void resume(Function<DebuggedThread, Resumption> how) {
    if (isStopped()) {
      threads.values().forEach(each -> each.resume(how.apply(each)));
      goOn();
    }
  }

  @GuardedBy("this")
  private boolean isStopped() {
    return reason.filter(StopReason.Stopped.class::isInstance).isPresent();
  }

  /** Lets waiting threads check whether they may run. */
  @GuardedBy("this")
  private void goOn() {
    if (isStopped()) {
      clock.finish(busy);
    }
    reason = Optional.empty();
    standstill.end();
    standstill = new Standstill();
  }

  /** Resumes all threads without breakpoints, and no longer debugs the process. */
  synchronized void detach() {
    breakpoints.clear();
    watchpoints.clear();
    flush();
    detached = true;
    goOn();
    threads.clear();
    members.clear();
    notifyAll();
  }

  synchronized boolean isDetached() {
    return detached;
  }

  /** Returns its threads, by ascending TID. */
  synchronized List<DebuggedThread> threads() {
    return new ArrayList<>(threads.values());
  }

  /** Returns the stack pointer of the program before its first instruction. */
  synchronized long stack() {
    return stack;
  }

  synchronized Optional<DebuggedThread> find(int tid) {
    return Optional.ofNullable(threads.get(tid));
  }

  /** Sets a breakpoint or removes one. */
  void breakpoint(long address, boolean isSet) {
    if (isSet) {
      breakpoints.add(address);
    } else {
      breakpoints.remove(address);
    }
    flush();
  }

  /** Watches memory or stops watching it. */
  void watchpoint(Range range, boolean isSet) throws MemoryFault {
    if (isSet) {
      watchpoints.add(range);
    } else {
      watchpoints.remove(range);
    }
  }

  /** Makes changed code in memory visible to all harts. */
  synchronized void flush() {
    threads.values().forEach(each -> each.hart().flushInstructions());
  }
}
