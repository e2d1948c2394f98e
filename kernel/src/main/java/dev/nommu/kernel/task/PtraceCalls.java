package dev.nommu.kernel.task;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.LoadMap;
import dev.nommu.api.Protection;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.mm.Caller;
import dev.nommu.kernel.parts.Subsystems;
import dev.nommu.kernel.process.Member;
import dev.nommu.kernel.process.TaskGroup;
import dev.nommu.kernel.signal.PtraceRequest;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.vfs.Credentials;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * {@code ptrace} (ptrace(2), section PTRACE): a process inspects another's memory and decides how
 * it continues after a signal. A process is traced as a whole, not thread by thread. Any thread may
 * make the calls; those on a tracee require it to be stopped.
 */
public final class PtraceCalls {
  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final TaskLife life;
  private final SyscallEntry entry;
  private final TaskTable tasks;
  private final Subsystems kernel;

  PtraceCalls(TaskLife life, TaskTable tasks, Subsystems kernel) {
    this.life = life;
    this.entry = life.entry();
    this.tasks = tasks;
    this.kernel = kernel;
  }

  /** The load map requested, as the address of PTRACE_GETFDPIC. */
  public enum LoadMapOf {
    /** PTRACE_GETFDPIC_EXEC: that of the executable. */
    EXECUTABLE,
    /** PTRACE_GETFDPIC_INTERP: that of its interpreter. */
    INTERPRETER
  }

  /**
   * Makes a request by its number.
   *
   * @param address in the tracee; for PTRACE_GETFDPIC 0 or 1, for any other it stores 0
   * @param data the word to write, a signal number, or the address for the answer of
   *     PTRACE_GETFDPIC
   * @return the word read, else 0
   * @throws ErrnoException EIO for an unknown request or signal, and the errors of the
   *     corresponding calls; EFAULT if the answer of PTRACE_GETFDPIC cannot be stored
   */
  public long ptrace(int request, int pid, long address, long data) throws ErrnoException {
    switch (PtraceRequest.ofNumber(request)) {
      case PTRACE_PEEKTEXT, PTRACE_PEEKDATA -> {
        return peek(pid, address);
      }
      case PTRACE_TRACEME -> traceMe();
      case PTRACE_POKETEXT, PTRACE_POKEDATA -> poke(pid, address, data);
      case PTRACE_CONT -> cont(pid, signal(data));
      case PTRACE_KILL -> kill(pid);
      case PTRACE_ATTACH -> attach(pid);
      case PTRACE_DETACH -> detach(pid, signal(data));
      case PTRACE_GETFDPIC -> putLoadMap(pid, address, data);
    }
    return 0;
  }

  /** Returns no signal for 0; EIO for an invalid number. */
  private static Optional<Signal> signal(long number) throws ErrnoException {
    try {
      return number == 0
          ? Optional.empty()
          : Optional.of(Signal.ofNumber(Math.clamp(number, -1, Integer.MAX_VALUE)));
    } catch (ErrnoException none) {
      throw new ErrnoException(Errno.EIO, "ptrace: " + none.getMessage(), none);
    }
  }

  private void putLoadMap(int pid, long selector, long to) throws ErrnoException {
    Optional<LoadMapOf> of =
        selector == 0
            ? Optional.of(LoadMapOf.EXECUTABLE)
            : Optional.of(LoadMapOf.INTERPRETER).filter(interpreter -> selector == 1);
    stopped(pid);
    long answer = of.isPresent() ? loadMap(pid, of.get()) : 0;
    MemorySegment word = MemorySegment.ofArray(new byte[Long.BYTES]);
    word.set(WORD, 0, answer);
    try {
      kernel.memory().store(to, word, kernel.sanitizer(), life);
    } catch (MemoryFault fault) {
      throw new ErrnoException(
          Errno.EFAULT, "ptrace: nothing to put the answer at 0x%x".formatted(to), fault);
    }
  }

  /**
   * Lets the parent trace this process: signals stop it, and its new file mappings are not shared
   * (rule FLAGS-08).
   *
   * @throws ErrnoException EPERM if it is traced already
   */
  public void traceMe() throws ErrnoException {
    entry.handleSignals();
    if (!life.group().tracing().byParent()) {
      throw refused(life.group(), "is traced already");
    }
  }

  /**
   * Starts tracing a process and stops it, which {@code waitpid} reports.
   *
   * @throws ErrnoException ESRCH if there is no such process; EPERM if it is this one, is traced
   *     already, or belongs to another user
   */
  public void attach(int pid) throws ErrnoException {
    entry.handleSignals();
    TaskGroup target = tasks.processes().find(pid).orElseThrow(() -> noTracee(pid));
    Member leader = target.leader().orElseThrow(() -> noTracee(pid));
    Credentials own = life.credentials();
    if (target == life.group()) {
      throw refused(target, "cannot trace itself");
    }
    if (!own.mayInspect(leader.credentials())) {
      throw refused(target, "is not of user " + own.uid());
    }
    if (!target.tracing().by(life.group())) {
      throw refused(target, "is traced already or has ended");
    }
  }

  /**
   * Stops tracing a process and resumes it; its new mappings can be shared again.
   *
   * @param with a signal to deliver
   * @throws ErrnoException ESRCH if this process does not trace it, or it is not stopped
   */
  public void detach(int pid, Optional<Signal> with) throws ErrnoException {
    stopped(pid).tracing().detach(with);
  }

  /**
   * Resumes a tracee.
   *
   * @param with a signal to deliver
   * @throws ErrnoException ESRCH if this process does not trace it, or it is not stopped
   */
  public void cont(int pid, Optional<Signal> with) throws ErrnoException {
    stopped(pid).tracing().resume(with);
  }

  /** Kills a tracee, stopped or not; ESRCH if this process does not trace it. */
  public void kill(int pid) throws ErrnoException {
    entry.handleSignals();
    life.group()
        .tracing()
        .tracee(pid)
        .orElseThrow(() -> noTracee(pid))
        .signals()
        .send(SignalInfo.ofKernel(Signal.SIGKILL));
  }

  /**
   * Reads a word of a tracee.
   *
   * @throws ErrnoException ESRCH as {@link #cont}; EIO unless all of it lies in one readable
   *     mapping (rules PTRACE-01, PTRACE-02)
   */
  public long peek(int pid, long address) throws ErrnoException {
    Caller tracee = callerOf(stopped(pid));
    MemorySegment word = MemorySegment.ofArray(new byte[Long.BYTES]);
    requireWord(kernel.remoteMemory().read(tracee, address, word), pid, address);
    return word.get(WORD, 0);
  }

  /**
   * Writes a word of a tracee, all of it or none; every process that shares the mapping sees it
   * (PTRACE-03).
   *
   * @throws ErrnoException ESRCH as {@link #cont}; EIO unless all of it lies in one writable
   *     mapping (rules PTRACE-01, PTRACE-02)
   */
  public void poke(int pid, long address, long value) throws ErrnoException {
    Caller tracee = callerOf(stopped(pid));
    requireWord(
        kernel.remoteMemory().permitted(tracee.space(), address, Long.BYTES, Protection.WRITE),
        pid,
        address);
    MemorySegment word = MemorySegment.ofArray(new byte[Long.BYTES]);
    word.set(WORD, 0, value);
    requireWord(kernel.remoteMemory().write(tracee, address, word), pid, address);
  }

  private static void requireWord(long moved, int pid, long address) throws ErrnoException {
    if (moved < Long.BYTES) {
      throw ErrnoException.byRule(
          "PTRACE-01",
          Errno.EIO,
          "ptrace: process %d: expected %d bytes at 0x%x in one mapping, found %d"
              .formatted(pid, Long.BYTES, address, moved));
    }
  }

  /**
   * Returns the address of a load map of a tracee (rule PTRACE-04).
   *
   * @return 0 if its executable, or its interpreter, has none
   * @throws ErrnoException ESRCH as {@link #cont}
   */
  public long loadMap(int pid, LoadMapOf of) throws ErrnoException {
    return callerOf(stopped(pid))
        .space()
        .executed()
        .flatMap(program ->
            switch (of) {
              case EXECUTABLE -> program.image().loadMap();
              case INTERPRETER -> program.image().interpreterLoadMap();
            })
        .map(LoadMap::address)
        .orElse(0L);
  }

  private TaskGroup stopped(int pid) throws ErrnoException {
    entry.handleSignals();
    return life.group().tracing().stoppedTracee(pid).orElseThrow(() -> noTracee(pid));
  }

  private Caller callerOf(TaskGroup tracee) throws ErrnoException {
    return tracee
        .leader()
        .flatMap(leader -> tasks.find(leader.tid()))
        .map(task -> task.life().caller())
        .orElseThrow(() -> noTracee(tracee.pid()));
  }

  private ErrnoException noTracee(int pid) {
    return new ErrnoException(
        Errno.ESRCH,
        "ptrace: process %d has no tracee %d that is stopped".formatted(life.group().pid(), pid));
  }

  private static ErrnoException refused(TaskGroup target, String why) {
    return new ErrnoException(Errno.EPERM, "ptrace: process %d %s".formatted(target.pid(), why));
  }
}
