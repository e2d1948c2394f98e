package dev.nommu.kernel;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static java.lang.reflect.Modifier.isStatic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.task.CloneFlags;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Halt;
import dev.nommu.kernel.testing.HookedFileSystem;
import dev.nommu.kernel.testing.HookedFileSystem.Operation;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.kernel.testing.WaitingDevice;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Closing a machine does not wait for a plugin or a program that does not come back: it says who
 * that is, and gives the memory back when it has. Each stays in a latch, which a test opens in the
 * end.
 */
@Timeout(60)
final class CloseTest {
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofSeconds(50);

  /** What a machine says when it is closed: what it was made from, and what it said. */
  private static final Set<String> OUTLIVE =
      Set.of("board", "profile", "clock", "log", "close", "isClosed");

  @RegisterExtension final Machines machines = new Machines();

  private final Halt halt = new Halt();
  private final HookedFileSystem files = new HookedFileSystem("hooked");
  private final HookedFileSystem others = new HookedFileSystem("others");
  private final WaitingDevice device = new WaitingDevice();
  private final Board board = TestBoard.withMebibytes(8).build();
  private final List<Thread> started = new ArrayList<>();
  private final Machine machine = machines.boot(board, Profile.DOCUMENT, files, others, device);
  private final MemorySegment ram = machine.memory().ramAt(TestBoard.RAM, PAGE);
  private final Task init = machine.init();

  private interface Work {
    void run() throws Exception;
  }

  /** Lets a thread outside of any program do something that a hook holds up. */
  private Thread outside(Work work) throws InterruptedException {
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("somebody")
            .start(() -> {
              try {
                work.run();
              } catch (Exception ended) {
                assertThat(ended).isInstanceOf(ErrnoException.class);
              }
            });
    started.add(thread);
    halt.awaitArrival();
    return thread;
  }

  private void mount() throws ErrnoException {
    init.tree().mkdir("/m", 0755);
    init.tree().mount("none", "/m", "hooked", 0, "");
  }

  private List<String> closeInVain() {
    machine.close(SHORT);
    assertThat(ram.scope().isAlive()).isTrue();
    return machine.log().lines();
  }

  private void assertAllIsGivenBackIn(Duration patience) throws InterruptedException {
    halt.goOn();
    machine.close(patience);
    assertThat(ram.scope().isAlive()).isFalse();
    for (Thread thread : started) {
      thread.join();
    }
    assertThat(files.openFiles()).isZero();
  }

  @AfterEach
  void goOn() {
    halt.goOn();
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"LOOKUP", "OPEN", "READ", "OFFER", "IOCTL", "FSYNC", "CLOSE"})
  void fileSystemThatDoesNotComeBack_isNamedAndTheMemoryGivenBackLater(Operation operation)
      throws Exception {
    mount();
    files.on(operation, halt::stay);
    Task task = init.spawn("victim");
    outside(() -> call(task, operation));
    assertThat(closeInVain())
        .anyMatch(line ->
            line.startsWith("close: thread somebody")
                && line.contains("is in dev.nommu.kernel.testing.Halt.stay"))
        .anyMatch(line -> line.startsWith("  at ") && line.contains("HookedFileSystem"));
    assertAllIsGivenBackIn(LONG);
  }

  private static void call(Task task, Operation operation) throws ErrnoException {
    int file = task.open("/m/file", OpenFlags.O_RDONLY);
    switch (operation) {
      case READ -> task.read(file, MemorySegment.ofArray(new byte[1]));
      case OFFER -> task.mmap(0, PAGE, PROT_READ, MAP_PRIVATE, file, 0);
      case IOCTL -> task.ioctl(file, 0, 0);
      case FSYNC -> task.descriptors().fsync(file);
      case CLOSE -> task.close(file);
      default -> throw new AssertionError(operation + " comes with open");
    }
  }

  @Test
  void mountThatDoesNotComeBack_isNamedWithTheTaskThatAskedForIt() throws Exception {
    files.on(Operation.MOUNT, halt::stay);
    outside(this::mount);
    assertThat(closeInVain())
        .anyMatch(line ->
            line.startsWith(
                "close: thread somebody, task 1 (init), is in dev.nommu.kernel.testing.Halt.stay"));
    assertAllIsGivenBackIn(LONG);
  }

  @Test
  void fileSystemThatDoesNotCloseItsFiles_holdsUpNoOtherTask() throws Exception {
    mount();
    init.tree().mkdir("/o", 0755);
    init.tree().mount("none", "/o", "others", 0, "");
    for (String path : List.of("/m/file", "/o/file")) {
      init.spawn("owner").open(path, OpenFlags.O_RDONLY);
    }
    files.on(Operation.CLOSE, halt::stay);
    assertThat(closeInVain()).anyMatch(line -> line.contains("task 2 (owner), is in"));
    while (others.openFiles() > 0) {
      Thread.onSpinWait();
    }
    assertAllIsGivenBackIn(LONG);
  }

  @Test
  void fileSystemThatDoesNotEnd_isNamed() throws Exception {
    mount();
    files.on(Operation.UNMOUNT, halt::stay);
    assertThat(closeInVain())
        .anyMatch(line ->
            line.startsWith("close: thread nommu-close is in dev.nommu.kernel.testing.Halt.stay"));
    assertAllIsGivenBackIn(LONG);
  }

  @Test
  void wait10_timerThatDoesNotReturn_isNamedAndTheMemoryStaysUntilItDoes() throws Exception {
    device.context().newTimer("endless", halt::stay).startOnce(Duration.ZERO);
    halt.awaitArrival();
    assertThat(closeInVain())
        .anyMatch(line ->
            line.startsWith(
                "close: thread timers, the timer \"endless\" of the driver waiting, is in"
                    + " dev.nommu.kernel.testing.Halt.stay"));
    assertAllIsGivenBackIn(LONG);
  }

  @Test
  void programThatDoesNotEnd_isNamedAndTheMemoryStaysUntilItDoes() throws Exception {
    Task task =
        init.spawn(
            "endless",
            own -> {
              halt.stay();
              return 0;
            });
    halt.awaitArrival();
    assertThat(closeInVain())
        .anyMatch(line ->
            line.startsWith(
                "close: thread endless[%d], task %d (endless), is in"
                    .formatted(task.tid(), task.tid())));
    assertAllIsGivenBackIn(LONG);
  }

  @Test
  void programThatWaitsByJavasMeans_isInterruptedHalfWay() throws Exception {
    AtomicBoolean interrupted = new AtomicBoolean();
    init.spawn(
        "waits",
        own -> {
          try {
            halt.stayUntilInterrupted();
          } catch (InterruptedException asked) {
            interrupted.set(true);
          }
          return 0;
        });
    halt.awaitArrival();
    machine.close(LONG.dividedBy(50));
    machine.close(LONG);
    assertThat(interrupted).isTrue();
    assertThat(ram.scope().isAlive()).isFalse();
  }

  @Test
  void interruptOfAThreadInAHostsFile_thatDoesNotComeBack_holdsUpNobody() throws Exception {
    Halt reading = new Halt();
    init.spawn("reads", own -> readFromHost(reading));
    reading.awaitArrival();
    machine.close(SHORT);
    assertAllIsGivenBackIn(LONG);
  }

  /** Waits in a channel whose end by an interrupt takes its time, as that of a fifo does. */
  private int readFromHost(Halt reading) {
    new SlowChannel(reading).read();
    return 0;
  }

  private final class SlowChannel extends AbstractInterruptibleChannel {
    private final Halt reading;

    SlowChannel(Halt reading) {
      this.reading = reading;
    }

    void read() {
      begin();
      reading.stay();
    }

    @Override
    protected void implCloseChannel() {
      halt.stay();
      reading.goOn();
    }
  }

  @Test
  void init_thatHasEnded_isNotThere() {
    init.exit();
    assertThatThrownBy(machine::init)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("test board: init (task 1) has ended");
    machine.close();
  }

  @Test
  void closedMachine_saysSoWhateverItIsAskedFor() throws Exception {
    machine.close();
    machine.close();
    for (Method method : Machine.class.getMethods()) {
      if (method.getDeclaringClass() == Machine.class && !isStatic(method.getModifiers())) {
        assertThat(answer(method))
            .as(method.getName())
            .isEqualTo(!OUTLIVE.contains(method.getName()));
      }
    }
    assertThat(ram.scope().isAlive()).isFalse();
  }

  /** Returns whether a method says that the machine is closed. */
  private boolean answer(Method method) throws IllegalAccessException {
    try {
      method.invoke(machine, Stream.of(method.getParameterTypes()).map(CloseTest::any).toArray());
      return false;
    } catch (InvocationTargetException thrown) {
      assertThat(thrown.getCause())
          .as(method.getName())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("test board: the machine is closed");
      return true;
    }
  }

  private static Object any(Class<?> type) {
    return Map.of(int.class, 1, String.class, "vm.nr_trim_pages", Duration.class, SHORT).get(type);
  }

  @Test
  void taskOfAClosedMachine_makesNoOther() {
    machine.close();
    assertThatThrownBy(() -> init.spawn("late")).hasMessageContaining("the machine is closed");
    assertErrno(Errno.ESRCH, () -> init.processes().clone(CloneFlags.CLONE_VM));
  }
}
