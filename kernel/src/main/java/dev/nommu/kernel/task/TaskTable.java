package dev.nommu.kernel.task;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.mm.AddressSpace;
import dev.nommu.kernel.mm.ProcessImage;
import dev.nommu.kernel.mm.Region;
import dev.nommu.kernel.mm.Vma;
import dev.nommu.kernel.parts.Subsystems;
import dev.nommu.kernel.process.Member;
import dev.nommu.kernel.process.ProcessTable;
import dev.nommu.kernel.process.Sessions;
import dev.nommu.kernel.process.TaskGroup;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.SignalSet;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.vfs.FsContext;
import dev.nommu.kernel.vfs.FsStruct;
import dev.nommu.kernel.vfs.OpenFileDescription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * The tasks of one machine by number, from their start to their end. Created by the kernel as it
 * boots. Thread-safe.
 */
@SuppressWarnings("exports") // used only within the kernel module
public final class TaskTable {
  /** How often to count the threads that are in calls of ended tasks. */
  private static final long MILLISECONDS_BETWEEN_LOOKS = 10;

  private final Subsystems kernel;
  private final ProcessTable processes = new ProcessTable();
  private final Programs programs;
  private final RandomBytes random = new RandomBytes();

  @GuardedBy("this")
  private final TreeMap<Integer, Task> tasks = new TreeMap<>();

  /** Tasks that ended while threads were, or might have been, in their calls. */
  @GuardedBy("this")
  private final List<TaskLife> called = new ArrayList<>();

  @GuardedBy("this")
  private boolean closed;

  /**
   * Creates the table of a machine without tasks.
   *
   * @param machineCode returns the program that runs the machine code of an executable, or empty
   *     for none
   */
  public TaskTable(Subsystems kernel, Function<ProcessImage, Optional<Program>> machineCode) {
    this.kernel = kernel;
    this.programs = new Programs(machineCode);
  }

  /** Returns an address space without mappings and with an empty heap (rule BRK-02). */
  AddressSpace newAddressSpace() {
    return kernel.newAddressSpace();
  }

  /** Creates the first process, which is driven from outside. */
  public Task createInit(FsContext context) throws ErrnoException {
    TaskGroup first = processes.first();
    TaskResources its =
        new TaskResources(
            newAddressSpace(), new FileTable(), new FsStruct(context), new Personality(0));
    return create("init", first, its, SignalSet.NONE, Optional.empty(), tid -> {});
  }

  /**
   * Creates the first task of a process and starts its program.
   *
   * @param blocked the signals that it blocks
   * @throws ErrnoException ESRCH once all tasks must end; then the new task has ended, too
   */
  Task create(
      String name,
      TaskGroup group,
      TaskResources belongings,
      SignalSet blocked,
      Optional<Program> program,
      IntConsumer told)
      throws ErrnoException {
    TaskLife life =
        new TaskLife(group.pid(), name, group, belongings, blocked, kernel, this::ended);
    return begin(life, program, () -> group.join(life), told);
  }

  /**
   * Creates a thread in the process of another task and starts its program.
   *
   * @throws ErrnoException as {@link #create}
   */
  Task createThread(
      TaskLife maker, TaskResources belongings, Optional<Program> program, IntConsumer told)
      throws ErrnoException {
    TaskGroup group = maker.group();
    TaskLife life =
        new TaskLife(
            processes.nextId(),
            maker.name(),
            group,
            belongings,
            maker.signals().blocked(),
            kernel,
            this::ended);
    return begin(life, program, () -> group.join(life, maker), told);
  }

  private Task begin(TaskLife life, Optional<Program> program, Runnable join, IntConsumer told)
      throws ErrnoException {
    Task task = new Task(life, this, kernel);
    program.map(task::toRun).ifPresent(life::runs);
    boolean added = add(task, join);
    told.accept(life.tid());
    if (!added) {
      life.end(new WaitStatus.Exited(0));
      throw new ErrnoException(
          Errno.ESRCH, "task %d (%s): the machine is closed".formatted(life.tid(), life.name()));
    }
    life.start();
    return task;
  }

  /** Checks that tasks can still be created; ESRCH. */
  synchronized void requireOpen() throws ErrnoException {
    if (closed) {
      throw new ErrnoException(Errno.ESRCH, "the machine is closed");
    }
  }

  /**
   * Adds a task to the table and to its process in one step: a task found and ended in between
   * would stay a member of its process forever.
   */
  private synchronized boolean add(Task task, Runnable join) {
    join.run();
    if (closed) {
      return false;
    }
    tasks.put(task.tid(), task);
    return true;
  }

  private void ended(TaskLife life) {
    find(life.tid()).ifPresent(task -> tellOfEnd(task, life));
    remove(life);
  }

  private void tellOfEnd(Task task, TaskLife life) {
    WaitStatus status = life.status().orElseThrow();
    life.group().signals().takeKiller().ifPresent(signal -> programs.tracer().killed(task, signal));
    programs.tracer().ended(task, status);
    programs.debugger().ifPresent(debugger -> debugger.ended(task.tid(), status));
  }

  private synchronized void remove(TaskLife life) {
    tasks.remove(life.tid());
    called.removeIf(each -> !each.isCalled());
    if (closed || life.isCalled()) {
      called.add(life);
    }
    notifyAll();
  }

  /** Returns the live tasks, threads included, by number. */
  public synchronized List<Task> tasks() {
    return List.copyOf(tasks.values());
  }

  /** Returns a live task by its number. */
  public synchronized Optional<Task> find(int tid) {
    return Optional.ofNullable(tasks.get(tid));
  }

  /** Sends a signal to the processes of a group, if there are any. */
  public void signalGroup(int group, Signal signal) {
    SignalInfo info = SignalInfo.ofKernel(signal);
    new Sessions(processes).group(group).forEach(each -> each.signals().send(info));
  }

  /** Returns the processes and their relations. */
  ProcessTable processes() {
    return processes;
  }

  /** Returns the machine's substitute for randomness. */
  RandomBytes random() {
    return random;
  }

  /** Returns the files that a descriptor or a mapping of a task holds open, each once. */
  public Set<OpenFileDescription> openFiles() {
    Set<OpenFileDescription> open = Collections.newSetFromMap(new IdentityHashMap<>());
    tasks().forEach(task -> open.addAll(task.life().belongings().files().openFiles()));
    for (AddressSpace space : addressSpaces()) {
      for (Vma vma : space.mappings()) {
        Stream.of(vma.file(), vma.region().file())
            .flatMap(Optional::stream)
            .filter(OpenFileDescription.class::isInstance)
            .forEach(file -> open.add((OpenFileDescription) file));
      }
    }
    return open;
  }

  /** Returns the programs behind this machine's executables. */
  public Programs programs() {
    return programs;
  }

  /** Returns the address spaces of all processes, and those of arenas, each once. */
  public Set<AddressSpace> addressSpaces() {
    Set<AddressSpace> spaces = new LinkedHashSet<>();
    tasks().forEach(task -> spaces.add(task.addressSpace()));
    spaces.addAll(kernel.arenaMappings().spaces());
    return spaces;
  }

  /** Returns the regions of all processes, and of arenas, by ascending address. */
  public List<Region> regions() {
    Set<Region> regions = new LinkedHashSet<>();
    for (AddressSpace space : addressSpaces()) {
      space.mappings().stream().map(Vma::region).forEach(regions::add);
    }
    List<Region> sorted = new ArrayList<>(regions);
    sorted.sort(Comparator.comparingLong(Region::start).thenComparingLong(Region::end));
    return sorted;
  }

  /**
   * Kills all tasks; from now on none can be created.
   *
   * @return the members to notify with {@link Member#doomed}, which may take its time
   */
  public List<Member> close() {
    synchronized (this) {
      closed = true;
    }
    return processes.killAll();
  }

  /** Returns whether all tasks were killed and no more can be created. */
  public synchronized boolean isClosed() {
    return closed;
  }

  /** Waits until all tasks have ended and no thread is in a call of one of them. */
  public synchronized void awaitQuiet() throws InterruptedException {
    while (!tasks.isEmpty()) {
      wait();
    }
    while (called.stream().anyMatch(TaskLife::isCalled)) {
      wait(MILLISECONDS_BETWEEN_LOOKS);
    }
  }

  /**
   * Returns the threads that run a program, are in a call of a task or end one, each with its
   * task's name in messages.
   */
  public synchronized Map<Thread, String> threads() {
    Map<Thread, String> threads = new LinkedHashMap<>();
    tasks.values().forEach(task -> note(task.life(), threads));
    called.forEach(life -> note(life, threads));
    return threads;
  }

  private static void note(TaskLife life, Map<Thread, String> threads) {
    String task = "task %d (%s)".formatted(life.tid(), life.name());
    life.threads().forEach(thread -> threads.putIfAbsent(thread, task));
  }

  /** Returns the threads that run programs, which may block in Java. */
  public List<Thread> programThreads() {
    return tasks().stream()
        .flatMap(task -> task.life().thread().stream())
        .map(ProgramThread::host)
        .toList();
  }
}
