package dev.nommu.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.cli.Run;
import dev.nommu.cli.board.OpenBoard;
import dev.nommu.scenario.Scenario;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Generated programs and calls on boards of many sizes: what {@code fit} predicts, and what it says
 * of each other way, is what {@code run} of the same steps does there.
 */
final class FitPredictionTest {
  private static final int CASES = Integer.getInteger("nommu.cases", 12);
  private static final long PAGE = 4096;
  private static final String NO_MEMORY = " = -1 ENOMEM";

  @TempDir private Path directory;

  private final Random random;

  FitPredictionTest() {
    long seed = Long.getLong("nommu.seed", System.nanoTime());
    System.out.println("FitPredictionTest: -Dnommu.seed=" + seed);
    random = new Random(seed);
  }

  /** A board, what is to fit, and what the kernel takes. */
  private record Case(ProgramBoard board, long kernel, Workload work, String calls) {
    Setting setting() throws Exception {
      OpenBoard open = board.open();
      return new Setting(open).reserving(KernelSize.at(open.board().ram(), kernel));
    }
  }

  private Case generate(int number) throws Exception {
    Path folder = Files.createDirectory(directory.resolve("case" + number));
    ProgramBoard board = new ProgramBoard(folder, PAGE * random.nextInt(128, 512));
    List<String> programs = new ArrayList<>();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      int text = random.nextInt(64 << 10);
      int data = random.nextInt(32 << 10);
      int bss = random.nextInt(300 << 10);
      board.with("p" + i, new FlatProgram(text, data, bss, random.nextInt(8 << 10)));
      programs.add("/prog/p" + random.nextInt(i, i + 1));
    }
    String calls = calls();
    Scenario scenario =
        Scenario.parse("calls", calls.getBytes(StandardCharsets.UTF_8), board.open().vocabulary());
    long kernel = PAGE * random.nextInt(1, 32);
    return new Case(board, kernel, new Workload(programs, Optional.of(scenario)), calls);
  }

  private String calls() {
    StringBuilder calls = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      long length = 1 + random.nextInt(1 << random.nextInt(12, 20));
      calls.append(
          "m%d = mmap(NULL, %d, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0)\n"
              .formatted(i, length));
      if (random.nextInt(3) == 0) {
        calls.append("munmap(m%d, %d)\n".formatted(random.nextInt(i + 1), PAGE));
      }
    }
    return calls.toString();
  }

  /** Returns the errors of the steps in order, {@code "0"} for none, as fit has them. */
  private static List<String> predicted(Outcome outcome) {
    return outcome.steps().stream()
        .map(step ->
            step.failures().stream().map(failure -> failure.errno().name()).findFirst().orElse("0"))
        .toList();
  }

  /** Returns the same as a run of the steps has them. */
  private List<String> ran(Case of, Path board, List<String> programs, Object... options)
      throws Exception {
    StringBuilder scenario = new StringBuilder();
    for (int i = 0; i < programs.size(); i++) {
      scenario.append(
          "proc q%d\nq%d: execve(\"%s\", \"%s\")\n"
              .formatted(i, i, programs.get(i), programs.get(i)));
    }
    Path file =
        Files.writeString(of.board().directory().resolve("steps.txt"), scenario + of.calls());
    List<Object> arguments = new ArrayList<>(List.of("run", "--board", board));
    arguments.addAll(List.of(options));
    arguments.add(file);
    Run run = Run.of(arguments.toArray());
    assertThat(run.err()).isEmpty();
    return run.out()
        .lines()
        .filter(line -> line.contains(" = ") && !line.startsWith("proc "))
        .map(FitPredictionTest::error)
        .toList();
  }

  private static String error(String line) {
    String result = line.substring(line.lastIndexOf(" = ") + 3);
    return result.startsWith("-1 ") ? Errno.valueOf(result.substring(3)).name() : "0";
  }

  @Test
  void prediction_isWhatARunOfTheSameStepsDoes() throws Exception {
    int failed = 0;
    for (int i = 0; i < CASES; i++) {
      Case each = generate(i);
      Outcome outcome = Trial.of(each.setting().open(), each.work());
      assertThat(predicted(outcome))
          .as("case %d", i)
          .isEqualTo(ran(each, each.board().write(each.kernel()), each.work().programs()));
      failed += outcome.misfits().size();
    }
    assertThat(failed).as("steps that do not fit").isPositive();
  }

  @Test
  void otherTrimming_isPredictedAsItRuns() throws Exception {
    for (int i = 0; i < CASES; i++) {
      Case each = generate(i);
      Outcome outcome = Trial.of(each.setting().with("vm.nr_trim_pages", "0").open(), each.work());
      Path board = each.board().write(each.kernel());
      assertThat(predicted(outcome))
          .as("case %d", i)
          .isEqualTo(ran(each, board, each.work().programs(), "--sysctl", "vm.nr_trim_pages=0"));
    }
  }

  @Test
  void otherOrder_isPredictedAsItRuns() throws Exception {
    for (int i = 0; i < CASES; i++) {
      Case each = generate(i);
      List<String> reversed = each.work().programs().reversed();
      Outcome outcome = Trial.of(each.setting().open(), each.work().with(reversed));
      assertThat(predicted(outcome))
          .as("case %d", i)
          .isEqualTo(ran(each, each.board().write(each.kernel()), reversed));
    }
  }

  @Test
  void executionInPlace_isPredictedAsItRunsFromARomfs() throws Exception {
    for (int i = 0; i < CASES; i++) {
      Case each = generate(i);
      Workload work = each.work();
      try (ProgramRom rom = ProgramRom.of(each.setting(), work.programs())) {
        Outcome outcome = Trial.of(rom.on(each.setting()).open(), work.with(rom.programs()));
        makeRom(each.board(), work.programs(), rom.programs());
        Path board = each.board().writeWithRom(each.kernel());
        assertThat(predicted(outcome)).as("case %d", i).isEqualTo(ran(each, board, rom.programs()));
      }
    }
  }

  private static void makeRom(ProgramBoard board, List<String> programs, List<String> moved)
      throws Exception {
    Path folder = Files.createDirectories(board.directory().resolve("rom.d"));
    for (int i = 0; i < programs.size(); i++) {
      Path from = board.directory().resolve(programs.get(i).substring(1));
      Path to = folder.resolve(moved.get(i).substring("/mnt/".length()));
      Files.write(to, Files.readAllBytes(from));
      Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Run make =
        Run.of("image", "make", "--type", "romfs", folder, board.directory().resolve("rom.img"));
    assertThat(make.exitCode()).as(make.err()).isZero();
  }

  /** The recorded machine with less RAM: its board reserves what the kernel takes. */
  @ParameterizedTest
  @ValueSource(strings = {"scenarios/64-enomem", "edges/n27-enomem-fragments"})
  void otherSizesOfTheRecordedMachine_arePredictedAsTheyRun(String recording) {
    Path scenario =
        Path.of("..", "conformance", "src", "test", "resources", "linux-6.12", recording + ".txt");
    for (int i = 0; i < CASES; i++) {
      String memory = PAGE / 1024 * random.nextInt(17 << 8, 100 << 8) + "K";
      Object[] where = {"--board", Run.recordedBoard(), "--memory", memory};
      Run run = Run.of("run", where[0], where[1], where[2], where[3], scenario);
      Run fit = Run.of("fit", where[0], where[1], where[2], where[3], "--scenario", scenario);
      assertThat(FitOutput.misfits(fit))
          .as(memory)
          .isNotEmpty()
          .isEqualTo(
              run.out()
                  .lines()
                  .filter(line -> line.endsWith(NO_MEMORY))
                  .map(line -> line.substring(0, line.length() - NO_MEMORY.length()))
                  .toList());
    }
  }
}
