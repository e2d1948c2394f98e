package dev.nommu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioParserTest {
  private static List<ScenarioLine> parse(String... lines) throws ScenarioException {
    return Scenario.parse("x.txt", String.join("\n", lines)).lines();
  }

  private static Step step(String... lines) throws ScenarioException {
    return ((ScenarioLine.Statement) parse(lines).getLast()).step();
  }

  private static ScenarioException error(String... lines) {
    return catchThrowableOfType(ScenarioException.class, () -> parse(lines));
  }

  @Test
  void commentsAndBlankLines_areKept() throws Exception {
    assertThat(parse("#! image=x", "", "  # indented", "sync()"))
        .extracting(ScenarioLine::text)
        .containsExactly("#! image=x", "", "  # indented", "sync()");
  }

  @Test
  void commentBehindAStep_isNotRepeated() throws Exception {
    assertThat(parse(" close(3)   # the file").getFirst().text()).isEqualTo("close(3)");
  }

  @Test
  void numberSignInAText_isNoComment() throws Exception {
    assertThat(parse("unlink(\"/tmp/#1\")").getFirst().text()).isEqualTo("unlink(\"/tmp/#1\")");
  }

  @Test
  void windowsLineEnds_areAccepted() throws Exception {
    assertThat(parse("sync()\r", "sync()\r")).hasSize(2);
  }

  @Test
  void callInMain_hasNoPrefix() throws Exception {
    Invocation close =
        new Invocation(CallTable.named("close").orElseThrow(), List.of(new Expression.Constant(3)));
    assertThat(step("x = close(3)")).isEqualTo(new Step.Run("main", Optional.of("x"), close));
    assertThat(step("main: close(3)")).isEqualTo(new Step.Run("main", Optional.empty(), close));
  }

  @Test
  void processes_areMadeUsedAndEnded() throws Exception {
    Invocation sync = new Invocation(CallTable.named("sync").orElseThrow(), List.of());
    Expression.Numeric three = new Expression.Constant(3);
    assertThat(step("proc b")).isEqualTo(new Step.Spawn("b"));
    assertThat(step("proc b", "b: q = sync()"))
        .isEqualTo(new Step.Run("b", Optional.of("q"), sync));
    assertThat(step("proc b", "b& sync()")).isEqualTo(new Step.Start("b", Optional.empty(), sync));
    assertThat(step("proc b", "b& sync()", "b: join")).isEqualTo(new Step.Join("b"));
    assertThat(step("proc b", "b: exit(3)")).isEqualTo(new Step.Exit("b", three));
    assertThat(step("proc b", "b: exit")).isEqualTo(new Step.Exit("b", new Expression.Constant(0)));
  }

  @Test
  void processThatEnded_canBeMadeAgain() throws Exception {
    assertThat(step("proc b", "b: exit", "proc b")).isEqualTo(new Step.Spawn("b"));
  }

  @Test
  void variableOfAStartedStep_isSetByJoin() throws Exception {
    assertThat(parse("proc b", "b& x = futex(0, FUTEX_WAKE, 1)", "b: join", "close(x)")).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          mmpa(1) | 1:1: expected a call, found mmpa (did you mean mmap?)
          frobnicate(1) | 1:1: expected a call, found frobnicate
          b: sync() | 1:1: expected a process made by proc on an earlier line, found b
          x = 3 | 1:5: expected a call, found 3
          open("a", O_REDWR) | 1:11: expected a constant or a variable set by an earlier step, found O_REDWR (did you mean O_RDWR?)
          close(fd) | 1:7: expected a constant or a variable set by an earlier step, found fd
          x = dup(x) | 1:9: expected a constant or a variable set by an earlier step, found x
          munmap(0) | 1:7: expected munmap(address, length), found 1 argument
          open() | 1:5: expected open(path, flags, [mode]), found 0 arguments
          write(1) | 1:6: expected write(fd, data) or write(fd, address, count), found 1 argument
          write(1, 2) | 1:10: expected a text for data of write, found a number
          close("a") | 1:7: expected a number for fd of close, found a text
          close(3 | 1:8: expected ) or , after the argument, found the end of the line
          close 3 | 1:7: expected ( before the arguments, found 3
          close(3) 4 | 1:10: expected the end of the line, found 4
          close(3+) | 1:9: expected a number or a text, found )
          close((3) | 1:10: expected ) or , after the argument, found the end of the line
          close("a"+1) | 1:7: expected a number before +, found a text
          close(1+"a") | 1:9: expected a number, found a text
          close(09) | 1:7: expected a decimal, octal (0...) or hexadecimal (0x...) number of 64 bits, found 09
          close(0x) | 1:7: expected a decimal, octal (0...) or hexadecimal (0x...) number of 64 bits, found 0x
          close(18446744073709551616) | 1:7: expected a decimal, octal (0...) or hexadecimal (0x...) number of 64 bits, found 18446744073709551616
          unlink("a) | 1:11: expected the closing " of the text, found the end of the line
          unlink("\\q") | 1:9: expected an escape: one of \\n \\t \\r \\a \\b \\f \\v \\" \\\\, octal to \\377, or \\xHH, found \\q
          unlink("\\400") | 1:9: expected an escape: one of \\n \\t \\r \\a \\b \\f \\v \\" \\\\, octal to \\377, or \\xHH, found \\400
          close(3 % 2) | 1:9: expected a name, a number, a text or an operator, found %
          NULL = dup(1) | 1:1: expected a variable before =, found NULL, which is a constant
          main: exit | 1:7: expected a call, found exit, but main stays to the end
          ioctl(1, MEMERASE, pack(2)) | 1:25: expected a format such as "<II", found 2
          ioctl(1, MEMERASE, pack("II", 1, 2)) | 1:25: expected a format that starts with one of < > = !, found "II"
          ioctl(1, MEMERASE, pack("<2x", 1)) | 1:25: expected one of b B h H i I l L q Q s in the format, found 'x'
          ioctl(1, MEMERASE, pack("<2", 1)) | 1:25: expected a letter after the count in the format, found its end
          ioctl(1, MEMERASE, pack("<5000I", 1)) | 1:25: expected a count of at most 4096 in the format, found 5000
          ioctl(1, MEMERASE, pack("<II", 1)) | 1:33: expected , and one more value for "<II", found )
          ioctl(1, MEMERASE, pack("<I", 1, 2)) | 1:32: expected ) after the last value for "<I", found ,
          ioctl(1, MEMERASE, pack("<4s", 1)) | 1:32: expected a text for s, found a number
          """)
  void mistake_isReportedWithItsPlace(String line, String message) {
    assertThat(error(line)).hasMessage("x.txt:" + message);
  }

  @Test
  void useOfAProcessThatEnded_isReported() {
    assertThat(error("proc b", "b: exit", "b: sync()"))
        .hasMessage(
            "x.txt:3:1: expected a process that is running, found b, which ended on line 2");
  }

  @Test
  void processThatIsRunning_cannotBeMadeAgain() {
    assertThat(error("proc b", "proc b"))
        .hasMessage("x.txt:2:6: expected a new name for the process, found b, which is running");
  }

  @Test
  void stepOfABusyProcess_isReported() {
    assertThat(error("proc b", "b& sync()", "b: sync()"))
        .hasMessage(
            "x.txt:3:1: expected a process that is not in a step, found b, whose step of line 2"
                + " must be waited for by join");
  }

  @Test
  void joinWithoutAStartedStep_isReported() {
    assertThat(error("proc b", "b: join"))
        .hasMessage(
            "x.txt:2:1: expected a process with a step started by &, found b, which has none");
  }

  @Test
  void variableOfAStepThatIsNotWaitedFor_isReported() {
    assertThat(error("proc b", "b& x = sync()", "close(x)"))
        .hasMessage(
            "x.txt:3:7: expected a variable that is set, found x, which is set by \"b: join\"");
  }

  @Test
  void errorTellsItsParts() {
    ScenarioException error = error("sync()", "mmpa()");
    assertThat(error.source()).isEqualTo("x.txt");
    assertThat(error.position()).isEqualTo(new Position(2, 1));
    assertThat(error.expected()).isEqualTo("a call");
    assertThat(error.found()).isEqualTo("mmpa");
    assertThat(error.suggestions()).contains("mmap");
  }

  @Test
  void unknownCall_isToldWithThoseThatAreNear() {
    assertThat(error("ls()")).hasMessageContaining("found ls (did you mean getdents or stat");
    assertThat(error("peek3(1)").suggestions()).startsWith("peek").contains("peek32");
    assertThat(error("lstat64(\"/\")").suggestions()).contains("lstat");
  }

  @Test
  void deepNesting_isRefused() {
    String deep = "close(" + "(".repeat(100_000) + "1" + ")".repeat(100_000) + ")";
    assertThat(error(deep)).hasMessageContaining("at most 500 operands and brackets");
    assertThat(error("close(" + "-".repeat(100_000) + "1)"))
        .hasMessageContaining("at most 500 operands and brackets");
    assertThat(error("close(1" + "+1".repeat(100_000) + ")"))
        .hasMessageContaining("at most 500 operands and brackets");
  }

  @Test
  void fileThatIsNotUtf8_isReportedWithThePlaceOfTheByte() throws Exception {
    try (FileSystem files = Jimfs.newFileSystem(Configuration.unix())) {
      Path file = files.getPath("/bad.txt");
      Files.write(file, "sync()\nab\377\n".getBytes(StandardCharsets.ISO_8859_1));
      assertThat(catchThrowableOfType(ScenarioException.class, () -> Scenario.parse(file)))
          .hasMessage("/bad.txt:2:3: expected text in UTF-8, found the byte 0xff");
    }
  }

  @Test
  void damagedScenario_isReadOrReported() throws Exception {
    Random random = new Random(20261122);
    for (Recording recording : Recording.all()) {
      StringBuilder text = new StringBuilder();
      recording.scenario().lines().forEach(line -> text.append(line.text()).append('\n'));
      for (int i = 0; i < 5; i++) {
        StringBuilder damaged = new StringBuilder(text);
        int at = random.nextInt(damaged.length());
        damaged.setCharAt(at, (char) (random.nextInt(95) + ' '));
        damaged.delete(at + 1, Math.min(damaged.length(), at + 1 + random.nextInt(3)));
        assertReadOrReported(damaged.toString());
      }
    }
  }

  private static void assertReadOrReported(String text) {
    try {
      assertThat(Scenario.parse("x.txt", text).lines()).isNotEmpty();
    } catch (ScenarioException e) {
      assertThat(e).hasMessageStartingWith("x.txt:" + e.position().line() + ":");
    }
  }
}
