package dev.nommu.kernel.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MachineTimer;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.kernel.testing.WaitingDevice;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Timers that drivers of a machine start. */
@Timeout(20)
final class DriverTimerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @RegisterExtension final Machines machines = new Machines();

  private final WaitingDevice device = new WaitingDevice();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  private Machine boot(DeviceDriver... others) {
    Object[] plugins = new Object[others.length + 1];
    System.arraycopy(others, 0, plugins, 1, others.length);
    plugins[0] = device;
    return machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, plugins);
  }

  @Test
  void wait09_programsThatReadADevice_getASampleAtEachPeriod() throws Exception {
    Machine machine = boot();
    device.context().newTimer("sampling", () -> device.receive(1)).startPeriodic(SECOND);
    Task program =
        machine
            .init()
            .spawn(
                "program",
                own -> {
                  int file = own.open("/dev/waiting", OpenFlags.O_RDONLY);
                  for (int i = 1; i <= 5; i++) {
                    own.read(file, MemorySegment.ofArray(new byte[1]));
                    assertThat(own.time().monotonic()).isEqualTo(SECOND.multipliedBy(i));
                  }
                  return 5;
                });
    assertThat(program.join()).isEqualTo(new WaitStatus.Exited(5));
  }

  @Test
  void wait08_callback_holdsNoLockOfTheKernel() throws Exception {
    Machine machine = boot();
    Task init = machine.init();
    int file = init.open("/dev/waiting", OpenFlags.O_RDWR);
    byte[] one = {7};
    CountDownLatch written = new CountDownLatch(1);
    device
        .context()
        .newTimer(
            "writing",
            () -> {
              try {
                init.write(file, MemorySegment.ofArray(one));
              } catch (ErrnoException failure) {
                calls.add(failure.getMessage());
              } finally {
                written.countDown();
              }
            })
        .startOnce(SECOND);
    byte[] read = new byte[1];
    init.read(file, MemorySegment.ofArray(read));
    assertThat(read).containsExactly(7);
    written.await();
    assertThat(calls).isEmpty();
  }

  @Test
  void plugin01_callbackThatThrows_isLoggedWithItsClassAndCancelled() throws Exception {
    Machine machine = boot();
    MachineTimer broken =
        device
            .context()
            .newTimer(
                "broken",
                () -> {
                  calls.add("call");
                  throw new IllegalStateException("stuck");
                });
    broken.startPeriodic(SECOND);
    machine.init().time().nanosleep(SECOND.multipliedBy(5));
    assertThat(calls).containsExactly("call");
    assertThat(machine.log().lines())
        .anyMatch(line ->
            line.contains(DriverTimerTest.class.getName())
                && line.contains("broken")
                && line.contains("stuck"));
  }

  /** A driver that starts a timer and then fails. */
  private final class FailingDriver implements DeviceDriver {
    private @Nullable DeviceContext left;
    private @Nullable MachineTimer started;

    @Override
    public String name() {
      return "failing";
    }

    @Override
    public Set<String> compatible() {
      return Set.of();
    }

    @Override
    public void init(DeviceContext context) throws ErrnoException {
      left = context;
      started = context.newTimer("left behind", () -> calls.add("call"));
      started.startPeriodic(SECOND);
      throw new ErrnoException(Errno.EIO, "init: no such hardware");
    }
  }

  @Test
  void wait10_timerOfADriverThatFailsToStart_isCancelled() throws Exception {
    Machine machine = boot(new FailingDriver());
    machine.init().time().nanosleep(SECOND.multipliedBy(5));
    assertThat(calls).isEmpty();
  }

  @Test
  void wait10_timerThatAFailedDriverStartsOrMakesLater_doesNothing() throws Exception {
    FailingDriver driver = new FailingDriver();
    Machine machine = boot(driver);
    Objects.requireNonNull(driver.started).startPeriodic(SECOND);
    Objects.requireNonNull(driver.left)
        .newTimer("made too late", () -> calls.add("late call"))
        .startOnce(SECOND);
    machine.init().time().nanosleep(SECOND.multipliedBy(5));
    assertThat(calls).isEmpty();
  }

  @Test
  void wait10_endOfTheMachine_cancelsItsTimers() throws Exception {
    Machine machine = boot();
    MachineTimer timer = device.context().newTimer("late", () -> calls.add("call"));
    timer.startPeriodic(SECOND);
    machine.close();
    timer.startOnce(Duration.ZERO);
    assertThat(calls).isEmpty();
  }
}
