package dev.nommu.kernel;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.ipc.Futexes;
import dev.nommu.kernel.ipc.SharedMemory;
import dev.nommu.kernel.ipc.ShmControl;
import dev.nommu.kernel.ipc.ShmStatus;
import dev.nommu.kernel.vfs.Credentials;
import java.time.Duration;
import java.util.Optional;

/** The calls of a task that are about memory it shares with others. Thread-safe. */
public final class IpcCalls {
  private final Task task;
  private final Subsystems kernel;

  IpcCalls(Task task, Subsystems kernel) {
    this.task = task;
    this.kernel = kernel;
  }

  /** Makes or finds a segment of System V shared memory; see {@link SharedMemory#get}. */
  public int shmget(int key, long size, int flags) throws ErrnoException {
    return kernel.sharedMemory().get(credentials(), task.pid(), key, size, flags);
  }

  /** Attaches a segment; see {@link SharedMemory#attach}. */
  public long shmat(int id, long address, int flags) throws ErrnoException {
    return kernel.sharedMemory().attach(credentials(), task.life().caller(), id, address, flags);
  }

  /** Detaches a segment; see {@link SharedMemory#detach}. */
  public void shmdt(long address) throws ErrnoException {
    kernel.sharedMemory().detach(task.life().caller(), address);
  }

  /** Returns what {@code shmctl(IPC_STAT)} says; see {@link ShmControl#status}. */
  public ShmStatus shmStatus(int id) throws ErrnoException {
    return shmControl().status(credentials(), id);
  }

  /** Returns what {@code shmctl(SHM_STAT)} says; see {@link ShmControl#statusAt}. */
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

  /** Keeps a segment in memory, as {@code shmctl(SHM_LOCK)}; see {@link ShmControl#lock}. */
  public void shmLock(int id) throws ErrnoException {
    shmControl().lock(credentials(), id);
  }

  /** Takes that back, as {@code shmctl(SHM_UNLOCK)}; see {@link ShmControl#unlock}. */
  public void shmUnlock(int id) throws ErrnoException {
    shmControl().unlock(credentials(), id);
  }

  /** Returns what can be known without permission: SHM_STAT_ANY, IPC_INFO, SHM_INFO. */
  public ShmControl shmControl() {
    return kernel.sharedMemory().control();
  }

  /** Waits at a futex, as FUTEX_WAIT; see {@link Futexes#await}. */
  public void futexWait(long address, Futexes.Scope scope, int expected, Optional<Duration> timeout)
      throws ErrnoException {
    task.life()
        .waiting(() -> {
          kernel
              .futexes()
              .await(task.addressSpace(), address, scope, expected, Futexes.MATCH_ANY, timeout);
          return true;
        });
  }

  /** Wakes those who wait at a futex, as FUTEX_WAKE; see {@link Futexes#wake}. */
  public int futexWake(long address, Futexes.Scope scope, int most) throws ErrnoException {
    return kernel.futexes().wake(task.addressSpace(), address, scope, most, Futexes.MATCH_ANY);
  }

  /** Wakes some and moves others, as FUTEX_REQUEUE; see {@link Futexes#requeue}. */
  public int futexRequeue(long address, Futexes.Scope scope, int wake, int move, long target)
      throws ErrnoException {
    return kernel
        .futexes()
        .requeue(task.addressSpace(), address, scope, wake, move, target, Optional.empty());
  }

  private Credentials credentials() throws ErrnoException {
    task.life().attend();
    return task.tree().context().credentials();
  }
}
