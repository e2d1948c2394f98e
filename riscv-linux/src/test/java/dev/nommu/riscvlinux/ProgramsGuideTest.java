package dev.nommu.riscvlinux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.kernel.Machine;
import dev.nommu.kernel.console.Console;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Program;
import dev.nommu.kernel.task.Task;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The statements of docs/PROGRAMS.md. */
final class ProgramsGuideTest {
  @RegisterExtension private final GuestMachine guest = new GuestMachine();

  private static final Pattern CALL = Pattern.compile("(?<number>\\d+) `(?<name>\\w+)`");

  @Test
  void calls_areThoseThatThereAre() throws Exception {
    SortedMap<Integer, String> listed = new TreeMap<>();
    Matcher call = CALL.matcher(Files.readString(Path.of("../docs/PROGRAMS.md")));
    while (call.find()) {
      listed.put(Integer.parseInt(call.group("number")), call.group("name"));
    }
    assertThat(listed).isEqualTo(SyscallTable.standard().names());
  }

  @Test
  void fileIsExecuted_andItsMachineCodeRuns() throws Exception {
    Machine machine = guest.machine();
    guest.install("hello");
    Program shell =
        task -> {
          task.processes().executeToRun("/bin/hello", List.of("hello"), List.of());
          return 127; // never reached: executeToRun does not return
        };
    WaitStatus status = machine.init().spawn("sh", shell).join();
    assertThat(status).isEqualTo(new WaitStatus.Exited(42));
    assertThat(machine.log().lines()).anyMatch(line -> line.contains("hello"));
  }

  @Test
  void init_isShownOnTheScreen() throws Exception {
    Machine machine = guest.machine();
    machine.init().tree().link(guest.install("hello"), "/init");
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    Console.Screen screen = output::writeBytes;
    try (Console.Keyboard keyboard = machine.console().attach(screen)) {
      Task init = machine.startInit();
      keyboard.type("ls /dev\n");
      init.join();
    }
    assertThat(output.toString(StandardCharsets.UTF_8)).contains("hello", "ls /dev");
  }
}
