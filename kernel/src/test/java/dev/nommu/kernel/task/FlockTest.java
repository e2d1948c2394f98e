package dev.nommu.kernel.task;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code flock}: rule FCNTL-06. */
final class FlockTest {
  private static final int SHARED = 1;
  private static final int EXCLUSIVE = 2;
  private static final int NONBLOCK = 4;
  private static final int UNLOCK = 8;

  @RegisterExtension final Machines machines = new Machines();

  private Task init;
  private int one;
  private int other;

  @BeforeEach
  void boot() throws Exception {
    init = machines.boot(Profile.DOCUMENT).init();
    one = new TaskCalls(init).file("/tmp/file", new byte[1]);
    other = init.open("/tmp/file", OpenFlags.O_RDONLY);
  }

  private void flock(int file, int operation) throws ErrnoException {
    init.descriptors().flock(file, operation);
  }

  private void assertLocked(int file, int mode) {
    assertErrno(Errno.EAGAIN, "FCNTL-06", () -> flock(file, mode | NONBLOCK));
  }

  /** Starts a program that waits for the lock of the other open file. */
  private Task waiting() throws Exception {
    Task task =
        init.spawn(
            "waiting",
            own -> {
              own.processes().sigaction(Signal.SIGUSR1, new Disposition.Handle(signal -> {}));
              try {
                own.descriptors().flock(other, EXCLUSIVE);
                return 0;
              } catch (ErrnoException failure) {
                return failure.errno().number();
              }
            });
    init.time().nanosleep(Duration.ofNanos(1));
    assertThat(task.waitsFor()).containsExactly("flock");
    return task;
  }

  @Test
  void fcntl06_lock_isOfTheOpenFileAndNotOfTheDescriptor() throws Exception {
    flock(one, EXCLUSIVE);
    flock(init.dup(one), EXCLUSIVE | NONBLOCK);
    assertLocked(other, EXCLUSIVE);
    assertLocked(other, SHARED);
    flock(one, SHARED);
    flock(other, SHARED | NONBLOCK);
    assertLocked(other, EXCLUSIVE);
    flock(one, EXCLUSIVE | NONBLOCK);
    assertLocked(other, SHARED);
    flock(one, UNLOCK);
    flock(other, EXCLUSIVE | NONBLOCK);
  }

  @Test
  void fcntl06_lastClose_givesTheLockUp() throws Exception {
    flock(one, EXCLUSIVE);
    int copy = init.dup(one);
    init.close(one);
    assertLocked(other, SHARED);
    init.close(copy);
    flock(other, EXCLUSIVE | NONBLOCK);
  }

  @Test
  void fcntl06_whoWaits_getsTheLockWhenItIsGivenUp() throws Exception {
    flock(one, EXCLUSIVE);
    Task waiting = waiting();
    init.close(other);
    flock(one, UNLOCK);
    assertThat(waiting.join()).isEqualTo(new WaitStatus.Exited(0));
    flock(one, EXCLUSIVE | NONBLOCK);
  }

  @Test
  void fcntl06_aSignal_endsTheWait() throws Exception {
    flock(one, EXCLUSIVE);
    Task waiting = waiting();
    init.processes().kill(waiting.pid(), Signal.SIGUSR1);
    assertThat(waiting.join()).isEqualTo(new WaitStatus.Exited(Errno.EINTR.number()));
  }

  @Test
  void fcntl06_whatIsNotALock_isRefused() throws Exception {
    assertErrno(Errno.EINVAL, "FCNTL-06", () -> flock(99, 0));
    assertErrno(Errno.EINVAL, "FCNTL-06", () -> flock(one, SHARED | EXCLUSIVE));
    assertErrno(Errno.EBADF, () -> flock(99, SHARED));
    int place = init.open("/tmp/file", OpenFlags.O_PATH);
    assertErrno(Errno.EBADF, () -> flock(place, SHARED));
  }
}
