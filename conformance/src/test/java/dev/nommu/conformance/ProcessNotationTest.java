package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.scenario.MachinePort;
import dev.nommu.scenario.Scenario;
import dev.nommu.scenario.ScenarioRunner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The calls of scenarios that find, signal and await processes. */
class ProcessNotationTest {
  private static final String SCENARIO =
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

  @ParameterizedTest
  @EnumSource(Profile.class)
  void processThatIsKilled_takesItsMappingsAndCannotBeFound(Profile profile) throws Exception {
    try (TestMachine machine = TestMachine.boot(profile, "", "")) {
      ScenarioRunner runner =
          new ScenarioRunner(
              Scenario.parse("processes", SCENARIO), new MachinePort(machine.machine()));
      assertThat(runner.run(line -> {}).lines())
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
  }
}
