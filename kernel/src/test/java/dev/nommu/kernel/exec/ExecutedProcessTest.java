package dev.nommu.kernel.exec;

import static dev.nommu.kernel.exec.ElfImage.R;
import static dev.nommu.kernel.exec.ElfImage.W;
import static dev.nommu.kernel.exec.ElfImage.X;
import static dev.nommu.kernel.exec.ElfImage.filled;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.LoadedImage;
import dev.nommu.api.Profile;
import dev.nommu.kernel.signal.PtraceRequest;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.PtraceCalls.LoadMapOf;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The view of /proc and ptrace of a process that executes a file. */
final class ExecutedProcessTest {
  @RegisterExtension final Machines machines = new Machines();

  /** A process with a program that has an interpreter, and its parent. */
  private TaskCalls parent(Profile profile) throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(profile).init()).other();
    Exec.install(p, "/ld.so", program().bytes());
    Exec.install(p, "/elf", program().interpreter(0x900, "/ld.so").bytes());
    return p;
  }

  private static ElfImage program() {
    return ElfImage.fdpic()
        .entry(0x10204)
        .load(R | X, 0x1200, 0x10200, 0x200, filled(0x200, 0x11))
        .load(R | W, 0x2100, 0x2f100, 0x900, filled(0x180, 0x22));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void proc07_mappingWithTheStack_isNamed(Profile profile) throws Exception {
    TaskCalls child = Exec.child(parent(profile), "/elf", "elf");
    long stack = Exec.image(child).stackPointer();
    List<String> named = child.maps().stream().filter(line -> line.endsWith(" [stack]")).toList();
    assertThat(named).hasSize(1);
    assertThat(named.getFirst().indexOf("[stack]")).isEqualTo(73);
    assertThat(Long.parseLong(named.getFirst().split("-")[0], 16))
        .isEqualTo(child.task().mapping(stack).orElseThrow().start());
  }

  @Test
  void proc_tellsWhatIsExecutedWithWhichArgumentsAndEnvironment() throws Exception {
    TaskCalls child = parent(Profile.DOCUMENT).other();
    child.task().tree().symlink("/elf", "/tmp/link");
    child.task().processes().execve("/tmp/link", List.of("zero", "\u00e4 b"), List.of("A=1"));
    assertThat(child.text("/proc/self/cmdline")).isEqualTo("zero\0\u00e4 b\0");
    assertThat(child.text("/proc/self/environ")).isEqualTo("A=1\0");
    assertThat(child.text("/proc/self/comm")).isEqualTo("link\n");
    assertThat(child.task().tree().readlink("/proc/self/exe")).isEqualTo("/elf");
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void ptrace04_loadMaps_areThoseOfTheExecutableAndOfItsInterpreter(Profile profile)
      throws Exception {
    TaskCalls p = parent(profile);
    TaskCalls child = Exec.child(p, "/elf", "elf");
    LoadedImage image = Exec.image(child);
    int pid = child.task().pid();
    p.task().ptrace().attach(pid);
    long executable = image.loadMap().orElseThrow().address();
    long interpreter = image.interpreterLoadMap().orElseThrow().address();
    assertThat(p.task().ptrace().loadMap(pid, LoadMapOf.EXECUTABLE)).isEqualTo(executable);
    assertThat(p.task().ptrace().loadMap(pid, LoadMapOf.INTERPRETER)).isEqualTo(interpreter);
    long to = p.anonymous(PAGE);
    long[] expected = {executable, interpreter, 0};
    for (int selector = 0; selector < 3; selector++) {
      p.task().ptrace().ptrace(PtraceRequest.PTRACE_GETFDPIC.number(), pid, selector, to);
      ByteBuffer answer = ByteBuffer.wrap(p.bytes(to, Long.BYTES));
      assertThat(answer.order(ByteOrder.LITTLE_ENDIAN).getLong()).isEqualTo(expected[selector]);
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void flags06_programOfATracee_sharesItsTextWithNobodyAndStopsAtItsFirstCall(Profile profile)
      throws Exception {
    TaskCalls p = parent(profile);
    long shared = text(Exec.child(p, "/elf", "elf"));
    assertThat(text(Exec.child(p, "/elf", "elf"))).isEqualTo(shared);
    TaskCalls traced = p.other();
    traced.task().ptrace().traceMe();
    Exec.run(traced, "/elf", "elf");
    int pid = traced.task().pid();
    assertThat(p.task().processes().waitpid(pid)).isEqualTo(new WaitStatus.Stopped(Signal.SIGTRAP));
    assertThat(text(traced)).isNotEqualTo(shared);
    p.task().ptrace().cont(pid, Optional.empty());
    traced.anonymous(PAGE);
  }

  private static long text(TaskCalls p) {
    return Exec.image(p).loadMap().orElseThrow().segments().getFirst().address();
  }
}
