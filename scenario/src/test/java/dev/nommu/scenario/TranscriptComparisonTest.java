package dev.nommu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected rules are those under "Comparing" in the description of the recordings. */
class TranscriptComparisonTest {
  private static Optional<TranscriptComparison.Difference> compare(
      String scenario, String expected, String actual) {
    return TranscriptComparison.firstDifference(
        scenario, Transcript.parse(expected), Transcript.parse(actual));
  }

  private static Optional<TranscriptComparison.Difference> compare(String expected, String actual) {
    return compare("01-x", expected, actual);
  }

  @Test
  void recording_equalsItself() throws Exception {
    for (Recording recording : Recording.all()) {
      Transcript transcript = recording.transcript();
      assertThat(TranscriptComparison.firstDifference(recording.name(), transcript, transcript))
          .as(recording.name())
          .isEmpty();
    }
  }

  @Test
  void firstDifference_isReportedWithBothLines() {
    assertThat(compare("# a\nsync() = 0\nclose(3) = 0\n", "sync() = 0\nclose(3) = -1 EBADF\n"))
        .get()
        .hasToString(
            "expected line 3: close(3) = 0%n  actual line 2: close(3) = -1 EBADF".formatted());
  }

  @Test
  void missingLine_isReported() {
    assertThat(compare("sync() = 0\nsync() = 0\n", "sync() = 0\n"))
        .get()
        .hasToString(
            "expected line 2: sync() = 0%n  actual line 2: (end of transcript)".formatted());
  }

  @Test
  void lineTooMany_isReported() {
    assertThat(compare("sync() = 0\n", "sync() = 0\nsync() = 0\n"))
        .get()
        .hasToString(
            "expected line 2: (end of transcript)%n  actual line 2: sync() = 0".formatted());
  }

  @Test
  void blankLinesCommentsAndKernelMessages_areNotCompared() {
    assertThat(
            compare(
                "# a\n\nsync() = 0\n    # kernel: nommu: munmap of memory\n", "#! b\nsync() = 0\n"))
        .isEmpty();
  }

  @Test
  void twoNamesOfOneError_areTheSame() {
    assertThat(compare("futex(a, 6, 0) = -1 EDEADLOCK", "futex(a, 6, 0) = -1 EDEADLK")).isEmpty();
    assertThat(compare("futex(a, 6, 0) = -1 EDEADLOCK", "futex(a, 6, 0) = -1 EAGAIN")).isPresent();
  }

  @Test
  void deviceOfALineOfMaps_isNotCompared() {
    assertThat(
            compare(
                "    a-a+0x1000 r--p 00000000 fe:00 INO /m/a",
                "    a-a+0x1000 r--p 00000000 00:* INO /m/a"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "    a-a+0x2000 r--p 00000000 fe:00 INO /m/a",
        "    a-a+0x1000 rw-p 00000000 fe:00 INO /m/a",
        "    a-a+0x1000 r--S 00000000 fe:00 INO /m/a",
        "    a-a+0x1000 r--p 00001000 fe:00 INO /m/a",
        "    a-a+0x1000 r--p 00000000 fe:00 0 /m/a",
        "    a-a+0x1000 r--p 00000000 fe:00 INO /m/b",
      })
  void restOfALineOfMaps_isCompared(String actual) {
    assertThat(compare("    a-a+0x1000 r--p 00000000 fe:00 INO /m/a", actual)).isPresent();
  }

  @Test
  void blocksOfSize_areNotCompared() {
    assertThat(compare("q = size(f) = 12388 (25 blocks)", "q = size(f) = 12388 (32 blocks)"))
        .isEmpty();
    assertThat(compare("size(f) = 12388 (25 blocks)", "size(f) = 12389 (25 blocks)")).isPresent();
  }

  @Test
  void mmapcopy_isComparedUnlessASecondProcessLives() {
    String expected = "mmapcopy() = +1 pages";
    String actual = "mmapcopy() = +2 pages";
    String spawn = "proc b = 0\n";
    String exit = "b: exit = (exited 0)\n";
    assertThat(compare(expected, actual)).isPresent();
    assertThat(compare(spawn + expected, spawn + actual)).isEmpty();
    assertThat(compare(spawn + exit + expected, spawn + exit + actual)).isPresent();
    assertThat(
            compare(
                spawn + "proc c = 0\n" + exit + expected, spawn + "proc c = 0\n" + exit + actual))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "b = mmap(NULL, 8192, PROT_READ, MAP_SHARED, fe, 0) = -1 ENODEV"
            + "| b = mmap(NULL, 8192, PROT_READ, MAP_SHARED, fe, 0) = b",
        "d = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fg, 4096) = d"
            + "| d = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fg, 4096) = c+0x1000",
        "mmapcopy() = +2 pages | mmapcopy() = +0 pages",
      })
  void adjacencyOfPages_isNotComparedIn11And75(String expected, String actual) {
    assertThat(compare("11-ramfs-without-truncate", expected, actual)).isEmpty();
    assertThat(compare("75-x", expected, actual)).isEmpty();
    assertThat(compare("12-x", expected, actual)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0) = a"
            + "| a = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0) = -1 ENODEV",
        "a = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0) = -1 EACCES"
            + "| a = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0) = -1 ENODEV",
        "a = mmap(NULL, 8192, PROT_READ, MAP_SHARED, -1, 0) = a"
            + "| a = mmap(NULL, 8192, PROT_READ, MAP_SHARED, -1, 0) = -1 ENODEV",
        "peek(a, 1) = \"x\" | peek(a, 1) = \"y\"",
      })
  void allElse_isComparedIn11(String expected, String actual) {
    assertThat(compare("11-ramfs-without-truncate", expected, actual)).isPresent();
  }
}
