package dev.nommu.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FitCommandTest {
  private static final Path RECORDED =
      Path.of("..", "conformance", "src", "test", "resources", "linux-6.12");
  private static final String FAILED = " = -1 ENOMEM";

  @TempDir private Path directory;

  private static final Map<String, FlatProgram> PROGRAMS =
      Map.of(
          "mapped", new FlatProgram(3000, 500, 100, 1000),
          "4K", FlatProgram.ofPages(1),
          "16K", FlatProgram.ofPages(4),
          "36K", FlatProgram.ofPages(9),
          "64K", FlatProgram.ofPages(16));

  @ParameterizedTest
  @ValueSource(strings = {"scenarios/64-enomem", "edges/n27-enomem-fragments"})
  void onTheRecordedMachine_theStepsThatFailedAreNamed(String recording) throws IOException {
    List<String> failed =
        Files.readAllLines(RECORDED.resolve(recording + ".out")).stream()
            .filter(line -> line.endsWith(FAILED))
            .map(line -> line.substring(0, line.length() - FAILED.length()))
            .toList();
    Run run =
        Run.of(
            "fit",
            "--board",
            Run.recordedBoard(),
            "--scenario",
            RECORDED.resolve(recording + ".txt"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(failed).isNotEmpty();
    assertThat(FitOutput.misfits(run)).isEqualTo(failed);
    assertThat(run.out())
        .contains("    ENOMEM: order 11: 8192 KiB in one piece; the largest block has 4096 KiB");
  }

  private Run fit(long memory, String kernel, String... programs) throws IOException {
    ProgramBoard board = new ProgramBoard(directory, memory);
    PROGRAMS.forEach(board::with);
    List<Object> arguments =
        new ArrayList<>(List.of("fit", "--board", board.write(4096), "--kernel", kernel));
    List.of(programs).forEach(program -> arguments.add("/prog/" + program));
    return Run.of(arguments.toArray());
  }

  @Test
  void programsThatFit_areShownWithWhatIsLeft() throws IOException {
    Run run = fit(1 << 20, "4K", "mapped");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("RAM: 0x80000000-0x80100000, 1024 KiB\nkernel: 0x80000000-0x80001000, 4 KiB\n")
        .containsPattern("1020 KiB +512 KiB +1 +1 +1 +1 +1 +1 +1 +1 +0 +0 +0 +at the start\n")
        .containsPattern(" 1012 KiB .* 8 KiB +/prog/mapped\n")
        .contains("\neverything fits\n")
        .contains("  executed in place: 4 KiB more are free at the end\n")
        .contains("  vm.nr_trim_pages=0: nothing changes\n");
  }

  /** The block of 16 KiB leaves no second one of 64 KiB; what is left of 36 KiB would have it. */
  @Test
  void programThatDoesNotFit_isShownWithTheReasonAndTheOrderInWhichItDoes() throws IOException {
    Run run = fit(256 << 10, "128K", "16K", "36K", "64K");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .containsPattern(
            " /prog/64K\n    ENOMEM: order 4: 64 KiB in one piece; 76 KiB free in 5 pieces,")
        .contains("\n1 of 3 steps do not fit\n")
        .contains("  loaded in the order /prog/36K, /prog/16K, /prog/64K: everything fits\n")
        .contains("  vm.nr_trim_pages=0: 28 KiB fewer are free at the end\n");
  }

  @Test
  void manyPrograms_areTriedLargestFirst() throws IOException {
    Run run = fit(256 << 10, "128K", "16K", "4K", "4K", "36K", "64K", "4K");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "  loaded in the order /prog/64K, /prog/36K, /prog/16K, /prog/4K, /prog/4K, /prog/4K:"
                + " everything fits\n");
  }

  @Test
  void withoutAProgramOrAScenario_nothingIsAskedFor() {
    Run run = Run.of("fit");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("expected a PROGRAM or --scenario FILE, found neither");
  }

  @Test
  void programThatIsNotThere_isAMistake() {
    Run run = Run.of("fit", "/no/such");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("nommu fit: /no/such: ENOENT (").hasLineCount(1);
  }

  @Test
  void kernel_takesWhatTheRecordedOneTook_unlessItIsSaid() {
    Run run = Run.reading("brk(0)", "fit", "--board", Run.recordedBoard(), "--scenario", "-");
    assertThat(run.out())
        .contains("kernel: 0x80000000-0x80450000, 4416 KiB (see --kernel)\n")
        .contains("reserved: 0x80000000-0x81000000, 16384 KiB\n");
  }

  @Test
  void kernelLargerThanTheRam_isAMistake() throws IOException {
    Run run = fit(1 << 20, "2576K", "mapped");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "nommu fit: --kernel: expected at most the 1024 KiB of the first bank of RAM, found"
                + " 2576 KiB\n");
  }

  @ParameterizedTest
  @CsvSource({
    "empty, ''",
    "dev, 'dev { source = \"devtmpfs\"; target = \"/dev\"; type = \"devtmpfs\"; };'"
  })
  void rootThatIsReadOnly_hasThePlaceForTheRomfsElsewhere(String inRoot, String mount)
      throws IOException {
    ProgramBoard programs = new ProgramBoard(directory, 1 << 20);
    programs.with("mapped", PROGRAMS.get("mapped"));
    Path board = programs.write(4096);
    Files.createDirectory(directory.resolve("prog").resolve(inRoot));
    String rooted = Files.readString(board).replace("target = \"/prog\"", "target = \"/\"");
    Files.writeString(board, rooted.replaceFirst("options = \"ro\"; };", "$0 " + mount));
    Run run = Run.of("fit", "--board", board, "--kernel", "4K", "/mapped");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("  executed in place: 4 KiB more are free at the end\n");
  }

  @Test
  void boardWithoutAPlaceForAnotherRomfs_isToldInTheTrialsPlace() throws IOException {
    ProgramBoard programs = new ProgramBoard(directory, 1 << 20);
    programs.with("4K", FlatProgram.ofPages(1));
    Path board = programs.write(4096);
    Files.writeString(
        board, Files.readString(board).replace("target = \"/prog\"", "target = \"/\""));
    Run run = Run.of("fit", "--board", board, "--kernel", "4K", "/4K");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("\neverything fits\n")
        .containsPattern("  executed in place: cannot be tried: .*/mnt");
  }
}
