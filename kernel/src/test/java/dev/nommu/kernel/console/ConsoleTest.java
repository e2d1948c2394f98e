package dev.nommu.kernel.console;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.PollEvent;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.console.Console.Keyboard;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.DescriptorCalls;
import dev.nommu.kernel.task.PollFd;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Background;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.kernel.testing.WaitingDevice;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is typed at a machine's console. Init has it open as its standard input. */
@Timeout(20)
final class ConsoleTest {
  private static final int STDIN = 0;
  private static final String WHAT = "a line typed at the console";

  @RegisterExtension final Machines machines = new Machines();
  private final WaitingDevice device = new WaitingDevice();
  private Machine machine;
  private Task init;

  @BeforeEach
  void boot() {
    machine = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, device);
    init = machine.init();
  }

  private static String read(Task task, int most) throws ErrnoException {
    byte[] bytes = new byte[most];
    int count = (int) task.read(STDIN, MemorySegment.ofArray(bytes));
    return new String(bytes, 0, count, StandardCharsets.UTF_8);
  }

  private Set<PollEvent> poll() throws ErrnoException {
    PollFd stdin = PollFd.of(STDIN, PollEvent.IN, PollEvent.OUT);
    return init.descriptors().poll(List.of(stdin), Optional.of(Duration.ZERO)).getFirst();
  }

  @Test
  void wait11_withoutAKeyboard_readsAsEnded() throws Exception {
    assertThat(read(init, 10)).isEmpty();
    assertThat(poll()).containsExactlyInAnyOrder(PollEvent.IN, PollEvent.OUT);
  }

  @Test
  void wait11_readWaitsForALineAndGetsNoMoreThanThat() throws Exception {
    Keyboard keyboard = machine.console().attach();
    Background<String> reader = Background.waiting(init, WHAT, () -> read(init, 100));
    keyboard.type("hel");
    assertThat(poll()).containsExactly(PollEvent.OUT);
    keyboard.type("lo\nworld\n");
    assertThat(reader.result()).isEqualTo("hello\n");
    assertThat(poll()).containsExactlyInAnyOrder(PollEvent.IN, PollEvent.OUT);
    assertThat(read(init, 3)).isEqualTo("wor");
    assertThat(read(init, 100)).isEqualTo("ld\n");
  }

  @Test
  void wait11_keyboardThatIsClosed_leavesWhatWasTypedAndThenTheEnd() throws Exception {
    Keyboard keyboard = machine.console().attach();
    Background<String> reader = Background.waiting(init, WHAT, () -> read(init, 100));
    keyboard.type("half a line");
    keyboard.close();
    assertThat(reader.result()).isEqualTo("half a line");
    assertThat(read(init, 100)).isEmpty();
    machine.console().attach().type("again\n");
    assertThat(read(init, 100)).isEqualTo("again\n");
  }

  @Test
  void wait11_thereIsOneKeyboard() {
    machine.console().attach();
    assertThatThrownBy(() -> machine.console().attach()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void wait04_withONonblock_isEagain() throws Exception {
    machine.console().attach();
    init.descriptors().fcntl(STDIN, DescriptorCalls.F_SETFL, OpenFlags.O_NONBLOCK);
    assertErrno(Errno.EAGAIN, () -> read(init, 1));
  }

  @Test
  void wait03_programThatWaitsForALine_canBeKilled() throws Exception {
    machine.console().attach();
    Task program = init.spawn("program", own -> read(own, 1).length());
    Background.awaitWait(program, WHAT);
    init.processes().kill(program.pid(), Signal.SIGTERM);
    assertThat(program.join()).isEqualTo(new WaitStatus.Signaled(Signal.SIGTERM));
  }

  @Test
  void wait09_waitForSomebodyWhoTypes_doesNotLetTimePass() throws Exception {
    device.context().newTimer("idle", () -> {}).startPeriodic(Duration.ofSeconds(1));
    Keyboard keyboard = machine.console().attach();
    Background<String> reader = Background.waiting(init, WHAT, () -> read(init, 100));
    while (reader.thread().getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(machine.clock().nanos()).isZero();
    keyboard.type("\n");
    assertThat(reader.result()).isEqualTo("\n");
  }
}
