package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.scenario.MachinePort;
import dev.nommu.scenario.Scenario;
import dev.nommu.scenario.ScenarioRunner;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The calls of scenarios between processes: those that find, signal and await them, and pipes. */
class ProcessNotationTest {
  private static final String KILLED =
      """
      proc b
      b: own = getpid()
      b: a = mmap(NULL, 8192, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0)
      mmapcopy()
      waitpid(own, WNOHANG)
      kill(own, 0)
      kill(own, 65)
      kill(own, SIGKILL)
      mmapcopy()
      kill(own, 0)
      waitpid(own, WNOHANG)
      b: open("/", O_RDONLY)
      """;

  private static final String PIPE =
      """
      p = pipe(O_NONBLOCK)
      read(p, 5)
      pipe(1)
      q = pipe()
      proc b
      b& read(q, 5)
      write(q+1, "hello")
      b: join
      """;

  @ParameterizedTest
  @EnumSource(Profile.class)
  void processThatIsKilled_takesItsMappingsAndCannotBeFound(Profile profile) throws Exception {
    assertThat(run(profile, KILLED))
        .containsSubsequence(
            "mmapcopy() = +2 pages",
            "waitpid(own, WNOHANG) = 0",
            "kill(own, 0) = 0",
            "kill(own, 65) = -1 EINVAL",
            "kill(own, SIGKILL) = 0",
            "mmapcopy() = +0 pages",
            "kill(own, 0) = -1 ESRCH",
            "waitpid(own, WNOHANG) = -1 ECHILD",
            "b: open(\"/\", O_RDONLY) = -1 ESRCH");
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void pipe_handsOnWhatIsWrittenToWhoWaits(Profile profile) throws Exception {
    assertThat(run(profile, PIPE))
        .containsExactly(
            "p = pipe(O_NONBLOCK) = {read=3, write=4}",
            "read(p, 5) = -1 EAGAIN",
            "pipe(1) = -1 EINVAL",
            "q = pipe() = {read=5, write=6}",
            "proc b = 0",
            "b& read(q, 5) = (started)",
            "write(q+1, \"hello\") = 5",
            "b: join = \"hello\"");
  }

  private static List<String> run(Profile profile, String scenario) throws Exception {
    try (TestMachine machine = TestMachine.boot(profile, "", "")) {
      return new ScenarioRunner(
              Scenario.parse("processes", scenario), new MachinePort(machine.machine()))
          .run(line -> {})
          .lines();
    }
  }
}
