package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.api.WritableFile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.task.Task;
import dev.nommu.scenario.MachinePort;
import dev.nommu.scenario.RecorderRun;
import dev.nommu.scenario.Scenario;
import dev.nommu.scenario.ScenarioException;
import dev.nommu.scenario.Transcript;
import dev.nommu.scenario.Vocabulary;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/**
 * The binary that recorded the answers of the real kernel, run on the processor of a machine: its
 * answers are those of structures, registers and signals, not of Java. What it read and wrote is
 * left in {@code target/recorder}, for a second reader.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
final class RecordingProgramTest {
  private static final String PROGRAM = "/init";
  private static final String STEPS = "/s/s0";

  private Board board;
  private byte[] program;

  @BeforeAll
  void read() throws IOException {
    Path recordings = RecordedScenario.recordings();
    board = RecordedScenario.board();
    program = Files.readAllBytes(recordings.resolve("guest/interp.elf"));
    Files.createDirectories(left());
  }

  private static Path left() {
    return RecordedScenario.projectRoot().resolve("conformance/target/recorder");
  }

  @TestFactory
  Stream<DynamicTest> scenario_byTheRecordingProgram_isAnsweredAsRecorded() {
    return RecordedScenario.in("scenarios").stream().map(this::test);
  }

  @TestFactory
  Stream<DynamicTest> generatedScenario_byTheRecordingProgram_isAnsweredAsRecorded() {
    return RecordedScenario.in("random").stream().map(this::test);
  }

  private DynamicTest test(RecordedScenario scenario) {
    return dynamicTest(scenario.name(), () -> compare(scenario));
  }

  private void compare(RecordedScenario scenario) throws Exception {
    Profile profile =
        scenario.name().equals(RecordedKernelTest.REPAIRED) ? Profile.DOCUMENT : Profile.LINUX_6_12;
    Transcript recorded = Transcript.read(scenario.text().resolveSibling(scenario.name() + ".out"));
    List<String> differences =
        RecordedSteps.of(scenario.name(), recorded)
            .differences(RecordedSteps.of(scenario.name(), run(scenario, profile)), step -> true);
    assertThat(differences).isEmpty();
  }

  private Transcript run(RecordedScenario scenario, Profile profile) throws Exception {
    try (Machine machine = Machine.boot(board, profile)) {
      RecorderRun run =
          new RecorderRun(
              Scenario.parse(scenario.text()), new MachinePort(machine), Vocabulary.onPath());
      Lines lines = new Lines(run);
      Task init = machine.init();
      init.tree().mkdir("/s", 0755);
      write(init, PROGRAM, program);
      write(init, STEPS, run.program().getBytes(StandardCharsets.UTF_8));
      init.spawn("recorder", task -> execute(task, lines)).join();
      assertThat(lines.rest.toString()).isEmpty();
      Files.writeString(left().resolve(scenario.name() + ".prog"), run.program());
      Files.writeString(left().resolve(scenario.name() + ".raw"), lines.raw());
      assertThat(machine.check()).isEmpty();
      return run.transcript();
    }
  }

  private static void write(Task init, String path, byte[] contents) throws ErrnoException {
    int file = init.open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0755);
    init.write(file, MemorySegment.ofArray(contents));
    init.close(file);
  }

  private static int execute(Task task, Lines lines) throws ErrnoException {
    int output = task.unnamedFiles().open("transcript", lines, OpenFlags.O_WRONLY);
    task.descriptors().dup3(output, 1, 0);
    task.close(output);
    task.processes().executeToRun(PROGRAM, List.of(PROGRAM, "run", STEPS), List.of());
    return 127;
  }

  /** What the program writes, line by line, while it waits in its write. */
  private static final class Lines implements WritableFile {
    private final RecorderRun run;
    private final StringBuilder rest = new StringBuilder();
    private final StringBuilder all = new StringBuilder();

    Lines(RecorderRun run) {
      this.run = run;
    }

    @Override
    public long write(MemorySegment from, long position) {
      rest.append(new String(from.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1));
      int end = rest.indexOf("\n");
      while (end >= 0) {
        accept(rest.substring(0, end));
        rest.delete(0, end + 1);
        end = rest.indexOf("\n");
      }
      return from.byteSize();
    }

    /** Returns all lines, as if the program had run them as a whole. */
    String raw() {
      return "@B s0\n" + all + "@E s0 0\n@done\n";
    }

    private void accept(String line) {
      all.append(line).append('\n');
      try {
        run.accept(line);
      } catch (ScenarioException malformed) {
        throw new IllegalStateException(malformed);
      }
    }
  }
}
