package dev.nommu.riscvlinux;

import dev.nommu.api.AccessFault;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Hart;
import dev.nommu.api.LoadMap;
import dev.nommu.api.LoadedImage;
import dev.nommu.api.ProcessorMemory;
import dev.nommu.api.Stop;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.task.Debugger;
import dev.nommu.kernel.task.SyscallTracer;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.Timeslice;
import dev.nommu.riscvlinux.GuestSignals.Interrupted;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A thread of a riscv64 program: runs its hart, makes its system calls and delivers its signals.
 * For the thread of its task.
 */
final class Guest {
  private static final int SP = 2;
  private static final int TP = 4;
  private static final int A0 = 10;
  private static final int A7 = 17;
  private static final int ARGUMENTS = 6;

  private static final int ILL_ILLOPC = 1;
  private static final int TRAP_BRKPT = 1;
  private static final int SEGV_ACCERR = 2;
  private static final int BUS_ADRALN = 1;
  private static final int BUS_ADRERR = 2;

  private final Syscalls calls;
  private final Task task;
  private final SyscallTracer tracer;
  private final Optional<Debugger> debugger;
  private final Hart hart;
  private final UserSpace memory;
  private final GuestSignals signals;
  private final CodePlace code;

  /** The threads that share its memory, including this one. */
  private final Set<Guest> threads;

  private final long[] arguments = new long[ARGUMENTS];

  /** The address of the instruction that made the current call; 0 outside a call. */
  private long calling;

  Guest(Task task, Hart hart, Syscalls calls) {
    this(task, hart, calls, AlternateStack.NONE, ConcurrentHashMap.newKeySet());
  }

  private Guest(Task task, Hart hart, Syscalls calls, AlternateStack stack, Set<Guest> threads) {
    this.calls = calls;
    this.task = task;
    this.tracer = task.programs().tracer();
    this.debugger = task.programs().debugger();
    this.hart = hart;
    this.memory = new UserSpace(task);
    this.code = CodePlace.of(task);
    this.signals = new GuestSignals(this, stack);
    this.threads = threads;
  }

  /** Returns the memory of a task as its hart accesses it. */
  static ProcessorMemory memoryOf(Task task) {
    ProcessorMemory memory = task.processorMemory();
    return task.programs()
        .debugger()
        .map(debugger -> debugger.memory(task.pid(), task.tid(), memory))
        .orElse(memory);
  }

  Task task() {
    return task;
  }

  Hart hart() {
    return hart;
  }

  /** Returns the tracer of its calls. */
  SyscallTracer tracer() {
    return tracer;
  }

  UserSpace memory() {
    return memory;
  }

  GuestSignals signals() {
    return signals;
  }

  /** Sets the registers to start an image, as {@code start_thread} and ELF_FDPIC_PLAT_INIT do. */
  void begin(LoadedImage image) {
    hart.setPc(image.entry());
    hart.setRegister(SP, image.stackPointer());
    hart.setRegister(A0 + 1, image.loadMap().map(LoadMap::address).orElse(0L));
    hart.setRegister(A0 + 2, image.interpreterLoadMap().map(LoadMap::address).orElse(0L));
    tracer.executed(task, image.stackPointer());
  }

  /**
   * Returns a thread that continues from where this one was, as {@code clone} creates it.
   *
   * @param child the new thread's task
   * @param registers this thread's registers when it made the call
   * @param alternate the stack on which handlers with SA_ONSTACK run
   * @param stack the new thread's stack pointer; 0 for that of this thread
   */
  Guest cloned(Task child, Hart registers, AlternateStack alternate, long stack) {
    Hart copy = registers.copy(memoryOf(child));
    Guest guest = new Guest(child, copy, calls, alternate, threads);
    guest.hart.setRegister(A0, 0);
    if (stack != 0) {
      guest.hart.setRegister(SP, stack);
    }
    return guest;
  }

  void setThreadPointer(long address) {
    hart.setRegister(TP, address);
  }

  /** Makes code stored in memory visible to all threads that share it. */
  void flushInstructions() {
    threads.forEach(each -> each.hart.flushInstructions());
  }

  /** Runs until a call into the kernel ends the thread by throwing. */
  int run() throws ErrnoException {
    task.programs().runsAt(this::place);
    threads.add(this);
    try {
      return runAll();
    } finally {
      threads.remove(this);
      task.programs().runsAt(List::of);
    }
  }

  private List<StackTraceElement> place() {
    return List.of(code.at(calling == 0 ? hart.pc() : calling));
  }

  private Stop run(long instructions) {
    return debugger.isPresent()
        ? debugger.get().run(task.tid(), hart, instructions)
        : hart.run(instructions);
  }

  private int runAll() throws ErrnoException {
    Timeslice timeslice = task.processes().timeslice();
    Optional<Interrupted> interrupted = Optional.empty();
    while (true) {
      long instructions = timeslice.begin(hart.retired());
      signals.deliver(interrupted);
      Stop stop = run(instructions);
      timeslice.pass(hart.retired());
      interrupted = Optional.empty();
      switch (stop) {
        case Stop.Call call -> {
          calling = call.address();
          interrupted = call(call);
          calling = 0;
        }
        case Stop.QuantumUsed used -> yieldIfOver(timeslice);
        case Stop.Breakpoint breakpoint -> signals.force(Signal.SIGTRAP, TRAP_BRKPT, hart.pc());
        case Stop.Illegal illegal -> signals.force(Signal.SIGILL, ILL_ILLOPC, hart.pc());
        case Stop.Fault fault -> fault(fault.fault());
        case Stop.Misaligned misaligned ->
            signals.force(Signal.SIGBUS, BUS_ADRALN, misaligned.address());
      }
    }
  }

  private void yieldIfOver(Timeslice timeslice) throws ErrnoException {
    if (timeslice.isOver()) {
      task.processes().schedYield();
    }
  }

  private void fault(AccessFault fault) throws ErrnoException {
    boolean ofDevice =
        fault.getCause() instanceof MemoryFault cause && cause.signal() == Signal.SIGBUS;
    if (ofDevice) {
      signals.force(Signal.SIGBUS, BUS_ADRERR, fault.address());
    } else {
      signals.force(Signal.SIGSEGV, SEGV_ACCERR, fault.address());
    }
  }

  /** Makes the call that the program requests; returns it if a signal interrupted it. */
  private Optional<Interrupted> call(Stop.Call call) throws ErrnoException {
    for (int i = 0; i < ARGUMENTS; i++) {
      arguments[i] = hart.register(A0 + i);
    }
    long number = hart.register(A7);
    long first = arguments[0];
    tracer.entered(task, number, arguments, hart.register(SP));
    try {
      long result = calls.require(number).make(this, arguments);
      tracer.returned(task, result);
      hart.setRegister(A0, result);
      return Optional.empty();
    } catch (ErrnoException failure) {
      tracer.failed(task, failure);
      hart.setRegister(A0, -failure.errno().number());
      return failure.errno() == Errno.EINTR
          ? Optional.of(new Interrupted(Restart.of(number, arguments), call.address(), first))
          : Optional.empty();
    }
  }
}
