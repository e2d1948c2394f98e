package dev.nommu.kernel.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.LoadMap;
import dev.nommu.api.LoadedImage;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Program;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of {@code docs/EXECUTABLES.md} work. */
@Timeout(60)
final class ExecutablesGuideTest {
  @RegisterExtension final Machines machines = new Machines();

  @Test
  void guide_showsTheFormatAsItIs() throws Exception {
    String guide = Files.readString(Path.of("../docs/EXECUTABLES.md"));
    String format = Files.readString(Path.of("src/test/java/dev/nommu/kernel/exec/HexFormat.java"));
    assertThat(guide).contains(format.substring(format.indexOf("public final class")));
  }

  @Test
  void formatOfTheGuide_isExecuted() throws Exception {
    Machine machine =
        machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, new HexFormat());
    TaskCalls p = new TaskCalls(machine.init());
    Exec.install(p, "/bin.hex", ":the text".getBytes());
    LoadedImage image = Exec.image(Exec.child(p, "/bin.hex", "hex"));
    assertThat(p.bytes(image.entry(), 8)).isEqualTo("the text".getBytes());
  }

  @Test
  void programOfTheGuide_writesItsText() throws Exception {
    Machine machine = machines.boot(Profile.DOCUMENT);
    Task init = machine.init();
    init.tree().mkdir("/bin", 0755);
    Exec.install(
        new TaskCalls(init), "/bin/hello", new FlatFile().text("Hello\n".getBytes()).bytes());
    Program hello =
        task -> {
          long message = task.memoryMap().image().orElseThrow().entry();
          task.write(1, task.memory(message, 6));
          return 0;
        };
    machine.programs().register("/bin/hello", hello);
    Program shell =
        task -> {
          task.processes().execve("/bin/hello", List.of("hello"), List.of("HOME=/"));
          return 127; // never reached: execve does not return
        };
    Task child = init.spawn("sh", shell);
    assertThat(child.join()).isEqualTo(new WaitStatus.Exited(0));
    assertThat(machine.log().lines()).anyMatch(line -> line.contains("Hello"));
  }

  @Test
  void imageOfTheGuide_isWhatWasLoaded() throws Exception {
    Machine machine = machines.boot(Profile.DOCUMENT);
    machine.init().tree().mkdir("/bin", 0755);
    Exec.install(
        new TaskCalls(machine.init()),
        "/bin/hello",
        new FlatFile().text("Hello, hello!\n\n\n".getBytes()).bytes());
    Task task = machine.init().spawn("sh");
    LoadedImage image = task.processes().execve("/bin/hello", List.of("hello"), List.of());
    long entry = image.entry(); // where the first instruction would be
    long stack = image.stackPointer(); // argc is there; argv, envp and an ELF's auxv follow
    Optional<LoadMap> map = image.loadMap(); // of an ELF: where each PT_LOAD is
    MemorySegment text = task.memory(entry, 16); // the bytes themselves
    assertThat(text.toArray(ValueLayout.JAVA_BYTE)).isEqualTo("Hello, hello!\n\n\n".getBytes());
    assertThat(task.memory(stack, 8).get(ValueLayout.JAVA_LONG, 0)).isEqualTo(1);
    assertThat(map).isEmpty();
  }
}
