package dev.nommu.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import dev.nommu.kernel.mmap.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExplainCommandTest {
  @Test
  void fileInRom_isAskedForAndMappedInPlace() {
    Run run =
        Run.of("explain", "mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, \"/m/romfs_rom/big.bin\", 0)");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("open(\"/m/romfs_rom/big.bin\", O_RDONLY) = 3\n")
        .containsSubsequence(
            "\"/m/romfs_rom/big.bin\", 0) = rom+0x",
            "offered",
            "MAP_COPY MAP_DIRECT READ_MAP EXEC_MAP",
            "BDI-02: ",
            "RomfsOpenFile.getUnmappedArea: at rom+0x",
            "DIR-01: ",
            "RomfsOpenFile.mmap: yes",
            "mapped",
            "DIR-02: " + Rule.DIR_02.sentence() + " (docs/RULES.md#dir-02)");
  }

  @Test
  void refusal_citesTheRuleAndSaysWhatToDo() {
    Run run = Run.of("explain", "mmap(NULL, 8192, PROT_READ, MAP_SHARED, \"/m/host/big.bin\", 0)");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("open(\"/m/host/big.bin\", O_RDWR) = 3\n")
        .containsSubsequence(
            " = -1 ENODEV",
            "refused",
            "ENODEV (No such device)",
            "MMAP-17: " + Rule.MMAP_17.sentence(),
            "docs/RULES.md#mmap-17",
            "instead",
            Rule.MMAP_17.remedy());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "mmap(NULL, 0, PROT_READ, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0); MMAP-07",
        "mmap(4096, 1, PROT_READ, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0); MMAP-05",
        "mmap(NULL, 1, PROT_READ, 3, \"/m/host/big.bin\", 0); MMAP-06",
        "mmap(NULL, 1, PROT_READ, MAP_PRIVATE, 77, 0); MMAP-01",
        "mmap(NULL, 1, PROT_READ, MAP_PRIVATE, \"/m/host/big.bin\", 7); MMAP-02",
        "mmap(NULL, 1, PROT_READ, MAP_PRIVATE, \"/dev/null\", 0); MMAP-10",
        "mmap(NULL, 1, PROT_READ, MAP_PRIVATE, open(\"/m/host/big.bin\", O_WRONLY), 0); MMAP-13",
        "mmap(NULL, 1, PROT_WRITE, MAP_SHARED, open(\"/dev/fb0\", O_RDONLY), 0); MMAP-14",
        "mmap(NULL, 1, PROT_EXEC, MAP_SHARED, \"/dev/fb0\", 0); MMAP-20",
        "mmap(NULL, 1<<30, PROT_READ, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0); COPY-02",
        "mmap(NULL, 4096, PROT_READ, MAP_SHARED, \"/dev/fb0\", 1<<30); DIR-03",
      })
  void refusals_citeTheRuleTheyComeFrom(String call, String rule) {
    Run run = Run.of("explain", call);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).containsPattern("refused +\\S+ \\(.*\\)\n +" + rule + ": ");
    assertThat(run.out()).containsPattern("\n +instead +\\S");
  }

  @Test
  void writableCopy_saysWhatDroppedTheDirectMapping() {
    Run run =
        Run.of(
            "explain",
            "mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_PRIVATE, \"/m/romfs_rom/big.bin\", 0)");
    assertThat(run.out())
        .containsSubsequence(
            "dropped",
            "MAP_DIRECT\n",
            "MMAP-19: ",
            "SHARE-10: ",
            "a new copy",
            "COPY-01: ",
            "instead",
            "to map it in place, leave out PROT_WRITE");
  }

  @Test
  void anonymousMemory_needsNoFile() {
    Run run = Run.of("explain", "mmap(NULL, 3*4096, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0)");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("mmap(").contains("MMAP-23: ", "ANON-01: ");
  }

  @Test
  void misspeltConstant_isPointedAt() {
    Run run = Run.of("explain", "mmap(NULL, 8192, PROT_READ, MAP_PRIVAT, \"/m/host/big.bin\", 0)");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            """
            nommu explain: expected a constant or a variable set by an earlier step, found \
            MAP_PRIVAT (did you mean MAP_PRIVATE?)
              mmap(NULL, 8192, PROT_READ, MAP_PRIVAT, "/m/host/big.bin", 0)
                                          ^
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, \"/m/host/big.bin\", WRONG)",
        "mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, open(\"/m/host/big.bin\", O_RDWR), WRONG)",
        "mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, open(\"/m/host/big.bin\", WRONG), 0)",
        "mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, \"\", WRONG)",
      })
  void mistakeAroundTheFile_isPointedAtToo(String call) {
    String[] lines = Run.of("explain", call).err().split("\n", -1);
    assertThat(lines[1].substring(lines[2].indexOf('^'))).startsWith("WRONG");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mmap",
        "mmap(",
        "mmap()",
        "munmap(0, 4096)",
        "\"",
        "mmap(\"",
        "mmap(1,2,3,4,\"\\",
        "mmap(1,2,3,4,open(\"/x\"),6",
        "mmap(1, 2, 3, 4, 5, 6) mmap(1, 2, 3, 4, 5, 6)",
        "mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, \"/m/host/big.bin\")",
        "\u0000",
        "mmap(((((((",
      })
  void whatIsNoCallOfMmap_isAMistakeOfTheUser(String call) {
    Run run = Run.of("explain", call);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("nommu explain: expected ").doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"/none\"", "open(\"/none\", O_RDONLY)"})
  void fileThatIsNotThere_isTold(String file) {
    Run run = Run.of("explain", "mmap(NULL, 1, PROT_READ, MAP_PRIVATE, " + file + ", 0)");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out() + run.err()).contains("ENOENT", "/none");
    assertThat(run.err()).hasLineCount(1);
  }
}
