package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.scenario.MachinePort;
import dev.nommu.scenario.Scenario;
import dev.nommu.scenario.ScenarioRunner;

/** A scenario whose steps state their results. */
final class StatedScenario {
  private StatedScenario() {}

  /** Runs steps, each of which states its result. */
  static void assertAnswers(Profile profile, String transcript) throws Exception {
    try (TestMachine machine = TestMachine.boot(profile, "", "")) {
      Scenario scenario = Scenario.parse("steps", transcript);
      assertThat(
              new ScenarioRunner(scenario, new MachinePort(machine.machine()))
                  .run(line -> {})
                  .lines())
          .containsExactlyElementsOf(transcript.lines().toList());
    }
  }
}
