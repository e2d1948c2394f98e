package dev.nommu.riscvlinux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.kernel.fs.DirectoryEvent;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.UnnamedFileCalls.PipeDescriptors;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Programs for riscv64, compiled from the sources next to them. */
@Timeout(60)
final class GuestTest {
  @RegisterExtension final GuestMachine machine = new GuestMachine();

  @Test
  void programRuns_withArgumentsAndEnvironment() throws Exception {
    GuestMachine.Run run =
        machine.run("hello", List.of("/bin/hello", "one", "two"), List.of("A=b"));
    assertThat(run.output())
        .isEqualTo("hello from /bin/hello\nargument one\nargument two\nenvironment A=b\n");
    assertThat(run.status()).isEqualTo(new WaitStatus.Exited(42));
  }

  @Test
  void signals_areHandledBlockedAndFatal() throws Exception {
    GuestMachine.Run run = machine.run("signals");
    assertThat(run.output())
        .isEqualTo(
            """
            kill = 0
            behind the call: signal 10 code 0
            a float register is kept = 1
            block = 0
            blocked: signal 0 code 0
            pending = 512
            unblock = 0
            let through: signal 10 code 0
            address = 16
            store to nowhere: signal 11 code 2
            address = 24
            load from nowhere: signal 11 code 2
            illegal instruction, skipped: signal 4 code 1
            ebreak: signal 5 code 1
            EFAULT = -14
            ignored = 0
            nothing: signal 0 code 0
            now dies
            """);
    assertThat(run.status()).isEqualTo(new WaitStatus.Signaled(Signal.SIGSEGV));
  }

  @Test
  void flushedInstructions_areThoseOfEachThread() throws Exception {
    GuestMachine.Run run = machine.run("flush");
    assertThat(run.output())
        .isEqualTo(
            """
            flush = 0
            executed = 1
            flush = 0
            executed = 2
            flush = 0
            executed = 3
            local = 0
            other flags = -22
            """);
  }

  /** paths.out is the output of {@code qemu-riscv64 paths.elf} on Linux, as root. */
  @Test
  void file15_pathsFromDirectoriesAndWhatGoesWithThem_areAsOnLinux() throws Exception {
    machine.machine().init().tree().mount("dev", "/dev", "devtmpfs", Set.of(), "");
    GuestMachine.Run run = machine.run("paths");
    assertThat(run.output()).isEqualTo(recorded("paths.out"));
    assertThat(run.status()).isEqualTo(new WaitStatus.Exited(0));
  }

  /** names.out is the output of {@code qemu-riscv64 names.elf DIRECTORY $'a\xe9'} on Linux. */
  @Test
  void file17_namesThatAreNotUtf8_areTheirBytes() throws Exception {
    GuestMachine.Run run =
        machine.run("names", List.of("/bin/names", "/tmp", "a\udce9"), List.of());
    assertThat(run.output()).isEqualTo(recorded("names.out"));
  }

  @Test
  void inotify02_changesOfAProgram_areReported() throws Exception {
    List<DirectoryEvent> events = new CopyOnWriteArrayList<>();
    machine.machine().init().tree().watch("/tmp", events::add);
    machine.run("names", List.of("/bin/names", "/tmp", ""), List.of());
    String name = "d\udcff\u00e9\udcc3";
    assertThat(events)
        .filteredOn(event -> event.name().equals(name)) // the output is there, too
        .extracting(DirectoryEvent::kind)
        .containsExactly(DirectoryEvent.Kind.CREATE, DirectoryEvent.Kind.DELETE);
  }

  @Test
  void processesAndThreads_areMadeAndAwaited() throws Exception {
    GuestMachine.Run run = machine.run("processes");
    assertThat(run.output())
        .isEqualTo(
            """
            waited for it = 1
            status = 5
            shared memory = 77
            child says hello
            status = 7
            execve of nothing = 2
            no child = -10
            fork = -22
            counted = 80000
            thread pointers = 10
            """);
    assertThat(run.status()).isEqualTo(new WaitStatus.Exited(0));
  }

  @Test
  void frameBuffer_isPaintedInPlace() throws Exception {
    GuestMachine.Run run = machine.run("paint");
    assertThat(run.output()).isEqualTo("mapped at = %d\n".formatted(0x8800_0000L));
    MemorySegment pixels = machine.machine().memory().at(0x8800_0000L, 64 * 64 * 4);
    for (int i = 0; i < 64 * 64; i++) {
      int expected = 0xff000000 | (i % 64) << 18 | (i / 64) << 10;
      assertThat(pixels.getAtIndex(ValueLayout.JAVA_INT, i)).isEqualTo(expected);
    }
  }

  @Test
  void thousandProcesses_areStartedAndWaitedFor() throws Exception {
    GuestMachine.Run run = machine.run("many");
    assertThat(run.output()).isEqualTo("ended = 1000\n");
    assertThat(run.status()).isEqualTo(new WaitStatus.Exited(0));
  }

  @Test
  void endlessLoop_isKilledAtOnce() throws Exception {
    Task spinning = machine.start("spin");
    machine.machine().init().processes().kill(spinning.pid(), Signal.SIGKILL);
    assertThat(spinning.join()).isEqualTo(new WaitStatus.Signaled(Signal.SIGKILL));
  }

  @Test
  void callThatWaits_isInterruptedRestartedOrLeftAlone() throws Exception {
    PipeDescriptors pipe = machine.machine().init().unnamedFiles().pipe();
    Task waiting = machine.startReading("waits", pipe.read());
    for (int round = 0; round < 3; round++) {
      signalWhileItWaits(waiting, 2 * round);
      if (round > 0) {
        byte[] one = {(byte) (40 + round)};
        machine.machine().init().write(pipe.write(), MemorySegment.ofArray(one));
      }
    }
    assertThat(waiting.join()).isEqualTo(new WaitStatus.Exited(0));
    assertThat(machine.output())
        .isEqualTo(
            """
            interrupted = -4
            caught = 10
            restarted = 41
            caught = 10
            blocked = 42
            caught = 0
            caught = 10
            """);
  }

  /** Its output shows that an earlier wait is over. */
  private void signalWhileItWaits(Task waiting, int linesBefore) throws Exception {
    while (machine.output().lines().count() < linesBefore || waiting.waitsFor().isEmpty()) {
      Thread.onSpinWait();
    }
    machine.machine().init().processes().kill(waiting.pid(), Signal.SIGUSR1);
  }

  private static String recorded(String name) throws Exception {
    try (InputStream in = Objects.requireNonNull(GuestTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
