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

  private static final String POLLED =
      """
      pipe() = {read=3, write=4}
      poll(3, POLLIN|POLLOUT, 0) = 0
      poll(3, POLLIN, 1500) = 0
      poll(4, POLLIN|POLLOUT, 0) = POLLOUT
      write(4, "ab") = 2
      poll(3, POLLIN|POLLPRI) = POLLIN
      close(4) = 0
      poll(3, 0) = POLLHUP
      poll(4, POLLIN) = POLLNVAL
      """;

  private static final String FLAGS =
      """
      pipe() = {read=3, write=4}
      fcntl(3, F_GETFL) = 0
      fcntl(3, F_SETFL, O_NONBLOCK) = 0
      fcntl(3, F_GETFL) = 2048
      read(3, 1) = -1 EAGAIN
      fcntl(3, F_SETFD, FD_CLOEXEC) = 0
      fcntl(3, F_GETFD) = 1
      """;

  @ParameterizedTest
  @EnumSource(Profile.class)
  void poll01_poll_isWrittenWithTheNamesOfItsEvents(Profile profile) throws Exception {
    assertAnswers(profile, POLLED);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void fcntl03_fcntl_changesWhetherAReadWaits(Profile profile) throws Exception {
    assertAnswers(profile, FLAGS);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void own03_mknod_makesEveryKindButDirectoriesAndLinks(Profile profile) throws Exception {
    assertAnswers(profile, KINDS);
  }

  /** Runs steps, each of which is followed by its answer. */
  private static void assertAnswers(Profile profile, String transcript) throws Exception {
    String steps = transcript.replaceAll("(?m) = [-{\\w].*$", "");
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
