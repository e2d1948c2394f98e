package dev.nommu.kernel.task;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.futex.FutexCall;
import dev.nommu.kernel.futex.FutexCaller;
import dev.nommu.kernel.futex.Futexes;
import dev.nommu.kernel.ipc.FutexArguments;
import dev.nommu.kernel.ipc.FutexScope;
import dev.nommu.kernel.ipc.FutexTimeout;
import dev.nommu.kernel.ipc.ShmLimits;
import dev.nommu.kernel.ipc.ShmStatus;
import dev.nommu.kernel.ipc.ShmUsage;
import dev.nommu.kernel.ipc.Timespec;
import dev.nommu.kernel.ipc.WakeOp;
import dev.nommu.kernel.parts.Subsystems;
import dev.nommu.kernel.shm.SharedMemory;
import dev.nommu.kernel.shm.ShmControl;
import dev.nommu.kernel.vfs.Credentials;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** The calls of a task for memory shared with other processes. Thread-safe. */
public final class IpcCalls {
  private final TaskLife life;
  private final SyscallEntry entry;
  private final MappingCalls mappings;
  private final Subsystems kernel;
  private final FutexCaller caller;

  IpcCalls(TaskLife life, MappingCalls mappings, TaskTable tasks, Subsystems kernel) {
    this.life = life;
    this.entry = life.entry();
    this.mappings = mappings;
    this.kernel = kernel;
    this.caller = new FutexCaller(life.tid(), tid -> tasks.find(tid).isPresent());
  }

  /** Creates or finds a System V shared memory segment; see {@link SharedMemory#get}. */
  public int shmget(int key, long size, int flags) throws ErrnoException {
    return kernel.sharedMemory().get(credentials(), life.group().pid(), key, size, flags);
  }

  /** Attaches a segment; see {@link SharedMemory#attach}. */
  public long shmat(int id, long address, int flags) throws ErrnoException {
    Credentials as = credentials();
    return mappings.make(caller -> kernel.sharedMemory().attach(as, caller, id, address, flags));
  }

  /** Detaches a segment; see {@link SharedMemory#detach}. */
  public void shmdt(long address) throws ErrnoException {
    mappings.make(caller -> {
      kernel.sharedMemory().detach(caller, address);
      return true;
    });
  }

  /** Returns the result of {@code shmctl(IPC_STAT)}; see {@link ShmControl#status}. */
  public ShmStatus shmStatus(int id) throws ErrnoException {
    return shmControl().status(credentials(), id);
  }

  /** Returns the result of {@code shmctl(SHM_STAT)}; see {@link ShmControl#statusAt}. */
  public ShmStatus shmStatusAt(int place) throws ErrnoException {
    return shmControl().statusAt(credentials(), place);
  }

  /** Sets owner and permissions, as {@code shmctl(IPC_SET)}; see {@link ShmControl#set}. */
  public void shmSet(int id, int uid, int gid, int mode) throws ErrnoException {
    shmControl().set(credentials(), id, uid, gid, mode);
  }

  /** Removes a segment, as {@code shmctl(IPC_RMID)}; see {@link ShmControl#remove}. */
  public void shmRemove(int id) throws ErrnoException {
    shmControl().remove(credentials(), id);
  }

  /** Locks a segment in memory, as {@code shmctl(SHM_LOCK)}; see {@link ShmControl#lock}. */
  public void shmLock(int id) throws ErrnoException {
    shmControl().lock(credentials(), id);
  }

  /** Unlocks a segment, as {@code shmctl(SHM_UNLOCK)}; see {@link ShmControl#unlock}. */
  public void shmUnlock(int id) throws ErrnoException {
    shmControl().unlock(credentials(), id);
  }

  /** Returns the result of {@code shmctl(SHM_STAT_ANY)}; see {@link ShmControl#anyStatusAt}. */
  public ShmStatus shmAnyStatusAt(int place) throws ErrnoException {
    return shmControl().anyStatusAt(place);
  }

  /** Returns the limits, as {@code shmctl(IPC_INFO)}. */
  public ShmLimits shmLimits() {
    return shmControl().limits();
  }

  /** Returns the usage of shared memory, as {@code shmctl(SHM_INFO)}. */
  public ShmUsage shmUsage() {
    return shmControl().usage();
  }

  private ShmControl shmControl() {
    return kernel.sharedMemory().control();
  }

  /** Waits at a futex, as FUTEX_WAIT; see {@link Futexes#await}. */
  public void futexWait(long address, FutexScope scope, int expected, Optional<Duration> timeout)
      throws ErrnoException {
    FutexTimeout limit =
        timeout.<FutexTimeout>map(FutexTimeout.After::new).orElse(new FutexTimeout.Never());
    futexWait(address, scope, expected, Futexes.MATCH_ANY, limit);
  }

  /** Waits at a futex, as FUTEX_WAIT_BITSET; see {@link Futexes#await}. */
  public void futexWait(
      long address, FutexScope scope, int expected, int bitset, FutexTimeout timeout)
      throws ErrnoException {
    entry.call(() -> {
      kernel.futexes().await(at(address, scope), expected, bitset, timeout);
      return true;
    });
  }

  /** Wakes waiters of a futex, as FUTEX_WAKE; see {@link Futexes#wake}. */
  public int futexWake(long address, FutexScope scope, int most) throws ErrnoException {
    return futexWake(address, scope, most, Futexes.MATCH_ANY);
  }

  /** Wakes some waiters, as FUTEX_WAKE_BITSET; see {@link Futexes#wake}. */
  public int futexWake(long address, FutexScope scope, int most, int bitset) throws ErrnoException {
    return kernel.futexes().wake(at(address, scope), most, bitset);
  }

  /** Wakes some and moves others, as FUTEX_REQUEUE; see {@link Futexes#requeue}. */
  public int futexRequeue(long address, FutexScope scope, int wake, int move, long target)
      throws ErrnoException {
    return futexRequeue(address, scope, wake, move, target, OptionalInt.empty());
  }

  /** Wakes some and moves others, as FUTEX_CMP_REQUEUE; see {@link Futexes#requeue}. */
  public int futexRequeue(
      long address, FutexScope scope, int wake, int move, long target, OptionalInt expected)
      throws ErrnoException {
    return kernel.futexes().requeue(at(address, scope), wake, move, target, expected);
  }

  /** Changes a value and wakes at two futexes, as FUTEX_WAKE_OP; see {@link Futexes#wakeOp}. */
  public int futexWakeOp(
      long address, FutexScope scope, int most, long changed, int mostThere, WakeOp operation)
      throws ErrnoException {
    return kernel.futexes().wakeOp(at(address, scope), most, changed, mostThere, operation);
  }

  /**
   * Makes the system call {@code futex} with raw arguments; see {@link FutexArguments}.
   *
   * @param timeout the address of a {@code struct timespec} or 0 if the operation waits, else the
   *     second count
   * @throws ErrnoException EFAULT if the timespec is not in memory, and as {@link FutexCall#make}
   */
  public int futex(long address, int operation, int value, long timeout, long address2, int value3)
      throws ErrnoException {
    Optional<Timespec> limit =
        FutexArguments.hasTimeout(operation) && timeout != 0
            ? Optional.of(Timespec.load(kernel.memory(), timeout))
            : Optional.empty();
    return futex(
        new FutexArguments(address, operation, value, limit, (int) timeout, address2, value3));
  }

  /** Makes the system call {@code futex}; see {@link FutexCall#make}. */
  public int futex(FutexArguments arguments) throws ErrnoException {
    return entry.call(
        () -> new FutexCall(kernel.futexes(), life.belongings().space(), caller, arguments).make());
  }

  /** Returns the address of this thread's robust list head, 0 for none: get_robust_list. */
  public long robustList() {
    return life.robustList().head();
  }

  /**
   * Sets the address of this thread's {@code struct robust_list_head}: when the thread ends its
   * locks are marked, and a waiter for each is woken (rule FUTEX-10).
   */
  public void robustList(long address) {
    life.robustList().head(address);
  }

  private Futexes.At at(long address, FutexScope scope) throws ErrnoException {
    entry.handleSignals();
    return new Futexes.At(life.belongings().space(), address, scope);
  }

  private Credentials credentials() throws ErrnoException {
    entry.handleSignals();
    return life.credentials();
  }
}
