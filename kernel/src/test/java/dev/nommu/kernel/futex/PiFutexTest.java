package dev.nommu.kernel.futex;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.ipc.FutexArguments;
import dev.nommu.kernel.ipc.Timespec;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Futexes that are locks: rule FUTEX-09. */
final class PiFutexTest {
  private static final long CLONE_VM = 0x100;
  private static final int LOCK = FutexArguments.FUTEX_LOCK_PI;
  private static final int UNLOCK = FutexArguments.FUTEX_UNLOCK_PI;
  private static final int TRYLOCK = FutexArguments.FUTEX_TRYLOCK_PI;
  private static final int WAITERS = 0x8000_0000;
  private static final int OWNER_DIED = 0x4000_0000;
  private static final WaitStatus DONE = new WaitStatus.Exited(0);

  @RegisterExtension final Machines machines = new Machines();

  private Machine machine;
  private Task init;
  private long address;

  @BeforeEach
  void boot() throws Exception {
    machine = machines.boot(Profile.DOCUMENT);
    init = machine.init();
    address = new TaskCalls(init).anonymous(4096);
  }

  private void futex(Task task, int operation) throws ErrnoException {
    futex(task, operation, Optional.empty());
  }

  private void futex(Task task, int operation, Optional<Timespec> timeout) throws ErrnoException {
    assertThat(task.ipc().futex(new FutexArguments(address, operation, 0, timeout, 0, 0, 0)))
        .isZero();
  }

  private int value() throws Exception {
    return init.words().load32(address);
  }

  private void value(int value) throws Exception {
    init.words().store32(address, value);
  }

  private Task started(dev.nommu.kernel.task.Program program) throws Exception {
    Task task = init.processes().clone(CLONE_VM, program);
    init.time().nanosleep(Duration.ofNanos(1));
    return task;
  }

  /** Starts a program that locks, says so and unlocks. */
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
    assertThat(value()).isEqualTo(init.tid());
    assertErrno(Errno.EDEADLK, "FUTEX-09", () -> futex(init, LOCK));
    assertErrno(Errno.EDEADLK, "FUTEX-09", () -> futex(init, TRYLOCK));
    futex(init, UNLOCK);
    assertThat(value()).isZero();
    assertErrno(Errno.EPERM, "FUTEX-09", () -> futex(init, UNLOCK));
    futex(init, FutexArguments.FUTEX_LOCK_PI2 | FutexArguments.FUTEX_PRIVATE_FLAG);
    assertThat(value()).isEqualTo(init.tid());
  }

  @Test
  void futex09_lockOfAnother_isEagainAndSaysThatSomebodyWanted() throws Exception {
    Task other = init.processes().clone(CLONE_VM);
    futex(init, LOCK);
    assertErrno(Errno.EAGAIN, "FUTEX-09", () -> futex(other, TRYLOCK));
    assertThat(value()).isEqualTo(WAITERS | init.tid());
    assertErrno(Errno.EPERM, "FUTEX-09", () -> futex(other, UNLOCK));
    futex(init, UNLOCK);
    assertThat(value()).isZero();
    value(OWNER_DIED);
    futex(other, TRYLOCK);
    assertThat(value()).isEqualTo(OWNER_DIED | other.tid());
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
    assertThat(value()).isZero();
  }

  @Test
  void futex09_ownerThatEnds_leavesTheLockToWhoWaits() throws Exception {
    Task owner = init.processes().clone(CLONE_VM);
    futex(owner, LOCK);
    List<Integer> values = new ArrayList<>();
    Task heir =
        started(own -> {
          futex(own, LOCK);
          values.add(own.words().load32(address));
          return 0;
        });
    owner.exit();
    assertThat(heir.join()).isEqualTo(DONE);
    assertThat(values).containsExactly(WAITERS | OWNER_DIED | heir.tid());
  }

  @Test
  void futex09_ownerThatIsNotThere_isEsrch() throws Exception {
    value(12345);
    assertErrno(Errno.ESRCH, "FUTEX-09", () -> futex(init, LOCK));
    assertThat(value()).isEqualTo(WAITERS | 12345);
  }

  @Test
  void futex09_valueThatNamesAnotherThanTheOwner_isEinval() throws Exception {
    futex(init, LOCK);
    Task waiting = locking(new ArrayList<>());
    Task other = init.processes().clone(CLONE_VM);
    value(0);
    assertErrno(Errno.EINVAL, "FUTEX-09", () -> futex(other, LOCK));
    assertThat(value()).isZero();
    value(init.tid());
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
    assertThat(value()).isZero();
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
