package dev.nommu.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Main;
import dev.nommu.cli.Run;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.text.Palette;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs of the tests of riscv-linux, run as their user would. */
@Timeout(60)
final class ExecCommandTest {
  private static final Path PROGRAMS =
      Path.of("..", "riscv-linux", "src", "test", "resources", "dev", "nommu", "riscvlinux");

  @TempDir private Path directory;

  private static Path program(String name) {
    return PROGRAMS.resolve(name + ".elf");
  }

  @Test
  void programHasItsArgumentsAndEnvironment_andItsStatusIsTheCommands() {
    Run run = Run.of("exec", "--env", "A=b", program("hello"), "one", "--strace");
    assertThat(run.out())
        .isEqualTo(
            """
            hello from /bin/hello.elf
            argument one
            argument --strace
            environment PATH=/bin
            environment A=b
            """);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(42);
  }

  @Test
  void programWithACLibrary_printsWhatItPrintedOnLinux() throws Exception {
    Path recorded = Path.of("..", "conformance/src/test/resources/linux-6.12/guest");
    Run run =
        Run.of(
            "exec",
            "--board",
            Run.recordedBoard(),
            "--profile",
            "linux-6.12",
            recorded.resolve("tour.elf"));
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo(Files.readString(recorded.resolve("tour.out")));
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void standardInput_isTheCommands() {
    String text = "first line\nsecond line without an end";
    Run run = Run.reading(text, "exec", program("cat"));
    assertThat(run.out()).isEqualTo(text);
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void longInput_arrivesWhole() {
    String text = "0123456789abcde\n".repeat(20_000);
    assertThat(Run.reading(text, "exec", program("cat")).out()).isEqualTo(text);
  }

  @Test
  void directoryOfTheHost_isReadAndNotWrittenWhereItIsReadOnly() throws Exception {
    Files.writeString(directory.resolve("file"), "from the host");
    Run run = Run.of("exec", "--bind", directory + ":/data:ro", program("cat"), "/data/file", "/x");
    assertThat(run.out()).isEqualTo("from the host");
    assertThat(run.err()).isEqualTo("cat: cannot open\n");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  /** EROFS, whoever asks. */
  @Test
  void program_isReadOnly() {
    Run run = Run.of("exec", program("overwrite"));
    assertThat(run.out()).isEqualTo("write = -30\nmode = -30\nremove = -30\ncreate = -30\n");
  }

  @Test
  void programOnAReadOnlyRoot_liesAmongItsPrograms() throws Exception {
    Files.createDirectories(directory.resolve("bin/sub"));
    Files.writeString(directory.resolve("bin/file"), "a file\n");
    Files.writeString(directory.resolve("bin/sub/file"), "another\n");
    Files.writeString(directory.resolve("bin/cat.elf"), "hidden\n");
    Files.createSymbolicLink(directory.resolve("bin/link"), Path.of("file"));
    Path board = Path.of("..", "boards", "uclinux.dts");
    Run run =
        Run.of(
            "exec",
            "--board",
            board,
            "--root",
            directory,
            program("cat"),
            "/bin/file",
            "/bin/link",
            "/bin/sub/file");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("a file\na file\nanother\n");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void readOnlyRootWithoutBin_isToldWhatItLacks() throws Exception {
    Files.writeString(directory.resolve("file"), "a file\n");
    Path board = Path.of("..", "boards", "uclinux.dts");
    Run run = Run.of("exec", "--board", board, "--root", directory, program("cat"));
    assertThat(run.err())
        .startsWith(
            "nommu exec: " + program("cat") + " cannot be put on the machine as /bin/cat.elf: ")
        .contains("EROFS");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void strace_standsOnTheStandardError() {
    Run run = Run.of("exec", "--strace", program("cat"), "/none");
    assertThat(run.err().lines())
        .anyMatch(line -> line.startsWith("execve(\"/bin/cat.elf\", [\"/bin/cat.elf\", \"/none\"]"))
        .contains(
            "openat(AT_FDCWD, \"/none\", O_RDONLY)     = -1 ENOENT (No such file or directory)",
            "exit_group(1)                           = ?",
            "+++ exited with 1 +++");
  }

  @Test
  void strace_knowsThePathOfAFlatProgram() {
    Path resources = Path.of("..", "conformance/src/test/resources/dev/nommu/conformance");
    Run run = Run.of("exec", "--strace", resources.resolve("in-place.flat"), "one");
    assertThat(run.err().lines().findFirst().orElseThrow())
        .matches(
            "execve\\(\"/bin/in-place.flat\", \\[\"/bin/in-place.flat\", \"one\"],"
                + " 0x[0-9a-f]+ /\\* 1 var \\*/\\) = 0");
  }

  @Test
  void explainedTrace_goesIntoAFile() throws Exception {
    Path trace = directory.resolve("trace");
    Run run = Run.of("exec", "--explain", "-o", trace, program("cat"), "/none");
    assertThat(run.err()).isEqualTo("cat: cannot open\n");
    assertThat(Files.readAllLines(trace))
        .anyMatch(
            line -> line.startsWith("    # refused ENOENT (No such file or directory): /none"));
  }

  @Test
  void traceInADirectoryThatIsNotThere_isToldSo() {
    Path trace = directory.resolve("none/trace");
    Run run = Run.of("exec", "-o", trace, program("hello"));
    assertThat(run.err())
        .isEqualTo("nommu: -o %s: no such directory: %s\n".formatted(trace, trace.getParent()));
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void explainedMapping_isToldWithItsRules() {
    Run run = Run.of("exec", "--explain", program("paint"));
    assertThat(run.err())
        .containsPattern("mmap\\(NULL, \\d+, PROT_READ\\|PROT_WRITE, MAP_SHARED, 3, 0\\)")
        .contains("    # mapped ");
  }

  @Test
  void programThatASignalKills_isTold() {
    Run run = Run.of("exec", program("signals"));
    assertThat(run.err()).startsWith("nommu exec: " + program("signals") + ": killed by SIGSEGV\n");
    assertThat(run.exitCode()).isEqualTo(128 + 11);
  }

  /** Ctrl-] is typed when the program shows its prompt. */
  @Test
  void escapeKey_killsTheProgram() throws Exception {
    PipedOutputStream keyboard = new PipedOutputStream();
    OutputStream screen =
        new OutputStream() {
          @Override
          public void write(int shown) throws IOException {
            if (shown == '#') {
              keyboard.write(0x1d);
              keyboard.flush();
            }
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PipedInputStream(keyboard),
            new PrintStream(screen, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Palette.NONE,
            Console.Progress.DROPPED,
            Set.of(0));
    String shell = program("shell").toString();
    assertThat(Main.run(console, "exec", shell)).isEqualTo(128 + 9);
    assertThat(err).hasToString("nommu exec: %s: killed by SIGKILL\n".formatted(shell));
  }

  @Test
  void withOneCpu_racesEndInTheSameWayInEachRun() {
    Run first = Run.of("exec", "--cpus", 1, "--strace", program("race"));
    assertThat(first.out()).contains("mixed = ");
    Run second = Run.of("exec", "--cpus", 1, "--strace", program("race"));
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(second.err()).isEqualTo(first.err());
  }

  @Test
  void numberOfCpus_isOneOrMore() {
    Run run = Run.of("exec", "--cpus", 0, program("hello"));
    assertThat(run.err()).contains("expected a number of processors from 1 to 9999, found '0'");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void fileThatIsNoProgram_isToldWithTheReason() throws Exception {
    Path text = Files.writeString(directory.resolve("text"), "plain");
    Run run = Run.of("exec", text);
    assertThat(run.err()).startsWith("nommu exec: " + text + ": ENOEXEC (Exec format error): ");
    assertThat(run.exitCode()).isEqualTo(126);
  }

  @Test
  void programThatIsNotThere_isAMistake() {
    Run run = Run.of("exec", directory.resolve("none"));
    assertThat(run.err())
        .isEqualTo("nommu exec: " + directory.resolve("none") + ": no such file or directory\n");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void bindOfWhatIsNoDirectory_isAMistake() {
    Run run = Run.of("exec", "--bind", directory.resolve("none") + ":/data", program("cat"));
    assertThat(run.err()).contains("expected a directory, found");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void portOfGdb_isRefusedIfItIsTakenOrNone() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Run run = Run.of("exec", "--gdb", taken.getLocalPort(), program("hello"));
      assertThat(run.err()).startsWith("nommu: --gdb %d: ".formatted(taken.getLocalPort()));
      assertThat(run.exitCode()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"65536", "-1", "abc", "", "3333333333"})
  void portOfGdb_isANumber(String port) {
    Run run = Run.of("exec", "--gdb=" + port, program("hello"));
    assertThat(run.err())
        .contains("--gdb")
        .contains("expected a port from 0 to 65535, found '" + port);
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--env", "--sysctl"})
  void assignment_hasANameAndAValue(String option) {
    for (String text : List.of("foo", "=foo")) {
      Run run = Run.of("exec", option + "=" + text, program("hello"));
      assertThat(run.err()).contains(option).contains("expected NAME=VALUE, found '" + text + "'");
      assertThat(run.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void assignment_mayContainMoreEqualsSigns_andTheLastOneHolds() {
    Run run = Run.of("exec", "--env", "A=first", "--env", "A=b=c", "--env", "B=", program("hello"));
    assertThat(run.out()).endsWith("environment PATH=/bin\nenvironment A=b=c\nenvironment B=\n");
  }
}
