package dev.nommu.kernel.stress;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.task.Program;
import dev.nommu.kernel.task.ProgramEnd;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Rival;
import dev.nommu.kernel.testing.TaskCalls;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps 64 tasks busy on one machine: half of them programs, half driven from outside, and what
 * those make. One that ends is followed by another. Thread-safe.
 */
final class Crowd {
  private static final int TASKS = 64;
  private static final int MOST_TASKS = 3 * TASKS;
  private static final int MOST_MOUNTS = 16;
  private static final int MOST_CALLS = 300;
  private static final int CALLS_TO_A_KILL = 100;
  private static final int CALLS_TO_A_KILL_AMID = 8;
  private static final long MOST_NANOS = Duration.ofSeconds(60).toNanos();

  private final Machine machine;
  private final Task init;
  private final long seed;
  private final List<Thread> drivers = new ArrayList<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Map<Thread, Task> joined = new ConcurrentHashMap<>();
  private final ThreadLocal<@Nullable Actor> calling = new ThreadLocal<>();

  /** The threads in calls that are soon over, and the calls. */
  private final Map<Thread, String> prompt = new ConcurrentHashMap<>();

  private final AtomicLong calls = new AtomicLong();

  /** Held, to be shared, while a task makes a call that is soon over. */
  private final ReentrantReadWriteLock pause = new ReentrantReadWriteLock();

  private final CountDownLatch failed = new CountDownLatch(1);
  private volatile boolean goesOn = true;

  Crowd(Machine machine, long seed) {
    this.machine = machine;
    this.init = machine.init();
    this.seed = seed;
    machine.programs().register("/bin/program", task -> run(task, seed + calls.get()));
  }

  /** Lets the tasks begin. */
  void start() {
    for (int i = 0; i < TASKS; i++) {
      Random random = new Random(seed + i);
      begin("driver " + i, i % 2 == 0 ? () -> drive(random) : () -> awaitPrograms(random));
    }
  }

  private void begin(String name, Runnable work) {
    Runnable watched =
        () -> {
          try {
            work.run();
          } catch (RuntimeException | Error failure) {
            if (!machine.isClosed()) {
              failed(failure);
            }
          }
        };
    drivers.add(Thread.ofPlatform().daemon().name(name).start(watched));
  }

  private void drive(Random random) {
    while (goesOn) {
      Task task = random.nextInt(4) == 0 ? anybody(random) : init.spawn("driven");
      if (task.pid() != init.pid()) {
        new Actor(this, task, random.nextLong()).act(1 + random.nextInt(MOST_CALLS));
        task.exit();
      }
    }
  }

  private void awaitPrograms(Random random) {
    while (goesOn) {
      try {
        Task task = init.spawn("program", program(random.nextLong()));
        joined.put(Thread.currentThread(), task);
        task.join();
      } catch (InterruptedException impossible) {
        throw new AssertionError(impossible);
      }
    }
  }

  /** Sends a signal at any moment of what the victim does, unless somebody looks at the machine. */
  private void send(Task victim, Signal signal) {
    if (victim.pid() == init.pid()) {
      return;
    }
    pause.readLock().lock();
    try {
      init.processes().kill(victim.pid(), signal);
    } catch (ErrnoException goneAlready) {
      // it was faster
    } finally {
      pause.readLock().unlock();
    }
  }

  /** Returns a program that makes random calls. */
  Program program(long itsSeed) {
    return task -> run(task, itsSeed);
  }

  private int run(Task task, long itsSeed) {
    try {
      Random random = new Random(itsSeed);
      new Actor(this, task, random.nextLong()).act(1 + random.nextInt(MOST_CALLS));
      return 0;
    } catch (RuntimeException | Error thrown) {
      if (!(thrown instanceof ProgramEnd) && !machine.isClosed()) {
        failed(thrown);
      }
      throw thrown;
    }
  }

  /** Kills whoever called, now and then, while a plugin is amid the call. */
  void amidCall() {
    Actor caller = calling.get();
    if (caller != null && caller.oneIn(CALLS_TO_A_KILL_AMID)) {
      Rival.start(() -> init.processes().kill(caller.task().pid(), Signal.SIGKILL));
    }
  }

  /** Makes a call of an actor, unless somebody looks at the machine. */
  void make(Action action, Actor actor) throws ErrnoException, MemoryFault {
    calls.incrementAndGet();
    if (actor.oneIn(CALLS_TO_A_KILL)) {
      send(anybody(actor.random()), Signal.SIGKILL);
    }
    pause.readLock().lock();
    if (action.pace() == Action.Pace.PATIENT) {
      pause.readLock().unlock();
      call(action, actor);
      return;
    }
    prompt.put(Thread.currentThread(), action.name());
    try {
      call(action, actor);
    } finally {
      prompt.remove(Thread.currentThread());
      pause.readLock().unlock();
    }
  }

  private void call(Action action, Actor actor) throws ErrnoException, MemoryFault {
    calling.set(actor);
    try {
      action.act().make(actor);
    } finally {
      calling.remove();
    }
  }

  /** Says that something happened which may not. */
  void failed(Throwable failure) {
    failures.add(failure);
    goesOn = false;
    failed.countDown();
  }

  /** Returns what happened that may not. */
  List<Throwable> failures() {
    return List.copyOf(failures);
  }

  /** Waits; returns early if something happened that may not. */
  boolean failsWithin(Duration time) throws InterruptedException {
    return failed.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  boolean goesOn() {
    return goesOn;
  }

  long calls() {
    return calls.get();
  }

  boolean hasRoom() {
    return machine.tasks().size() < MOST_TASKS;
  }

  boolean hasRoomForMounts() {
    return machine.mounts().size() < MOST_MOUNTS;
  }

  /** Returns one of the tasks, the first only if there is no other. */
  Task anybody(Random random) {
    List<Task> tasks = machine.tasks();
    return tasks.get(Math.min(1 + random.nextInt(tasks.size()), tasks.size() - 1));
  }

  /**
   * Lets nobody begin a call and waits until those are over that are soon over, and tasks have
   * ended that were about to.
   *
   * @return what is wrong with the machine even then
   */
  List<String> check() throws InterruptedException {
    long last = System.nanoTime() + MOST_NANOS;
    while (!pause.writeLock().tryLock(100, TimeUnit.MILLISECONDS)) {
      if (System.nanoTime() > last) {
        return Stream.concat(
                Stream.of("the machine cannot be looked at: some call does not return"),
                prompt.entrySet().stream().map(Crowd::describe))
            .toList();
      }
      machine.tasks().forEach(task -> send(task, Signal.SIGCONT));
    }
    try {
      long end = System.nanoTime() + MOST_NANOS / 6;
      List<String> wrong = machine.check();
      while (!wrong.isEmpty() && System.nanoTime() < end) {
        Thread.yield();
        wrong = machine.check();
      }
      return wrong;
    } finally {
      pause.writeLock().unlock();
    }
  }

  /** Ends all tasks but the first; returns who does not end, or empty. */
  List<String> end() throws InterruptedException {
    goesOn = false;
    long end = System.nanoTime() + MOST_NANOS;
    while (isAnybodyLeft() && System.nanoTime() < end) {
      tasks().forEach(task -> send(task, Signal.SIGKILL));
      Thread.yield();
    }
    return left();
  }

  private boolean isAnybodyLeft() {
    return tasks().size() > 1 || drivers.stream().anyMatch(Thread::isAlive);
  }

  private List<String> left() {
    return Stream.concat(
            tasks().stream().skip(1).map(Crowd::describe),
            drivers.stream().filter(Thread::isAlive).map(this::describe))
        .toList();
  }

  /** Returns all tasks: none after the end of the machine. */
  private List<Task> tasks() {
    return machine.isClosed() ? List.of() : machine.tasks();
  }

  private static String describe(Map.Entry<Thread, String> call) {
    return "%s does not return from %s, in %s"
        .formatted(
            call.getKey().getName(), call.getValue(), List.of(call.getKey().getStackTrace()));
  }

  private static String describe(Task task) {
    return "task %d of process %d (%s), which waits for %s"
        .formatted(task.tid(), task.pid(), task.name(), task.waitsFor());
  }

  private String describe(Thread thread) {
    String process = Optional.ofNullable(joined.get(thread)).map(this::status).orElse("nothing");
    return "%s joins %s, in %s"
        .formatted(thread.getName(), process, List.of(thread.getStackTrace()));
  }

  /** Returns what proc says of a task's process. */
  private String status(Task task) {
    try {
      int file = init.open("/proc/%d/status".formatted(task.pid()), 0);
      MemorySegment text = MemorySegment.ofArray(new byte[TaskCalls.PAGE]);
      long length = init.read(file, text);
      init.close(file);
      return new String(text.asSlice(0, length).toArray(JAVA_BYTE), UTF_8);
    } catch (ErrnoException failure) {
      return "%d, of which proc says: %s".formatted(task.pid(), failure.getMessage());
    }
  }
}
