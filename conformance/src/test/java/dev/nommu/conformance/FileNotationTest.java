package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.scenario.MachinePort;
import dev.nommu.scenario.Scenario;
import dev.nommu.scenario.ScenarioRunner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The calls of scenarios that make files and ask about them. */
class FileNotationTest {
  private static final String KINDS =
      """
      mknod("/tmp/f", 0600) = 0
      mknod("/tmp/r", S_IFREG|0600) = 0
      mknod("/tmp/d", S_IFDIR|0700) = -1 EPERM
      mknod("/tmp/l", S_IFLNK|0777) = -1 EINVAL
      mknod("/tmp/s", S_IFSOCK|0600) = 0
      open("/tmp/s", O_RDWR) = -1 ENXIO
      """;

  @ParameterizedTest
  @EnumSource(Profile.class)
  void own03_mknod_makesEveryKindButDirectoriesAndLinks(Profile profile) throws Exception {
    assertAnswers(profile, KINDS);
  }

  /** Runs steps, each of which is followed by its answer. */
  private static void assertAnswers(Profile profile, String transcript) throws Exception {
    String steps = transcript.replaceAll("(?m) = -?\\w.*$", "");
    try (TestMachine machine = TestMachine.boot(profile, "", "")) {
      Scenario scenario = Scenario.parse("steps", steps);
      assertThat(
              new ScenarioRunner(scenario, new MachinePort(machine.machine()))
                  .run(line -> {})
                  .lines())
          .containsExactlyElementsOf(transcript.lines().toList());
    }
  }
}
