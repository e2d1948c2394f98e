package dev.nommu.kernel.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.PollEvent;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.console.Console.Keyboard;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.PollFd;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Background;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Simulated time while programs wait for somebody who types. */
@Timeout(20)
final class AttendedConsoleTest {
  private static final String WHAT = "a line typed at the console";

  @RegisterExtension final Machines machines = new Machines();
  private Machine machine;
  private Task init;
  private Keyboard keyboard;

  @BeforeEach
  void attach() {
    machine = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT);
    init = machine.init();
    keyboard = machine.console().attach(shown -> {}, machine.clock());
  }

  private static int read(Task task) throws ErrnoException {
    byte[] bytes = new byte[100];
    int count = (int) task.read(0, MemorySegment.ofArray(bytes));
    return new String(bytes, 0, count, StandardCharsets.UTF_8).equals("late\n") ? 1 : 2;
  }

  private Task sleepASecond() throws ErrnoException {
    return init.spawn(
        "sleeper",
        own -> {
          own.time().nanosleep(Duration.ofSeconds(1));
          return 0;
        });
  }

  private static int poll(Task task) throws ErrnoException {
    List<Set<PollEvent>> told =
        task.descriptors()
            .poll(List.of(PollFd.of(0, PollEvent.IN)), Optional.of(Duration.ofSeconds(1)));
    return told.getFirst().contains(PollEvent.IN) ? 1 : 2;
  }

  @Test
  void wait14_timeStandsStill_whileAProgramPolls() throws Exception {
    Task program = init.spawn("program", AttendedConsoleTest::poll);
    keyboard.awaitReader();
    while (program.waitsFor().isEmpty() && program.status().isEmpty()) {
      Thread.onSpinWait();
    }
    keyboard.type("late\n");
    assertThat(program.join()).isEqualTo(new WaitStatus.Exited(1));
    assertThat(machine.clock().nanos()).isZero();
  }

  @Test
  void wait14_timeStandsStill_whileAProgramReads_andThenGoesOn() throws Exception {
    Task program = init.spawn("program", AttendedConsoleTest::read);
    Background.awaitWait(program, WHAT);
    Task sleeper = sleepASecond();
    while (sleeper.waitsFor().isEmpty() && sleeper.status().isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(machine.clock().nanos()).isZero();
    keyboard.type("la");
    keyboard.type("te\n");
    assertThat(program.join()).isEqualTo(new WaitStatus.Exited(1));
    assertThat(sleeper.join()).isEqualTo(new WaitStatus.Exited(0));
    assertThat(machine.clock().nanos()).isEqualTo(1_000_000_000);
  }

  @Test
  void timeGoesOn_whenTheReaderIsKilledByAKey() throws Exception {
    Task program =
        init.spawn(
            "program",
            own -> {
              machine.console().foreground(own.processes().sessions().setsid());
              return read(own);
            });
    Background.awaitWait(program, WHAT);
    keyboard.type(new byte[] {3});
    assertThat(program.join()).isEqualTo(new WaitStatus.Signaled(Signal.SIGINT));
    assertThat(sleepASecond().join()).isEqualTo(new WaitStatus.Exited(0));
  }

  @Test
  void timeGoesOn_whenTheReaderIsKilledOtherwise() throws Exception {
    Task program = init.spawn("program", AttendedConsoleTest::read);
    Background.awaitWait(program, WHAT);
    init.processes().kill(program.pid(), Signal.SIGTERM);
    program.join();
    assertThat(sleepASecond().join()).isEqualTo(new WaitStatus.Exited(0));
  }

  @Test
  void timeGoesOn_whenTheInputEnds() throws Exception {
    Task program = init.spawn("program", AttendedConsoleTest::read);
    Background.awaitWait(program, WHAT);
    keyboard.close();
    assertThat(program.join()).isEqualTo(new WaitStatus.Exited(2));
    assertThat(sleepASecond().join()).isEqualTo(new WaitStatus.Exited(0));
  }
}
