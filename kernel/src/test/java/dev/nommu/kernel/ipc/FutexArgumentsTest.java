package dev.nommu.kernel.ipc;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.time.MachineClock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The system call with its numbers: rule FUTEX-08. */
final class FutexArgumentsTest {
  private static final int WAIT = 0;
  private static final int WAKE = 1;
  private static final int REQUEUE = 3;
  private static final int CMP_REQUEUE = 4;
  private static final int WAKE_OP = 5;
  private static final int WAIT_BITSET = 9;
  private static final int WAKE_BITSET = 10;
  private static final int PRIVATE = 0x80;
  private static final int REALTIME = 0x100;

  @RegisterExtension final Machines machines = new Machines();

  private Machine machine;
  private TaskCalls p;
  private Task task;
  private long futex;
  private long time;

  @BeforeEach
  void boot() throws Exception {
    machine = machines.boot(Profile.DOCUMENT);
    p = new TaskCalls(machine.init());
    task = p.task();
    futex = p.anonymous(4096);
    time = futex + 1024;
  }

  private int call(int operation, int value, long timeout, long address2, int value3)
      throws ErrnoException {
    return task.ipc().futex(futex, operation, value, timeout, address2, value3);
  }

  private void storeTime(long seconds, long nanoseconds) {
    p.store(
        time,
        ByteBuffer.allocate(16)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(seconds)
            .putLong(nanoseconds)
            .array());
  }

  private Task waiter(int operation, int bitset) throws Exception {
    Task waiter =
        task.processes().clone(0x100, own -> own.ipc().futex(futex, operation, 0, 0, 0, bitset));
    task.time().nanosleep(Duration.ofNanos(1));
    return waiter;
  }

  @ParameterizedTest
  @ValueSource(ints = {WAIT, WAIT | PRIVATE, WAIT_BITSET, WAIT_BITSET | PRIVATE})
  void futex08_timeout_isATimespecInMemory(int operation) throws Exception {
    storeTime(3, 500_000_000);
    assertErrno(Errno.ETIMEDOUT, () -> call(operation, 0, time, 0, -1));
    assertThat(task.time().realtime()).isEqualTo(Instant.ofEpochSecond(3, 500_000_000));
  }

  @Test
  void futex08_realtime_isAMomentOfTheDate() throws Exception {
    storeTime(5, 0);
    assertErrno(Errno.ETIMEDOUT, () -> call(WAIT_BITSET | REALTIME, 0, time, 0, -1));
    assertThat(task.time().realtime()).isEqualTo(Instant.ofEpochSecond(5));
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "0, -1", "0, 1000000000", "-9223372036854775808, 0"})
  void futex08_badTime_isEinvalBeforeAnythingElse(long seconds, long nanoseconds) {
    storeTime(seconds, nanoseconds);
    assertErrno(Errno.EINVAL, () -> call(WAIT, 1, time, 0, 0));
    assertErrno(Errno.EINVAL, () -> call(WAIT_BITSET, 1, time, 0, -1));
    assertErrno(Errno.EINVAL, () -> call(WAIT | REALTIME, 1, time, 0, -1));
  }

  @ParameterizedTest
  @ValueSource(longs = {9_223_372_035L, 9_223_372_036L, Long.MAX_VALUE})
  void futex08_timeBeyondCounting_isForEver(long seconds) throws Exception {
    storeTime(seconds, 999_999_999);
    try (MachineClock.Hold _ = machine.clock().hold()) {
      task.processes().clone(0x100, own -> own.ipc().futex(futex, WAIT, 0, time, 0, 0));
      task.time().nanosleep(Duration.ofDays(36500));
      assertThat(call(WAKE, 1, 0, 0, 0)).isOne();
    }
  }

  @Test
  void futex08_timeWhereNothingIs_isEfault() {
    assertErrno(Errno.EFAULT, () -> call(WAIT, 0, 0x10, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 11, 12, 14, 127, 0x200, -1})
  void futex08_unknownOperation_isEnosys(int operation) {
    assertErrno(Errno.ENOSYS, () -> call(operation, 0, 0, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {WAIT, WAKE, REQUEUE, CMP_REQUEUE, WAKE_OP, WAKE_BITSET})
  void futex08_realtimeWhereItMeansNothing_isEnosys(int operation) {
    assertErrno(Errno.ENOSYS, () -> call(operation | REALTIME, 0, 0, futex, -1));
  }

  @Test
  void futex08_unknownOperationComesBeforeTheAddress() {
    assertErrno(Errno.ENOSYS, () -> task.ipc().futex(futex + 1, 14, 0, 0, 0, 0));
  }

  @Test
  void futex08_waitAndWakeByNumber() throws Exception {
    Task waiter = waiter(WAIT | PRIVATE, 0);
    assertThat(call(WAKE | PRIVATE, 1, 0, 0, 0)).isOne();
    assertThat(waiter.join().raw()).isZero();
  }

  @Test
  void futex08_bitsetsByNumber() throws Exception {
    waiter(WAIT_BITSET, 2);
    assertThat(call(WAKE_BITSET, 1, 0, 0, 1)).isZero();
    assertThat(call(WAKE_BITSET, 1, 0, 0, 3)).isOne();
    assertErrno(Errno.EINVAL, () -> call(WAKE_BITSET, 1, 0, 0, 0));
  }

  @Test
  void futex08_requeueByNumber_takesItsSecondNumberFromTheTimeout() throws Exception {
    waiter(WAIT, 0);
    waiter(WAIT, 0);
    waiter(WAIT, 0);
    assertErrno(Errno.EAGAIN, () -> call(CMP_REQUEUE, 1, 1, futex + 4, 1));
    assertThat(call(CMP_REQUEUE, 1, 1, futex + 4, 0)).isEqualTo(2);
    assertThat(call(REQUEUE, 0, 5, futex + 4, 77)).isOne();
    assertThat(task.ipc().futex(futex + 4, WAKE, 9, 0, 0, 0)).isEqualTo(2);
  }

  @Test
  void futex08_wakeOpByNumber_changesAndWakesAtBoth() throws Exception {
    waiter(WAIT, 0);
    task.processes().clone(0x100, own -> own.ipc().futex(futex + 4, WAIT, 0, 0, 0, 0));
    task.time().nanosleep(Duration.ofNanos(1));
    int addEightIfZero = 0x9000_3000;
    assertThat(call(WAKE_OP, 1, 1, futex + 4, addEightIfZero)).isEqualTo(2);
    assertThat(p.bytes(futex + 4, 4)).containsExactly(8, 0, 0, 0);
  }
}
