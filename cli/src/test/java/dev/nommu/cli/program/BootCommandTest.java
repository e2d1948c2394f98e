package dev.nommu.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A board for uClinux boots into a cramfs in its flash, whose init is a small shell. */
@Timeout(60)
final class BootCommandTest {
  private static final Path BOARD = Path.of("..", "boards", "uclinux.dts");
  private static final Path SHELL =
      Path.of("..", "riscv-linux/src/test/resources/dev/nommu/riscvlinux/shell.elf");

  @TempDir private Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    for (String directory : new String[] {"sbin", "dev", "proc", "sys", "tmp"}) {
      Files.createDirectory(root.resolve(directory));
    }
    install("sbin/init");
  }

  private void install(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.copy(SHELL, file);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Run boot(Object... options) {
    Object[] all = new Object[options.length + 5];
    System.arraycopy(new Object[] {"boot", "--board", BOARD, "--root", root}, 0, all, 0, 5);
    System.arraycopy(options, 0, all, 5, options.length);
    return Run.of(all);
  }

  @Test
  void board12_dialogue_endsWhenTheLastTextIsShown() {
    Run run = boot("--until", "# ", "--send", "cat /proc/mtd\\n");
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo(
            """
            process = 1
            # cat /proc/mtd
            dev:    size   erasesize  name
            mtd0: 00200000 00020000 "kernel"
            mtd1: 001c0000 00020000 "rootfs"
            mtd2: 00040000 00020000 "settings"
            """
                + "# ");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void standardInput_isTyped_andTheMachineRunsUntilItIsSwitchedOff() {
    Run run = Run.reading("args\noff\n", "boot", "--board", BOARD, "--root", root);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("args\n", "/sbin/init\n", "down\n");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void lastSend_maySwitchTheMachineOff() {
    Run run = boot("--until", "# ", "--send", "off\\n");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).endsWith("# off\ndown\n");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void lastSend_isFollowedByTheTextBeforeItOrTheEndOfTheMachine() {
    Run run = boot("--until", "# ", "--send", "\\x04");
    assertThat(run.err())
        .startsWith("nommu boot: expected '# ' on the console, found 'process = 1\\n# '")
        .contains("and then init exited with 3");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void withoutUntil_whatIsSentIsTheWholeInput() {
    Run run = boot("--send", "args\\n", "--send", "off\\n");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("process = 1\n# args\n/sbin/init\n# off\ndown\n");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void trace_endsWithALine_andIsTheSameInEachRunWithOneCpu() throws Exception {
    List<String> first = traced();
    assertThat(first.getLast()).isEqualTo("+++ killed by SIGKILL +++");
    assertThat(traced()).isEqualTo(first);
  }

  private List<String> traced() throws Exception {
    Path trace = root.resolveSibling("trace");
    Run run = boot("--cpus", 1, "-o", trace, "--until", "# ", "--send", "args\\n");
    assertThat(run.err()).isEmpty();
    String text = Files.readString(trace);
    assertThat(text).endsWith("\n");
    return text.lines().toList();
  }

  @Test
  void board12_initOfTheCommandLine_hasWhatNobodyElseHeeds() throws Exception {
    install("bin/other");
    Run run =
        boot(
            "--bootargs",
            "console=ttyS0,115200 init=/bin/other single name=value module.parameter=1 -- one"
                + " two=2",
            "--until",
            "# ",
            "--send",
            "args\\n",
            "--until",
            "# ",
            "--send",
            "env\\n");
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("# args\n/bin/other\nsingle\none\ntwo=2\n# ")
        .contains("# env\nHOME=/\nTERM=linux\nname=value\n# ");
  }

  @Test
  void board12_initThatCannotBeExecuted_isFollowedByNoOther() {
    Run run = boot("--bootargs", "init=/bin/none", "--until", "# ");
    assertThat(run.err())
        .contains("/bin/none: ENOENT", "Requested init /bin/none cannot be executed")
        .doesNotContain("/sbin/init");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void consoleOfTheCommandLine_isADevice() {
    Run run =
        boot("--bootargs", "console=ttyS1", "--until", "# ", "--send", "cat /proc/devices\\n");
    assertThat(run.out()).contains("  4 ttyS\n").contains("  5 /dev/console\n");
  }

  @Test
  void initThatEnds_isAPanic() {
    Run run = Run.reading("", "boot", "--board", BOARD, "--root", root);
    assertThat(run.err()).startsWith("nommu boot: init exited with 3, which makes a kernel panic");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void board12_rootWithoutAnInit_isToldWithWhatWasTried() throws Exception {
    Files.delete(root.resolve("sbin/init"));
    Run run = boot("--until", "# ");
    assertThat(run.err())
        .contains(
            "nommu boot: expected '# ' on the console, found '', and then init exited with 127")
        .contains("/sbin/init: ENOENT")
        .contains("/bin/sh: ENOENT")
        .contains("No working init found");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void timeout_isANumberOfSeconds() {
    Run run = boot("--until", "login: ", "--timeout", "3s");
    assertThat(run.err()).contains("expected a number of seconds from 1 to 86400000, found '3s'");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void textThatDoesNotCome_endsTheWait() {
    Run run = boot("--until", "login: ", "--timeout", "1");
    assertThat(run.err())
        .startsWith(
            "nommu boot: expected 'login: ' on the console, found 'process = 1\\n# ' after 1 s");
    assertThat(run.exitCode()).isEqualTo(1);
  }
}
