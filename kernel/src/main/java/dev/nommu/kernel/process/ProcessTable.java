package dev.nommu.kernel.process;

import static java.util.Comparator.comparingInt;

import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The processes of one machine by number, zombies among them. Thread-safe. */
public final class ProcessTable {
  private static final int INIT = 1;

  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock, as {@link #groups()} asserts: Error Prone cannot check lambdas. */
  private final Map<Integer, TaskGroup> groups = new HashMap<>();

  private int lastId = INIT;

  /** Creates an empty table. */
  public ProcessTable() {}

  /** Returns a number that no process or thread has had. */
  public int nextId() {
    return locked(() -> ++lastId);
  }

  /** Creates the first process. */
  public TaskGroup first() {
    return locked(() -> add(new TaskGroup(this, INIT, Optional.empty(), new SignalActions())));
  }

  TaskGroup add(TaskGroup group) {
    groups().put(group.pid(), group);
    return group;
  }

  /** Returns the process with a number, which may be a zombie. */
  public Optional<TaskGroup> find(int pid) {
    return locked(() -> Optional.ofNullable(groups().get(pid)));
  }

  /** Returns the process that has a thread with this number, or empty. */
  public Optional<TaskGroup> withThread(int tid) {
    return all().stream().filter(group -> group.thread(tid).isPresent()).findFirst();
  }

  /** Returns the processes, zombies among them, by number. */
  public List<TaskGroup> all() {
    return locked(() -> groups().values().stream().sorted(comparingInt(TaskGroup::pid)).toList());
  }

  /**
   * Kills all processes, including the first.
   *
   * @return their threads; the caller must call {@link Member#doomed} on each
   */
  public List<Member> killAll() {
    WaitStatus killed = new WaitStatus.Signaled(Signal.SIGKILL);
    return locked(() ->
        groups().values().stream()
            .filter(group -> !group.isOver())
            .flatMap(group -> group.beginEnd(killed).stream())
            .toList());
  }

  /** Returns the process that adopts orphans, unless it has ended. */
  Optional<TaskGroup> init() {
    return Optional.ofNullable(groups().get(INIT));
  }

  void remove(TaskGroup group) {
    groups().remove(group.pid());
  }

  private Map<Integer, TaskGroup> groups() {
    assert lock.isHeldByCurrentThread();
    return groups;
  }

  ReentrantLock lock() {
    return lock;
  }

  <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
