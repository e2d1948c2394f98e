package dev.nommu.kernel.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.LoadedImage;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code docs/EXECUTABLES.md} shows works. */
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
    machine
        .programs()
        .register(
            "/bin/hello",
            task -> {
              long message = task.memoryMap().image().orElseThrow().entry();
              task.write(1, task.memory(message, 6));
              return 0;
            });
    Task child =
        init.spawn(
            "sh",
            task -> {
              task.processes().execve("/bin/hello", List.of("hello"), List.of("HOME=/"));
              return 127;
            });
    assertThat(child.join()).isEqualTo(new WaitStatus.Exited(0));
    assertThat(machine.log().lines()).anyMatch(line -> line.contains("Hello"));
  }
}
