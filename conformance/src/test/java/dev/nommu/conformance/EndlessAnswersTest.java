package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.scenario.MachinePort;
import dev.nommu.scenario.Scenario;
import dev.nommu.scenario.ScenarioRunner;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps of scenarios that would show more than anybody reads. */
@Timeout(20)
class EndlessAnswersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat(\"/dev/zero\")",
        "peek(0x80000000, -1)",
        "peek(0x80000000, 0x1000001)",
        "peek(0x80000000, 0x10000000000)",
        "read(0, -1)",
        "read(0, 0x1000001)",
        "pread(0, 0x7fffffffffffffff, 0)"
      })
  void moreThanIsShown_isEinval(String step) throws Exception {
    try (TestMachine machine = TestMachine.boot(Profile.DOCUMENT, "", "")) {
      Scenario scenario = Scenario.parse("endless", step);
      assertThat(
              new ScenarioRunner(scenario, new MachinePort(machine.machine()))
                  .run(line -> {})
                  .lines())
          .containsExactly(step + " = -1 EINVAL");
    }
  }
}
