package dev.nommu.snippets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.PollEvent;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.PollFd;
import dev.nommu.kernel.task.Program;
import dev.nommu.kernel.task.Task;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitingDevicesTest {
  private Machine machine;

  @BeforeEach
  void boot() throws Exception {
    machine = Machine.boot(Board.read(Path.of("devices.dts")));
  }

  @AfterEach
  void machineIsSound() {
    assertEquals(List.of(), machine.check());
    machine.close();
  }

  /** Runs a program on the machine, in which time passes only while the program waits. */
  private void run(Program program) throws Exception {
    assertEquals(new WaitStatus.Exited(0), machine.init().spawn("program", program).join());
  }

  private static byte[] read(Task task, int fd, int most) throws ErrnoException {
    byte[] bytes = new byte[most];
    return Arrays.copyOf(bytes, (int) task.read(fd, MemorySegment.ofArray(bytes)));
  }

  private static List<Set<PollEvent>> poll(Task task, Duration timeout, PollFd... files)
      throws ErrnoException {
    return task.descriptors().poll(List.of(files), Optional.of(timeout));
  }

  @Test
  void thermometer_isReadAsOftenAsItMeasures() throws Exception {
    run(task -> {
      int thermometer = task.open("/dev/thermometer", OpenFlags.O_RDONLY);
      assertArrayEquals(new byte[] {20}, read(task, thermometer, 1));
      assertArrayEquals(new byte[] {21}, read(task, thermometer, 1));
      assertEquals(Duration.ofMillis(200), task.time().monotonic());
      return 0;
    });
  }

  @Test
  void uart_takesSixteenBytesAndIsPolledForEachThatComesBack() throws Exception {
    run(task -> {
      int uart = task.open("/dev/uart", OpenFlags.O_RDWR | OpenFlags.O_NONBLOCK);
      assertEquals(
          Errno.EAGAIN, assertThrows(ErrnoException.class, () -> read(task, uart, 1)).errno());
      while (!poll(task, Duration.ZERO, PollFd.of(uart, PollEvent.OUT)).getFirst().isEmpty()) {
        task.write(uart, MemorySegment.ofArray(new byte[] {'x'}));
      }
      assertEquals(
          Errno.EAGAIN,
          assertThrows(
                  ErrnoException.class, () -> task.write(uart, MemorySegment.ofArray(new byte[1])))
              .errno());
      PollFd received = PollFd.of(uart, PollEvent.IN);
      for (int count = 1; count <= 16; count++) {
        assertEquals(List.of(Set.of(PollEvent.IN)), poll(task, Duration.ofSeconds(1), received));
        assertArrayEquals(new byte[] {'x'}, read(task, uart, 100));
        assertEquals(Duration.ofNanos(count * 86_806L), task.time().monotonic());
      }
      return 0;
    });
  }

  @Test
  void button_isWaitedForTogetherWithTheThermometer() throws Exception {
    run(task -> {
      int button = task.open("/dev/button", OpenFlags.O_RDONLY);
      int thermometer = task.open("/dev/thermometer", OpenFlags.O_RDONLY);
      PollFd pressed = PollFd.of(button, PollEvent.IN);
      PollFd measured = PollFd.of(thermometer, PollEvent.IN);
      int samples = 0;
      while (poll(task, Duration.ofMinutes(1), pressed, measured).getFirst().isEmpty()) {
        read(task, thermometer, 1);
        samples++;
      }
      assertEquals(9, samples);
      assertArrayEquals(new byte[] {1}, read(task, button, 1));
      assertArrayEquals(new byte[] {1}, read(task, button, 1));
      assertEquals(Duration.ofMillis(2500), task.time().monotonic());
      return 0;
    });
  }
}
