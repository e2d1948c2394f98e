package dev.nommu.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Main;
import dev.nommu.cli.Run;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.Console.Progress;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.console.Output;
import dev.nommu.cli.matrix.WrongDriver;
import dev.nommu.cli.text.Palette;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class RunCommandTest {
  private static final String SESSION =
      """
      # a file in ROM is mapped where it lies
      fd = open("/m/romfs_rom/big.bin", O_RDONLY)
      a = mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, fd, 0)
      peek(a, 6)
      mmap(NULL, 8192, PROT_READ, MAP_SHARED, fd, 1)
      """;

  @TempDir private Path directory;
  private Path session;

  @BeforeEach
  void writeSession() throws IOException {
    session = write("session.txt", SESSION);
  }

  private Path write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void transcript_isTheScenarioWithResults() {
    Run run = Run.of("run", session);
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .hasSize(5)
        .contains(
            "# a file in ROM is mapped where it lies",
            "fd = open(\"/m/romfs_rom/big.bin\", O_RDONLY) = 3",
            "peek(a, 6) = \"big   \"",
            "mmap(NULL, 8192, PROT_READ, MAP_SHARED, fd, 1) = -1 EINVAL")
        .anySatisfy(line -> assertThat(line).matches("a = mmap\\(.*\\) = rom\\+0x[0-9a-f]+"));
  }

  @Test
  void execve_laysTheImageOutForTheCallsThatFollow() throws IOException {
    Path exec =
        write(
            "exec.txt",
            """
            fd = open("/tmp/hello", O_RDWR|O_CREAT, 0755)
            write(fd, "bFLT\\0\\0\\0\\4\\0\\0\\0\\100\\0\\0\\0\\110\\0\\0\\0\\110\\0\\0\\0\\110\\0\\0\\20\\0")
            pwrite(fd, "the text", 64)
            close(fd)
            a = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0)
            execve("/tmp/none", "none")
            execve("/tmp/hello", "hello", "world")
            cat("/proc/self/maps")
            cat("/proc/self/comm")
            """);
    Run run = Run.of("run", exec);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("execve(\"/tmp/none\", \"none\") = -1 ENOENT\n")
        .contains("execve(\"/tmp/hello\", \"hello\", \"world\") = 0\n")
        .contains("    m1-m1+0x2000 rwxp 00000000 00:00 0 [stack]\n")
        .contains("    m2-m2+0x1000 r-xp 00000000 00:* INO /tmp/hello\n")
        .endsWith("    hello\n");
  }

  @Test
  void dash_readsTheScenarioFromTheStandardInput() {
    assertThat(Run.reading(SESSION, "run", "-")).isEqualTo(Run.of("run", session));

    Run wrong = Run.reading("open(", "run", "-");
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err()).startsWith("standard input:1:");
  }

  @Test
  void sysctl_isSetBeforeTheScenarioBegins() throws IOException {
    Path trim =
        write(
            "trim.txt",
            "a = mmap(NULL, 3*4096, PROT_READ, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0)\nmmapcopy()\n");
    assertThat(Run.of("run", trim).out()).endsWith("mmapcopy() = +3 pages\n");
    assertThat(Run.of("run", "--sysctl", "vm.nr_trim_pages=0", trim).out())
        .endsWith("mmapcopy() = +4 pages\n");
  }

  @Test
  void sysctlThatIsRefused_isAnErrorOfUsageAndNothingRuns() {
    Run wrong = Run.of("run", "--sysctl", "vm.nr_trim_pages=many", session);
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.err())
        .contains("--sysctl: sysctl vm.nr_trim_pages: expected a number of 0 to 2147483647");
    assertThat(Run.of("run", "--sysctl", "vm.none=1", session).err())
        .contains("sysctl vm.none: no such setting; expected one of [", "vm.nr_trim_pages");
  }

  @Test
  void explain_addsCommentsAndChangesNothing() {
    String plain = Run.of("run", session).out();
    String explained = Run.of("run", "--explain", session).out();
    assertThat(explained.lines().filter(line -> !line.startsWith("    # ")))
        .containsExactlyElementsOf(plain.lines().toList());
    assertThat(explained)
        .containsOnlyOnce("[DIR-02]")
        .containsSubsequence(
            "a = mmap(",
            "    # asked dev.nommu.romfs.",
            "    # mapped the file's own store",
            "[DIR-02]",
            "peek(",
            "MAP_SHARED, fd, 1) = -1 EINVAL",
            "    # refused EINVAL (Invalid argument) [MMAP-02]",
            "    # instead pass an offset that is a multiple of 4096");
  }

  @Test
  void explain_saysWhyAnyCallFailedAndInWhichClass() throws IOException {
    Path board =
        write(
            "board.dts",
            """
            /dts-v1/;
            / {
              #address-cells = <1>; #size-cells = <1>;
              memory@80000000 { device_type = "memory"; reg = <0x80000000 0x400000>; };
            """
                + WrongDriver.NODE
                + "};\n");
    Path failing =
        write(
            "failing.txt",
            """
            fd = open("/dev/mute", O_RDWR)
            read(fd, 4)
            ioctl(fd, 4)
            open("/none", O_RDONLY)
            mprotect(0, 4096, 0)
            peek(8, 4)
            sync()
            """);
    String mute = WrongDriver.class.getName() + "$Mute";
    assertThat(Run.of("run", "--explain", "--board", board, failing).out().lines())
        .satisfiesExactly(
            line -> assertThat(line).endsWith(" = 3"),
            line -> assertThat(line).isEqualTo("read(fd, 4) = -1 EIO"),
            line ->
                assertThat(line)
                    .startsWith("    # refused EIO (Input/output error): ")
                    .contains(mute, "read threw", "IllegalStateException: out of words")
                    .endsWith("[PLUGIN-01]"),
            line ->
                assertThat(line)
                    .matches("    # by \\Q" + mute + ".read\\E \\(WrongDriver.java:\\d+\\)"),
            line -> assertThat(line).isEqualTo("ioctl(fd, 4) = -1 EBUSY"),
            line -> assertThat(line).endsWith("(Device or resource busy): it thinks"),
            line -> assertThat(line).startsWith("    # by " + mute + ".ioctl (WrongDriver.java:"),
            line -> assertThat(line).endsWith(" = -1 ENOENT"),
            line -> assertThat(line).startsWith("    # refused ENOENT").contains("/none"),
            line ->
                assertThat(line)
                    .startsWith("    # by dev.nommu.kernel.vfs.PathWalk.lookup (PathWalk.java:"),
            line -> assertThat(line).endsWith(" = -1 ENOSYS"),
            line -> assertThat(line).startsWith("    # refused ENOSYS").endsWith("[NOSYS-01]"),
            line -> assertThat(line).startsWith("    # by dev.nommu.kernel.task.AbsentCall."),
            line -> assertThat(line).isEqualTo("peek(8, 4) = (fault: SIGSEGV)"),
            line -> assertThat(line).isEqualTo("    # refused no memory or device at address 0x8"),
            line -> assertThat(line).isEqualTo("sync() = 0"));
  }

  @Test
  void transcript_canBeRunAndIsCompared() throws IOException {
    Path again = write("again.out", Run.of("run", session).out());
    assertThat(Run.of("run", again)).isEqualTo(Run.of("run", session));

    Path wrong = write("wrong.txt", "close(7) = 0\nsync() = 0\n");
    Run run = Run.of("run", wrong);
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out()).isEqualTo("close(7) = -1 EBADF\nsync() = 0\n");
    assertThat(run.err())
        .isEqualTo(wrong + ":1: expected close(7) = 0\n  found close(7) = -1 EBADF\n");
  }

  @Test
  void profile_decides() throws IOException {
    Path hint =
        write("hint.txt", "mmap(0x1000, 4096, PROT_READ, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0)\n");
    assertThat(Run.of("run", hint).out()).endsWith(" = -1 EINVAL\n");
    assertThat(Run.of("run", "--profile", "linux-6.12", hint).out()).endsWith(" = m1\n");
  }

  @Test
  void mistakeInAScenario_isToldWithFileLineAndColumn() throws IOException {
    Path wrong = write("wrong.txt", "# one\nfd = open(\"/x\", O_RDNLY)\n");
    Run run = Run.of("run", wrong);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith(wrong + ":2:17: expected ")
        .contains(", found O_RDNLY (did you mean O_RDONLY?)")
        .hasLineCount(1);
  }

  @Test
  void absentScenario_isToldOnOneLine() {
    Run run = Run.of("run", directory.resolve("none.txt"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(directory.resolve("none.txt") + ": no such file or directory\n");
  }

  @Test
  void directoryAsScenario_isToldOnOneLine() {
    Run run = Run.of("run", directory);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith(directory + ": ").doesNotContain("Exception").hasLineCount(1);
  }

  @Test
  void severalScenarios_needOut() {
    Run run = Run.of("run", session, session);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--out DIR").hasLineCount(1);
  }

  @Test
  void out_hasATranscriptForEach_eachOfAMachineOfItsOwn() throws IOException {
    String exclusive = "open(\"/tmp/new\", O_RDWR|O_CREAT|O_EXCL, 0644)\n";
    Path one = write("one.txt", exclusive);
    Path two = write("two.scenario", exclusive);
    Path out = directory.resolve("deep/out");
    Run run = Run.of("run", "--out", out, one, two, session);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("3 of 3 scenarios run, transcripts in " + out + "\n");
    assertThat(run.err()).isEmpty();
    assertThat(out.resolve("one.out")).hasContent(exclusive.strip() + " = 3");
    assertThat(out.resolve("two.out")).hasContent(exclusive.strip() + " = 3");
    assertThat(Files.readString(out.resolve("session.out")))
        .isEqualTo(Run.of("run", session).out());
  }

  @Test
  void out_goesOnAfterAMistake() throws IOException {
    Path wrong = write("a-wrong.txt", "opn()\n");
    Path out = directory.resolve("out");
    Run run = Run.of("run", "--out", out, wrong, session);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith(wrong + ":1:1: expected ");
    assertThat(run.err()).endsWith("nommu run: failed: " + wrong + "\n");
    assertThat(run.out()).startsWith("1 of 2 scenarios run");
    assertThat(out.resolve("session.out")).isNotEmptyFile();
    assertThat(out.resolve("a-wrong.out")).content().startsWith("# " + wrong + ":1:1: expected ");
  }

  @Test
  void out_refusesToWriteTwoTranscriptsToOneFile() throws IOException {
    Path other = write("other/session.txt", SESSION);
    Path out = directory.resolve("out");
    Run run = Run.of("run", "--out", out, session, other);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(session.toString(), other.toString(), "session.out");
    assertThat(out).doesNotExist();
  }

  @Test
  void out_refusesToWriteOverTheScenario() throws IOException {
    Path scenario = write("same.out", SESSION);
    Run run = Run.of("run", "--out", directory, scenario);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(scenario).hasContent(SESSION);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void out_isNotWrittenThroughALink() throws IOException {
    Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "precious");
    Path out = Files.createDirectory(directory.resolve("out"));
    Files.createSymbolicLink(out.resolve("session.out"), elsewhere);
    Run run = Run.of("run", "--out", out, session);
    assertThat(elsewhere).hasContent("precious");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("out/session.out: ", "symbolic link");
  }

  @Test
  void out_thatIsAFile_isTold() {
    Run run = Run.of("run", "--out", session, session);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith(session + ": cannot be made: ")
        .doesNotContain("Exception")
        .hasLineCount(1);
  }

  @Test
  void progress_isForATerminalOnly() {
    Path out = directory.resolve("out");
    assertThat(Run.of("run", "--out", out, session).err()).isEmpty();
    Run watched = Run.on(Palette.NONE, Progress.SHOWN, "run", "--out", out, session);
    assertThat(watched.err()).contains("[1/1] " + session);
  }

  @Test
  void closedOutput_endsTheRunAtOnceAndQuietly() {
    OneLine out = new OneLine("Broken pipe");
    Run run = run(out);
    assertThat(run.exitCode()).isEqualTo(141);
    assertThat(run.out()).hasLineCount(1);
    assertThat(run.err()).isEmpty();
    assertThat(out.refused).isEqualTo(1);
  }

  @Test
  void fullDisk_isTold() {
    Run run = run(new OneLine("No space left on device"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("nommu: cannot write the result: No space left on device\n");
  }

  private Run run(OneLine out) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            InputStream.nullInputStream(),
            new Output(out),
            new Output(err),
            Palette.NONE,
            Progress.DROPPED);
    int exitCode = Main.run(console, "run", session.toString());
    return new Run(
        exitCode,
        out.written.toString(StandardCharsets.UTF_8),
        err.toString(StandardCharsets.UTF_8));
  }

  /** Takes one line and then nothing more. */
  private static final class OneLine extends OutputStream {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final String failure;
    private int refused;

    OneLine(String failure) {
      this.failure = failure;
    }

    @Override
    public void write(int b) throws IOException {
      if (written.toString(StandardCharsets.UTF_8).endsWith("\n")) {
        refused++;
        throw new IOException(failure);
      }
      written.write(b);
    }
  }
}
