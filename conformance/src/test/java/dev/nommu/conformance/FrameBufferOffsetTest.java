package dev.nommu.conformance;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.task.Task;
import dev.nommu.scenario.MachinePort;
import dev.nommu.scenario.Scenario;
import dev.nommu.scenario.ScenarioRunner;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The frame buffer of the recorded machine at an offset. That 34-fb comes out equal under
 * linux-6.12 is the business of {@link RecordedKernelTest}.
 */
class FrameBufferOffsetTest {
  private static final long START = 0x8780_0000L;
  private static final int SIZE = 0x40000;

  @ParameterizedTest
  @CsvSource({"0x1000, 0x1000", "0x1000, 0x3f000", "0x3f000, 0x1000", "0, 0x40000"})
  void fb06_document_mapsAtAnOffset(String from, String count) throws Exception {
    long offset = Long.decode(from);
    int length = Integer.decode(count);
    try (TestMachine machine = recordedMachine(Profile.DOCUMENT)) {
      Task task = machine.init();
      int file = task.open("/dev/fb0", OpenFlags.O_RDWR);
      assertThat(task.mmap(0, length, PROT_READ | PROT_WRITE, MAP_SHARED, file, offset))
          .isEqualTo(START + offset);
      MemorySegment written = MemorySegment.ofArray(new byte[length]).fill((byte) 0x5a);
      assertThat(task.pwrite(file, written, offset)).isEqualTo(length);
      assertThat(task.memory(START + offset, length).mismatch(written)).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @CsvSource({"0x1000, 0x40000", "0, 0x41000", "0x40000, 0x1000"})
  void fb06_document_refusesWhatReachesBeyondTheEnd(String from, String count) throws Exception {
    try (TestMachine machine = recordedMachine(Profile.DOCUMENT)) {
      assertThat(errno(machine, Long.decode(from), Long.decode(count))).isEqualTo(Errno.EINVAL);
    }
  }

  @Test
  void fb05_linux612_refusesAnOffsetUntilTheWholeIsMapped() throws Exception {
    try (TestMachine machine = recordedMachine(Profile.LINUX_6_12)) {
      assertThat(errno(machine, 0x1000, 0x1000)).isEqualTo(Errno.EINVAL);
      Task task = machine.init();
      int file = task.open("/dev/fb0", OpenFlags.O_RDWR);
      assertThat(task.mmap(0, SIZE, PROT_READ, MAP_SHARED, file, 0)).isEqualTo(START);
      assertThat(task.mmap(0, 0x1000, PROT_READ, MAP_SHARED, file, 0x1000))
          .isEqualTo(START + 0x1000);
    }
  }

  /**
   * Of the answers in 34-fb three are different in the document's profile: a private mapping that
   * is only read needs no copy (MMAP-19), so that it can be unmapped; and the offset is in bytes
   * (FB-06).
   */
  @Test
  void fb06_document_differsFromTheRecordingInThreeAnswers() throws Exception {
    List<String> document = new ArrayList<>(answers(Profile.DOCUMENT));
    document.removeAll(answers(Profile.LINUX_6_12));
    assertThat(document)
        .containsExactly(
            "mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0) = fb+0x0",
            "munmap(a, 4096) = 0",
            "mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, fd, 4096) = fb+0x1000");
  }

  private static List<String> answers(Profile profile) throws Exception {
    RecordedScenario recorded =
        RecordedScenario.in("scenarios").stream()
            .filter(scenario -> scenario.name().equals("34-fb"))
            .findFirst()
            .orElseThrow();
    try (TestMachine machine = recordedMachine(profile)) {
      Scenario scenario = Scenario.parse(recorded.text());
      return new ScenarioRunner(scenario, new MachinePort(machine.machine()))
          .run(line -> {})
          .lines();
    }
  }

  private static TestMachine recordedMachine(Profile profile) throws Exception {
    return TestMachine.of(RecordedScenario.board(), profile);
  }

  private static Errno errno(TestMachine machine, long offset, long length) throws Exception {
    Task task = machine.init();
    int file = task.open("/dev/fb0", OpenFlags.O_RDWR);
    return catchThrowableOfType(
            ErrnoException.class,
            () -> task.mmap(0, length, PROT_READ | PROT_WRITE, MAP_SHARED, file, offset))
        .errno();
  }
}
