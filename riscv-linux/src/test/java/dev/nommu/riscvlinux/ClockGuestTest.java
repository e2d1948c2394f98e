package dev.nommu.riscvlinux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.RealClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Programs that read the time while they compute. */
@Timeout(60)
final class ClockGuestTest {
  private static final int RUNS = 8;

  @RegisterExtension final GuestMachine machine = new GuestMachine();

  @Test
  void wait13_timePasses_withInstructions() throws Exception {
    String output = GuestMachine.runAlone(Kernel.standard(), "clock").output();
    assertThat(output)
        .startsWith(
            """
            clock_gettime came to its end
            went back = 0
            rdtime came to its end
            apart = 0
            slept long enough = 1
            and not much longer = 1
            interrupted by = 14
            in time = 1
            """);
  }

  /** A loop of three instructions or more, run for 5 ms. */
  @Test
  void wait13_timer_interruptsALoopAfterAsManyInstructionsInEachRun() throws Exception {
    String first = GuestMachine.runAlone(Kernel.standard(), "clock").output();
    String rounds = first.substring(first.lastIndexOf(' ') + 1).strip();
    assertThat(Long.parseLong(rounds)).isBetween(500_000L, 5_000_000L / 3);
    for (int run = 1; run < RUNS; run++) {
      assertThat(GuestMachine.runAlone(Kernel.standard(), "clock").output()).isEqualTo(first);
    }
  }

  @Test
  void processorTime_isThatOfInstructions() throws Exception {
    assertThat(machine.run("cputime").output())
        .isEqualTo(
            """
            as the clock = 1
            its only thread = 1
            asleep = 1
            self = 1
            no children = 0
            not its own = 1
            waited for = 1
            milliseconds of the child = 33
            children = 1
            user = 2
            system = 0
            children's = 3
            children's system = 0
            """);
  }

  @Test
  void wait14_whileTimeIsHeld_machineCodeStandsStillAndCanBeKilled() throws Exception {
    try (MachineClock.Hold _ = machine.machine().clock().hold()) {
      Task computing = machine.start("clock");
      Task spinning = machine.start("spin");
      while (!isHeld(computing) || !isHeld(spinning)) {
        Thread.onSpinWait();
      }
      assertThat(machine.machine().clock().nanos()).isZero();
      machine.machine().init().processes().kill(spinning.pid(), Signal.SIGKILL);
      while (spinning.status().isEmpty()) {
        Thread.onSpinWait();
      }
      assertThat(spinning.status()).contains(new WaitStatus.Signaled(Signal.SIGKILL));
      assertThat(isHeld(computing)).isTrue();
    }
  }

  private static boolean isHeld(Task task) {
    return task.waitsFor().contains("time, which is held");
  }

  @Test
  void byTheHostsClock_loopsThatWaitComeToTheirEnd() throws Exception {
    Kernel kernel = Kernel.standard().withClock(RealClock::new);
    assertThat(GuestMachine.runAlone(kernel, "clock").output())
        .contains(
            "clock_gettime came to its end\nwent back = 0\nrdtime came to its end\napart = 0\n")
        .contains("interrupted by = 14\n");
  }

  @Test
  void wait15_withOneCpu_programsThatRaceDoTheSameInEachRun() throws Exception {
    Kernel oneCpu = Kernel.standard().withCpus(1);
    String first = GuestMachine.runAlone(oneCpu, "race").output();
    for (int run = 1; run < RUNS; run++) {
      assertThat(GuestMachine.runAlone(oneCpu, "race").output()).isEqualTo(first);
    }
  }

  @Test
  void wait15_withOneCpu_andTheHostsClock_eachGetsItsTurn() throws Exception {
    Kernel oneCpu = Kernel.standard().withCpus(1).withClock(RealClock::new);
    assertThat(GuestMachine.runAlone(oneCpu, "race").output().split("mixed")[0].split("\\s+"))
        .containsExactlyInAnyOrder("1", "1", "1", "1", "2", "2", "2", "2", "3", "3", "3", "3");
  }
}
