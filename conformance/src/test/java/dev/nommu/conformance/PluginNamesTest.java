package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.scenario.MachinePort;
import dev.nommu.scenario.Scenario;
import dev.nommu.scenario.ScenarioRunner;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A scenario knows the constants and ioctls of a plugin that nommu does not know. */
class PluginNamesTest {
  private static final String NODE = "lamp { compatible = \"test,lamp\"; };";

  @ParameterizedTest
  @EnumSource(Profile.class)
  void ioctlsOfAPlugin_areCalledAndShownByItsHeader(Profile profile) throws Exception {
    Scenario scenario =
        Scenario.parse(
            "lamp",
            """
            fd = open("/dev/lamp", O_RDWR)
            ioctl(fd, LAMP_SET, LAMP_DIM)
            ioctl(fd, LAMP_GET)
            ioctl(fd, LAMP_SET, 0)
            """);
    try (TestMachine machine = TestMachine.boot(profile, "", NODE)) {
      assertThat(
              new ScenarioRunner(scenario, new MachinePort(machine.machine()))
                  .run(line -> {})
                  .lines())
          .containsExactly(
              "fd = open(\"/dev/lamp\", O_RDWR) = 3",
              "ioctl(fd, LAMP_SET, LAMP_DIM) = 0",
              "ioctl(fd, LAMP_GET) = {brightness=40, colour=0xff}",
              "ioctl(fd, LAMP_SET, 0) = 40");
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void plugin01_whatAPluginThrows_isInTheLog(Profile profile) throws Exception {
    Scenario scenario =
        Scenario.parse(
            "lamp",
            """
            fd = open("/dev/lamp", O_RDWR)
            ioctl(fd, LAMP_BROKEN)
            ioctl(fd, 1)
            read(fd, 1)
            pread(fd, 1, 0)
            """);
    String lamp = LampDriver.class.getName() + "$Lamp";
    try (TestMachine machine = TestMachine.boot(profile, "", NODE)) {
      int former = machine.machine().log().lines().size();
      new ScenarioRunner(scenario, new MachinePort(machine.machine())).run(line -> {});
      List<String> log = machine.machine().log().lines();
      assertThat(log.subList(former, log.size()))
          .satisfiesExactly(
              line -> assertThat(line).contains("[1]: ", lamp, "ioctl", "the lamp is broken"),
              line -> assertThat(line).contains("  at ", lamp + ".ioctl(LampDriver.java:"),
              line -> assertThat(line).contains("[1]: ", lamp, "read", "it is dark", "[PLUGIN-01]"),
              line -> assertThat(line).contains("  at ", lamp + ".read(LampDriver.java:"),
              line -> assertThat(line).contains("[1]: ", lamp, "read", "it is dark"),
              line -> assertThat(line).contains("  at ", lamp + ".read(LampDriver.java:"));
    }
  }
}
