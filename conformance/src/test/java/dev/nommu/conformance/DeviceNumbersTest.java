package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nommu.api.DeviceFile.Kind;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The numbers of the devices of the recorded machine, and what is where no device is. */
class DeviceNumbersTest {
  @ParameterizedTest
  @EnumSource(Profile.class)
  void fb01_missingFrameBuffer_isEnodev(Profile profile) throws Exception {
    try (TestMachine machine = TestMachine.of(RecordedScenario.board(), profile)) {
      Task task = machine.init();
      assertThat(open(task, 29, 0)).isNull();
      assertThat(open(task, 29, 1).errno()).isEqualTo(Errno.ENODEV);
      assertThat(open(task, 29, 31).errno()).isEqualTo(Errno.ENODEV);
    }
  }

  @Test
  void fb01_deviceDriverThatFails_takesNothingFromTheOthers() throws Exception {
    String screen =
        """
        screen@90000000 {
          compatible = "simple-framebuffer"; reg = <0x90000000 0x1000>;
          width = <16>; height = <16>; stride = <64>; format = "a8r8g8b8";
        };
        """;
    String wrong = "vfb.vfb_enable=1 vfb.videomemorysize=1073741824";
    try (TestMachine machine = TestMachine.boot(Profile.DOCUMENT, wrong, screen)) {
      assertThat(machine.machine().log().lines()).anyMatch(line -> line.contains("1073741824"));
      assertThat(machine.lines("/proc/fb")).containsExactly("0 simple");
      assertThat(open(machine.init(), 29, 0)).isNull();
      assertThat(open(machine.init(), 29, 1).errno()).isEqualTo(Errno.ENODEV);
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void mtd03_missingMtd_isEnodev(Profile profile) throws Exception {
    try (TestMachine machine = TestMachine.of(RecordedScenario.board(), profile)) {
      assertThat(open(machine.init(), 90, 200).errno()).isEqualTo(Errno.ENODEV);
    }
  }

  /** As {@code memory_open} of Linux. */
  @ParameterizedTest
  @EnumSource(Profile.class)
  void missingMemoryDevice_isEnxio(Profile profile) throws Exception {
    try (TestMachine machine = TestMachine.of(RecordedScenario.board(), profile)) {
      assertThat(open(machine.init(), 1, 6).errno()).isEqualTo(Errno.ENXIO);
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void procDevices_hasTheNamesOfLinux(Profile profile) throws Exception {
    try (TestMachine machine = TestMachine.of(RecordedScenario.board(), profile)) {
      assertThat(machine.lines("/proc/devices"))
          .containsExactly(
              "Character devices:",
              "  1 mem",
              "  5 /dev/console",
              " 29 fb",
              " 90 mtd",
              "",
              "Block devices:",
              "  1 ramdisk",
              " 31 mtdblock",
              "254 virtblk");
    }
  }

  private static ErrnoException open(Task task, int major, int minor) throws Exception {
    String path = "/tmp/" + major + "-" + minor;
    task.tree()
        .create(path, NewInode.deviceFile(0600, Kind.CHARACTER, new DeviceNumber(major, minor)));
    return catchThrowableOfType(ErrnoException.class, () -> task.open(path, OpenFlags.O_RDONLY));
  }
}
