package dev.nommu.kernel.task;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.testing.Machines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The timer of a process that sends SIGALRM. */
@Timeout(20)
final class AlarmTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @RegisterExtension final Machines machines = new Machines();
  private final List<Duration> rung = new ArrayList<>();
  private Machine machine;

  @BeforeEach
  void boot() {
    machine = machines.boot(Profile.LINUX_6_12);
  }

  private WaitStatus run(Program program) throws InterruptedException {
    return machine.init().spawn("program", program).join();
  }

  private void noteWhenItRings(Task own) throws ErrnoException {
    own.processes()
        .sigaction(
            Signal.SIGALRM, new Disposition.Handle(signal -> rung.add(own.time().monotonic())));
  }

  @Test
  void signal07_alarm_endsAPauseWhenItsTimeHasCome() throws Exception {
    WaitStatus end =
        run(own -> {
          noteWhenItRings(own);
          own.time().alarm(SECOND, Duration.ZERO);
          assertErrno(Errno.EINTR, () -> own.processes().signals().pause());
          assertThat(own.time().alarm()).isZero();
          return 1;
        });
    assertThat(end).isEqualTo(new WaitStatus.Exited(1));
    assertThat(rung).containsExactly(SECOND);
  }

  @Test
  void signal07_periodThatCannotBeCounted_isTheLongest() throws Exception {
    WaitStatus end =
        run(own -> {
          noteWhenItRings(own);
          own.time().alarm(SECOND, Duration.ofSeconds(Long.MAX_VALUE / 2));
          assertErrno(Errno.EINTR, () -> own.processes().signals().pause());
          own.processes().schedYield();
          return 1;
        });
    assertThat(end).isEqualTo(new WaitStatus.Exited(1));
  }

  @Test
  void signal07_periodicAlarm_ringsAtMultiplesOfItsPeriodWhenItsSignalIsTaken() throws Exception {
    run(own -> {
      noteWhenItRings(own);
      own.time().alarm(SECOND, SECOND.multipliedBy(2));
      for (int i = 0; i < 3; i++) {
        assertErrno(Errno.EINTR, () -> own.processes().signals().pause());
      }
      return 0;
    });
    assertThat(rung).containsExactly(SECOND, SECOND.multipliedBy(3), SECOND.multipliedBy(5));
  }

  @Test
  void signal07_periodicAlarmNobodyTakes_ringsOnce() throws Exception {
    WaitStatus end =
        run(own -> {
          own.processes().sigaction(Signal.SIGALRM, Disposition.IGNORE);
          own.time().alarm(SECOND, SECOND);
          own.time().nanosleep(SECOND.multipliedBy(10));
          boolean ended = own.time().alarm().isZero();
          return ended && own.time().alarmInterval().equals(SECOND) ? 1 : 0;
        });
    assertThat(end).isEqualTo(new WaitStatus.Exited(1));
  }

  @Test
  void signal07_alarm_tellsWhatIsLeftAndCanBeStopped() throws Exception {
    WaitStatus end =
        run(own -> {
          own.time().alarm(SECOND.multipliedBy(3), Duration.ZERO);
          own.time().nanosleep(SECOND);
          assertThat(own.time().alarm()).isEqualTo(SECOND.multipliedBy(2));
          own.time().alarm(Duration.ZERO, Duration.ZERO);
          own.time().nanosleep(SECOND.multipliedBy(5));
          return 3;
        });
    assertThat(end).isEqualTo(new WaitStatus.Exited(3));
  }

  @Test
  void signal07_alarmOfNobody_isFatalAndEndsWithItsProcess() throws Exception {
    WaitStatus rings =
        run(own -> {
          own.time().alarm(SECOND, Duration.ZERO);
          own.processes().signals().pause();
          return 0;
        });
    assertThat(rings).isEqualTo(new WaitStatus.Signaled(Signal.SIGALRM));
    Task gone = machine.init().spawn("gone");
    gone.time().alarm(SECOND, SECOND);
    gone.exit();
    machine.init().time().nanosleep(SECOND.multipliedBy(2));
    assertThat(machine.init().status()).isEmpty();
  }

  @Test
  void signal07_negativeTime_isEinval() {
    Task init = machine.init();
    assertErrno(Errno.EINVAL, () -> init.time().alarm(SECOND.negated(), Duration.ZERO));
    assertErrno(Errno.EINVAL, () -> init.time().alarm(Duration.ZERO, SECOND.negated()));
  }
}
