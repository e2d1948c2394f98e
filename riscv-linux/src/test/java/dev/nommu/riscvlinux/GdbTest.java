package dev.nommu.riscvlinux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import dev.nommu.riscvlinux.gdb.GdbServer;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** gdb itself, from Debian's package gdb-multiarch, attaches to programs. */
@Timeout(120)
final class GdbTest {
  private static final String COMMAND = "gdb-multiarch";
  private static final Path PROGRAM =
      Path.of("src/test/resources/dev/nommu/riscvlinux/debugged.elf");

  @RegisterExtension final GuestMachine machine = new GuestMachine();

  @BeforeAll
  static void assumeInstalled() {
    boolean found =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, COMMAND)));
    assumeTrue(
        found || System.getenv("CI") != null,
        "skipped: gdb-multiarch is not installed (Debian package gdb-multiarch)");
  }

  /** Runs gdb with the program and its typed input; returns its output. */
  private static String gdb(GdbServer server, String... typed) throws Exception {
    List<String> line = new ArrayList<>(List.of(COMMAND, "-nx", "-batch", PROGRAM.toString()));
    line.addAll(List.of("-ex", "directory " + PROGRAM.getParent()));
    line.addAll(List.of("-ex", "target remote :" + server.port()));
    for (String each : typed) {
      line.addAll(List.of("-ex", each));
    }
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  private Task start(String... arguments) throws Exception {
    List<String> argv = new ArrayList<>(List.of("/bin/debugged"));
    argv.addAll(List.of(arguments));
    return machine.start("debugged", argv, List.of());
  }

  @Test
  void breakpoint_isHit_variableIsReadAndChanged_andLinesAreStepped() throws Exception {
    try (GdbServer server = GdbServer.listen(machine.machine(), 0)) {
      Task program = start();
      String said =
          gdb(
              server,
              "break program",
              "continue",
              "print title",
              "print total",
              "break add",
              "continue",
              "backtrace",
              "step",
              "next",
              "print before",
              "print total",
              "set variable total = 50",
              "info threads",
              "continue");
      assertThat(said)
          .contains("Breakpoint 1, program (argc=1, argv=")
          .containsPattern("\\$1 = 0x[0-9a-f]+ \"debugged\"")
          .contains("$2 = 40", "Breakpoint 2, add (number=2)")
          .containsPattern("#1 +0x[0-9a-f]+ in program \\(argc=1")
          .contains("total = before + number;", "return total;", "$3 = 40", "$4 = 42")
          .contains("\"debugged\"")
          .contains("exited with code 062");
      assertThat(program.join()).isEqualTo(new WaitStatus.Exited(50));
    }
    assertThat(machine.output()).isEqualTo("debugged total = 50\n");
  }

  @Test
  void registersAndInstructions_areAsTheyWereSet() throws Exception {
    try (GdbServer server = GdbServer.listen(machine.machine(), 0)) {
      Task program = start();
      String said =
          gdb(
              server,
              "set $t0 = 0x1122334455667788",
              "set $fa0.double = 1.5",
              "set $fcsr = 0xe1",
              "stepi",
              "print/x $t0",
              "print $fa0.double",
              "print/x $fcsr",
              "print/x $fflags",
              "print $pc == (long) &_start",
              "x/i &_start",
              "detach");
      assertThat(said)
          .contains("= 0x1122334455667788", "= 1.5", "= 0xe1", "= 0x1\n", "= 0\n", "<_start>:")
          .contains("detached");
      assertThat(program.join()).isEqualTo(new WaitStatus.Exited(42));
    }
  }

  @Test
  void fault_isShownWhereItHappened_andKillsTheProgramThen() throws Exception {
    try (GdbServer server = GdbServer.listen(machine.machine(), 0)) {
      Task program = start("one", "two");
      String said = gdb(server, "continue", "print argc", "continue");
      assertThat(said)
          .contains("Program received signal SIGSEGV")
          .containsPattern("0x[0-9a-f]+ in program \\(argc=3")
          .contains("$1 = 3", "Program terminated with signal SIGSEGV");
      assertThat(program.join()).isEqualTo(new WaitStatus.Signaled(Signal.SIGSEGV));
    }
  }

  @Test
  void watchpoint_isHit() throws Exception {
    try (GdbServer server = GdbServer.listen(machine.machine(), 0)) {
      Task program = start();
      String said = gdb(server, "break add", "continue", "watch total", "continue", "kill");
      assertThat(said).contains("Old value = 40", "New value = 42");
      assertThat(program.join()).isEqualTo(new WaitStatus.Signaled(Signal.SIGKILL));
    }
  }
}
