package dev.nommu.kernel.futex;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.ipc.FutexScope;
import dev.nommu.kernel.ipc.FutexTimeout;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.time.MachineClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Waiting at a futex and how it ends: rule FUTEX-08. */
final class FutexWaitTest {
  private static final WaitStatus WOKEN = new WaitStatus.Exited(0);
  private static final WaitStatus TIMED_OUT = failed(Errno.ETIMEDOUT);

  @RegisterExtension final Machines machines = new Machines();

  private FutexWord word;
  private Machine machine;
  private Task init;
  private long address;

  @BeforeEach
  void boot() throws Exception {
    word = FutexWord.boot(machines);
    machine = word.machine();
    init = word.init();
    address = word.address();
  }

  private static WaitStatus failed(Errno errno) {
    return new WaitStatus.Exited(errno.number());
  }

  private Task start(Waiting waiting) throws Exception {
    return word.start(waiting);
  }

  private Waiting here() {
    return Waiting.at(address, FutexScope.PRIVATE);
  }

  private int wake(long where, int most) throws Exception {
    return init.ipc().futexWake(where, FutexScope.PRIVATE, most);
  }

  @Test
  void futex08_anotherValue_isEagain() throws Exception {
    word.value(1);
    assertThat(start(here()).join()).isEqualTo(failed(Errno.EAGAIN));
  }

  @Test
  void futex08_nobodyWakes_isEtimedoutAtThatMoment() throws Exception {
    Duration hour = Duration.ofHours(1);
    assertThat(start(here().atMost(new FutexTimeout.After(hour))).join()).isEqualTo(TIMED_OUT);
    assertThat(machine.clock().nanos()).isEqualTo(hour.toNanos());
    assertThat(wake(address, 1)).as("who waited is gone").isZero();
  }

  @Test
  void futex08_timeoutOfABitset_isAMoment() throws Exception {
    init.time().nanosleep(Duration.ofSeconds(7));
    FutexTimeout monotonic = new FutexTimeout.Monotonic(Duration.ofSeconds(10));
    assertThat(start(here().atMost(monotonic)).join()).isEqualTo(TIMED_OUT);
    assertThat(machine.clock().instant()).isEqualTo(Instant.ofEpochSecond(10));
    FutexTimeout realtime = new FutexTimeout.Realtime(Instant.ofEpochSecond(12));
    assertThat(start(here().atMost(realtime)).join()).isEqualTo(TIMED_OUT);
    assertThat(machine.clock().instant()).isEqualTo(Instant.ofEpochSecond(12));
    assertThat(start(here().atMost(monotonic)).join()).as("the past").isEqualTo(TIMED_OUT);
    assertThat(machine.clock().instant()).isEqualTo(Instant.ofEpochSecond(12));
  }

  @Test
  void futex08_aWakerWakesTheFirstToCome() throws Exception {
    Task first = start(here());
    word.untilAllWait();
    Task second = start(here());
    word.untilAllWait();
    assertThat(wake(address, 1)).isOne();
    assertThat(first.join()).isEqualTo(WOKEN);
    assertThat(second.status()).isEmpty();
    assertThat(wake(address, 1)).isOne();
    assertThat(second.join()).isEqualTo(WOKEN);
  }

  @Test
  void futex08_wakingLessThanOne_wakesOne() throws Exception {
    start(here());
    start(here());
    word.untilAllWait();
    assertThat(wake(address, 0)).isOne();
    assertThat(wake(address, -1)).isOne();
  }

  @Test
  void futex08_wakingMoreThanWait_wakesAll() throws Exception {
    List<Task> waiters = List.of(start(here()), start(here()), start(here()));
    word.untilAllWait();
    assertThat(wake(address, Integer.MAX_VALUE)).isEqualTo(3);
    for (Task waiter : waiters) {
      assertThat(waiter.join()).isEqualTo(WOKEN);
    }
  }

  @Test
  void futex08_aBitset_selectsWhoIsWoken() throws Exception {
    Task odd = start(here().only(0b01));
    word.untilAllWait();
    Task even = start(here().only(0b10));
    word.untilAllWait();
    assertThat(init.ipc().futexWake(address, FutexScope.PRIVATE, 9, 0b110)).isOne();
    assertThat(even.join()).isEqualTo(WOKEN);
    assertThat(odd.status()).isEmpty();
    assertThat(wake(address, 9)).isOne();
  }

  @Test
  void futex08_anEmptyBitset_isEinval() throws Exception {
    assertThat(start(here().only(0)).join()).isEqualTo(failed(Errno.EINVAL));
    assertErrno(Errno.EINVAL, () -> init.ipc().futexWake(address, FutexScope.PRIVATE, 1, 0));
  }

  @Test
  void futex08_requeue_wakesSomeAndMovesOthers() throws Exception {
    for (int i = 0; i < 4; i++) {
      start(here());
    }
    word.untilAllWait();
    long target = address + 8;
    assertThat(init.ipc().futexRequeue(address, FutexScope.PRIVATE, 1, 2, target)).isEqualTo(3);
    assertThat(wake(target, 9)).isEqualTo(2);
    assertThat(wake(address, 9)).isOne();
  }

  @Test
  void futex08_requeueToTheSameFutex_countsAndLeavesThemThere() throws Exception {
    start(here());
    word.untilAllWait();
    assertThat(init.ipc().futexRequeue(address, FutexScope.PRIVATE, 0, 5, address)).isOne();
    assertThat(wake(address, 9)).isOne();
  }

  @Test
  void futex08_whoWasMoved_canTimeOut() throws Exception {
    try (MachineClock.Hold _ = machine.clock().hold()) {
      Task waiter = start(here().atMost(new FutexTimeout.After(Duration.ofSeconds(1))));
      word.untilAllWait();
      assertThat(init.ipc().futexRequeue(address, FutexScope.PRIVATE, 0, 1, address + 4)).isOne();
      assertThat(waiter.join()).isEqualTo(TIMED_OUT);
    }
    assertThat(wake(address + 4, 1)).isZero();
  }

  @Test
  void futex08_requeueWithAnotherValue_isEagainAndMovesNobody() throws Exception {
    start(here());
    word.untilAllWait();
    assertErrno(
        Errno.EAGAIN,
        () ->
            init.ipc()
                .futexRequeue(address, FutexScope.PRIVATE, 1, 1, address + 4, OptionalInt.of(1)));
    assertThat(
            init.ipc()
                .futexRequeue(address, FutexScope.PRIVATE, 1, 1, address + 4, OptionalInt.of(0)))
        .isOne();
  }

  @Test
  void futex08_requeueOfFewerThanNone_isEinval() {
    assertErrno(
        Errno.EINVAL, () -> init.ipc().futexRequeue(address, FutexScope.PRIVATE, -1, 1, address));
    assertErrno(
        Errno.EINVAL, () -> init.ipc().futexRequeue(address, FutexScope.PRIVATE, 1, -1, address));
  }

  @Test
  void futex08_aHandledSignal_isEintr() throws Exception {
    Task waiter =
        word.start(task -> {
          task.processes().sigaction(Signal.SIGUSR1, new Disposition.Handle(signal -> {}));
          return here().run(task);
        });
    word.untilAllWait();
    init.processes().kill(waiter.pid(), Signal.SIGUSR1);
    assertThat(waiter.join()).isEqualTo(failed(Errno.EINTR));
    assertThat(wake(address, 1)).isZero();
  }

  @Test
  void futex08_whoIsKilled_leavesItsPlace() throws Exception {
    Task killed = start(here());
    word.untilAllWait();
    Task next = start(here());
    word.untilAllWait();
    init.processes().kill(killed.pid(), Signal.SIGKILL);
    assertThat(killed.join()).isEqualTo(new WaitStatus.Signaled(Signal.SIGKILL));
    assertThat(machine.check()).isEmpty();
    assertThat(wake(address, 1)).isOne();
    assertThat(next.join()).isEqualTo(WOKEN);
  }
}
