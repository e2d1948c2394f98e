package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.console.Console;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A program with a C library, run as it ran on a real kernel: tour.c prints what files, mappings,
 * signals, threads, processes and numbers look like to it.
 */
@Timeout(60)
final class RecordedTourTest {
  private static final String OUTPUT = "/output";
  private static final int MOST = 1 << 16;

  @Test
  void tour_belowAParent_printsWhatItPrintedOnLinux() throws Exception {
    try (TestMachine machine = TestMachine.of(RecordedScenario.board(), Profile.LINUX_6_12)) {
      machine.init().tree().mkdir("/bin", 0755);
      install(machine.init(), "/bin/tour");
      Task tour = machine.init().spawn("tour", task -> execute(task, "/bin/tour", OUTPUT));
      WaitStatus status = tour.join();
      assertThat(output(machine.init())).isEqualTo(recorded("tour.out"));
      assertThat(status).isEqualTo(new WaitStatus.Exited(0));
    }
  }

  @Test
  void board12_tourAsInit_printsTheSameAndPowersOff() throws Exception {
    try (Machine machine = Machine.boot(RecordedScenario.board(), Profile.LINUX_6_12)) {
      Task init = machine.init();
      install(init, "/init");
      ByteArrayOutputStream screen = new ByteArrayOutputStream();
      try (Console.Keyboard _ = machine.console().attach(screen::writeBytes)) {
        machine.startInit().join();
      }
      assertThat(screen.toString(StandardCharsets.UTF_8).replace("\r", ""))
          .isEqualTo(recorded("tour.out"));
      assertThat(machine.isPoweredOff()).isTrue();
      assertThatThrownBy(machine::init).isInstanceOf(IllegalStateException.class);
    }
  }

  private static int execute(Task task, String path, String output) throws ErrnoException {
    int file = task.open(output, OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
    for (int i = 0; i <= 2; i++) {
      task.descriptors().dup3(file, i, 0);
    }
    task.close(file);
    task.processes().execve(path, List.of(path), List.of());
    return 127;
  }

  private static void install(Task init, String path) throws IOException {
    int file = init.open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0755);
    init.write(file, MemorySegment.ofArray(Files.readAllBytes(file("tour.elf"))));
    init.close(file);
  }

  private static Path file(String name) {
    return RecordedScenario.recordings().resolve("guest").resolve(name);
  }

  private static String recorded(String name) throws IOException {
    return Files.readString(file(name));
  }

  private static String output(Task init) throws ErrnoException {
    int file = init.open(OUTPUT, OpenFlags.O_RDONLY);
    byte[] text = new byte[MOST];
    long length = init.read(file, MemorySegment.ofArray(text));
    init.close(file);
    return new String(text, 0, (int) length, StandardCharsets.UTF_8);
  }
}
