package dev.nommu.kernel.futex;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.ipc.FutexArguments;
import dev.nommu.kernel.ipc.Timespec;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Program;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Futexes that are locks: rule FUTEX-09. */
final class PiFutexTest {
  private static final int LOCK = FutexArguments.FUTEX_LOCK_PI;
  private static final int UNLOCK = FutexArguments.FUTEX_UNLOCK_PI;
  private static final int TRYLOCK = FutexArguments.FUTEX_TRYLOCK_PI;
  private static final int WAITERS = 0x8000_0000;
  private static final int OWNER_DIED = 0x4000_0000;
  private static final WaitStatus DONE = new WaitStatus.Exited(0);

  @RegisterExtension final Machines machines = new Machines();

  private FutexWord word;
  private Machine machine;
  private Task init;

  @BeforeEach
  void boot() throws Exception {
    word = FutexWord.boot(machines);
    machine = word.machine();
    init = word.init();
  }

  private void futex(Task task, int operation) throws ErrnoException {
    futex(task, operation, Optional.empty());
  }

  private void futex(Task task, int operation, Optional<Timespec> timeout) throws ErrnoException {
    assertThat(task.ipc().futex(new FutexArguments(word.address(), operation, 0, timeout, 0, 0, 0)))
        .isZero();
  }

  private Task started(Program program) throws Exception {
    Task task = word.start(program);
    word.untilAllWait();
    return task;
  }

  /** Starts a program that locks, reports it and unlocks. */
  private Task locking(List<Integer> order) throws Exception {
    return started(own -> {
      futex(own, LOCK);
      order.add(own.tid());
      futex(own, UNLOCK);
      return 0;
    });
  }

  @Test
  void futex09_freeLock_isTakenAndGivenUp() throws Exception {
    futex(init, LOCK);
    assertThat(word.value()).isEqualTo(init.tid());
    assertErrno(Errno.EDEADLK, "FUTEX-09", () -> futex(init, LOCK));
    assertErrno(Errno.EDEADLK, "FUTEX-09", () -> futex(init, TRYLOCK));
    futex(init, UNLOCK);
    assertThat(word.value()).isZero();
    assertErrno(Errno.EPERM, "FUTEX-09", () -> futex(init, UNLOCK));
    futex(init, FutexArguments.FUTEX_LOCK_PI2 | FutexArguments.FUTEX_PRIVATE_FLAG);
    assertThat(word.value()).isEqualTo(init.tid());
  }

  @Test
  void futex09_lockOfAnother_isEagainAndSaysThatSomebodyWanted() throws Exception {
    Task other = word.sharer();
    futex(init, LOCK);
    assertErrno(Errno.EAGAIN, "FUTEX-09", () -> futex(other, TRYLOCK));
    assertThat(word.value()).isEqualTo(WAITERS | init.tid());
    assertErrno(Errno.EPERM, "FUTEX-09", () -> futex(other, UNLOCK));
    futex(init, UNLOCK);
    assertThat(word.value()).isZero();
    word.value(OWNER_DIED);
    futex(other, TRYLOCK);
    assertThat(word.value()).isEqualTo(OWNER_DIED | other.tid());
  }

  @Test
  void futex09_whoWait_getTheLockInTheirOrder() throws Exception {
    futex(init, LOCK);
    List<Integer> order = new ArrayList<>();
    Task first = locking(order);
    Task second = locking(order);
    assertThat(machine.check()).isEmpty();
    futex(init, UNLOCK);
    assertThat(first.join()).isEqualTo(DONE);
    assertThat(second.join()).isEqualTo(DONE);
    assertThat(order).containsExactly(first.tid(), second.tid());
    assertThat(word.value()).isZero();
  }

  @Test
  void futex09_ownerThatEnds_leavesTheLockToWhoWaits() throws Exception {
    Task owner = word.sharer();
    futex(owner, LOCK);
    List<Integer> values = new ArrayList<>();
    Task heir =
        started(own -> {
          futex(own, LOCK);
          values.add(own.words().load32(word.address()));
          return 0;
        });
    owner.exit();
    assertThat(heir.join()).isEqualTo(DONE);
    assertThat(values).containsExactly(WAITERS | OWNER_DIED | heir.tid());
  }

  @Test
  void futex09_ownerThatIsNotThere_isEsrch() throws Exception {
    word.value(12345);
    assertErrno(Errno.ESRCH, "FUTEX-09", () -> futex(init, LOCK));
    assertThat(word.value()).isEqualTo(WAITERS | 12345);
  }

  @Test
  void futex09_valueThatNamesAnotherThanTheOwner_isEinval() throws Exception {
    futex(init, LOCK);
    Task waiting = locking(new ArrayList<>());
    Task other = word.sharer();
    word.value(0);
    assertErrno(Errno.EINVAL, "FUTEX-09", () -> futex(other, LOCK));
    assertThat(word.value()).isZero();
    word.value(init.tid());
    futex(init, UNLOCK);
    assertThat(waiting.join()).isEqualTo(DONE);
  }

  @Test
  void futex09_timeOfTheDate_endsTheWaitAndLeavesThePlace() throws Exception {
    futex(init, LOCK);
    Task waiting =
        started(own -> {
          assertErrno(Errno.ETIMEDOUT, () -> futex(own, LOCK, Optional.of(new Timespec(10, 0))));
          return 0;
        });
    assertThat(waiting.join()).isEqualTo(DONE);
    assertThat(machine.clock().instant().getEpochSecond()).isEqualTo(10);
    futex(init, UNLOCK);
    assertThat(word.value()).isZero();
  }

  @Test
  void futex09_whoIsKilled_leavesItsPlace() throws Exception {
    futex(init, LOCK);
    Task killed = locking(new ArrayList<>());
    List<Integer> order = new ArrayList<>();
    Task next = locking(order);
    init.processes().kill(killed.pid(), Signal.SIGKILL);
    killed.join();
    futex(init, UNLOCK);
    assertThat(next.join()).isEqualTo(DONE);
    assertThat(order).containsExactly(next.tid());
  }

  @Test
  void futex09_clockWhereItMeansNothing_isEnosys() {
    assertErrno(Errno.ENOSYS, () -> futex(init, LOCK | FutexArguments.FUTEX_CLOCK_REALTIME));
  }
}
