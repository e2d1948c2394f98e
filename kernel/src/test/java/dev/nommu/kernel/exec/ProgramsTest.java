package dev.nommu.kernel.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.SignalSet;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.UnnamedFileCalls.PipeDescriptors;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Java programs that run in place of an executable's machine code. */
@Timeout(60)
final class ProgramsTest {
  private static final byte[] HELLO =
      new FlatFile().text("hello from text".getBytes()).data(new byte[] {1, 2, 3}).bytes();

  /** CLONE_VM, CLONE_SIGHAND and CLONE_THREAD. */
  private static final long THREAD = 0x10900;

  /** Enough for a thread and its maker to meet in every order, as they did within ten. */
  private static final int MEETINGS = 1000;

  @RegisterExtension final Machines machines = new Machines();

  private Machine machine() throws ErrnoException {
    Machine machine = machines.boot(Profile.DOCUMENT);
    Exec.install(new TaskCalls(machine.init()), "/hello", HELLO);
    return machine;
  }

  private static void execute(Task task, String path, String... arguments) throws ErrnoException {
    task.processes().execve(path, List.of(arguments), List.of());
  }

  @Test
  void execve_runsTheProgramOfTheFileAndDoesNotReturn() throws Exception {
    Machine machine = machine();
    AtomicBoolean returned = new AtomicBoolean();
    machine.programs().register("/hello", task -> 40 + argc(task));
    Task child =
        machine
            .init()
            .spawn(
                "caller",
                task -> {
                  execute(task, "/hello", "hello", "world");
                  returned.set(true);
                  return 1;
                });
    assertThat(child.join()).isEqualTo(new WaitStatus.Exited(42));
    assertThat(returned).isFalse();
  }

  @Test
  void signal01_execve_changesNothingOfWhatIsBlockedAndWaits() throws Exception {
    Machine machine = machine();
    SignalSet blocked = SignalSet.of(Signal.SIGQUIT);
    machine
        .programs()
        .register("/hello", task -> (int) task.processes().signals().pending().bits());
    Task child =
        machine
            .init()
            .spawn(
                "caller",
                task -> {
                  task.processes().signals().block(blocked);
                  task.processes().kill(task.pid(), Signal.SIGQUIT);
                  return execAndFail(task, "/hello");
                });
    assertThat(child.join()).isEqualTo(new WaitStatus.Exited((int) blocked.bits()));
  }

  private static int argc(Task task) throws Exception {
    return task.memory(Exec.image(task).stackPointer(), 8).get(ValueLayout.JAVA_INT_UNALIGNED, 0);
  }

  @Test
  void script_runsTheProgramOfItsInterpreter() throws Exception {
    Machine machine = machine();
    Exec.install(new TaskCalls(machine.init()), "/script", "#!/hello -s\n".getBytes());
    machine.programs().register("/hello", ProgramsTest::argc);
    Task child = machine.init().spawn("caller", task -> execAndFail(task, "/script"));
    assertThat(child.join()).isEqualTo(new WaitStatus.Exited(3));
  }

  private static int execAndFail(Task task, String path) throws ErrnoException {
    execute(task, path, path);
    return 127;
  }

  @Test
  void symbolicLink_runsTheProgramOfItsTarget() throws Exception {
    Machine machine = machine();
    machine.init().tree().symlink("/hello", "/link");
    machine.programs().register("/hello", task -> 5);
    Task child = machine.init().spawn("caller", task -> execAndFail(task, "/link"));
    assertThat(child.join()).isEqualTo(new WaitStatus.Exited(5));
  }

  @Test
  void program_readsItsText() throws Exception {
    Machine machine = machine();
    machine
        .programs()
        .register(
            "/hello",
            task -> {
              MemorySegment text = task.memory(Exec.image(task).entry(), 5);
              task.write(1, text);
              return 0;
            });
    PipeDescriptors pipe = machine.init().unnamedFiles().pipe();
    Task child =
        machine
            .init()
            .spawn(
                "caller",
                task -> {
                  task.close(1);
                  task.dup(pipe.write());
                  return execAndFail(task, "/hello");
                });
    assertThat(child.join()).isEqualTo(new WaitStatus.Exited(0));
    MemorySegment heard = MemorySegment.ofArray(new byte[5]);
    assertThat(machine.init().read(pipe.read(), heard)).isEqualTo(5);
    assertThat(new String(heard.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8))
        .isEqualTo("hello");
  }

  @Test
  void fileWithoutAProgram_isLaidOutAndCanBeLookedAt() throws Exception {
    Machine machine = machine();
    Task child = machine.init().spawn("caller", task -> execAndFail(task, "/hello"));
    while (child.memoryMap().image().isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(new TaskCalls(child).bytes(Exec.image(child).entry(), 5))
        .isEqualTo("hello".getBytes());
    assertThat(child.status()).isEmpty();
    child.exit(9);
    assertThat(child.join()).isEqualTo(new WaitStatus.Exited(9));
  }

  @Test
  void vforkAndExec_letTheParentGoOnWithItsMemory() throws Exception {
    Machine machine = machine();
    AtomicBoolean hurry = new AtomicBoolean();
    machine
        .programs()
        .register(
            "/hello",
            task -> {
              while (!hurry.get()) {
                task.processes().schedYield();
              }
              return 7;
            });
    Task parent =
        machine
            .init()
            .spawn(
                "parent",
                task -> {
                  long shared = new TaskCalls(task).anonymous(4096);
                  Task child =
                      task.processes()
                          .vfork(borrowing -> {
                            new TaskCalls(borrowing).store(shared, "from the child");
                            return execAndFail(borrowing, "/hello");
                          });
                  // vfork has returned although the child still runs: it has its own memory.
                  assertThat(child.status()).isEmpty();
                  assertThat(child.mapping(shared)).isEmpty();
                  assertThat(new TaskCalls(task).bytes(shared, 4)).isEqualTo("from".getBytes());
                  hurry.set(true);
                  return ((WaitStatus.Exited) task.processes().waitpid(child.pid())).code();
                });
    assertThat(parent.join()).isEqualTo(new WaitStatus.Exited(7));
    assertThat(parent.failure()).isEmpty();
  }

  @Test
  void execThatFailsAfterTheOldImageIsGone_killsWithSigsegv() throws Exception {
    Machine machine = machine();
    byte[] broken = new FlatFile().text(new byte[9]).data(0, 0x7fffffff).relocations(13).bytes();
    Exec.install(new TaskCalls(machine.init()), "/broken", broken);
    AtomicBoolean caught = new AtomicBoolean();
    Task child =
        machine
            .init()
            .spawn(
                "caller",
                task -> {
                  try {
                    execute(task, "/broken", "broken");
                  } catch (ErrnoException failure) {
                    caught.set(true);
                  }
                  return 1;
                });
    assertThat(child.join()).isEqualTo(new WaitStatus.Signaled(Signal.SIGSEGV));
    assertThat(caught).isFalse();
    assertThat(machine.log().lines()).anyMatch(line -> line.contains("outside of the program"));
  }

  @Test
  void otherThreadsOfTheProcess_endAtExec() throws Exception {
    Machine machine = machine();
    machine.programs().register("/hello", task -> 11);
    AtomicReference<Task> other = new AtomicReference<>();
    Task leader =
        machine
            .init()
            .spawn(
                "leader",
                task -> {
                  PipeDescriptors pipe = task.unnamedFiles().pipe();
                  other.set(
                      task.processes()
                          .clone(
                              THREAD,
                              thread -> {
                                MemorySegment one = MemorySegment.ofArray(new byte[1]);
                                return (int) thread.read(pipe.read(), one);
                              }));
                  return execAndFail(task, "/hello");
                });
    assertThat(leader.join()).isEqualTo(new WaitStatus.Exited(11));
    other.get().join();
    assertThat(machine.tasks()).containsExactly(machine.init());
  }

  @Test
  void execByAnotherThread_goesOnAloneAndItsEndIsThatOfTheProcess() throws Exception {
    Machine machine = machine();
    machine.programs().register("/hello", task -> 12);
    Task parent =
        machine
            .init()
            .spawn(
                "parent",
                task -> {
                  Task leader = task.spawn("leader", ProgramsTest::executeOnAnotherThread);
                  return ((WaitStatus.Exited) task.processes().waitpid(leader.pid())).code();
                });
    assertThat(parent.join()).isEqualTo(new WaitStatus.Exited(12));
    assertThat(machine.tasks()).containsExactly(machine.init());
  }

  @Test
  void execByANewThread_outlivesTheThreadThatMadeItHoweverTheyMeet() throws Exception {
    Machine machine = machine();
    machine.programs().register("/hello", task -> 12);
    Task parent = machine.init().spawn("parent", ProgramsTest::makeLeaders);
    assertThat(parent.join()).isEqualTo(new WaitStatus.Exited(0));
  }

  /** Returns the number of leaders that did not end as the file executed by their other thread. */
  private static int makeLeaders(Task parent) throws ErrnoException {
    int wrong = 0;
    for (int round = 0; round < MEETINGS; round++) {
      Task leader = parent.spawn("leader", ProgramsTest::executeOnAnotherThread);
      WaitStatus status = parent.processes().waitpid(leader.pid());
      wrong += status.equals(new WaitStatus.Exited(12)) ? 0 : 1;
    }
    return wrong;
  }

  private static int executeOnAnotherThread(Task leader) throws ErrnoException {
    PipeDescriptors pipe = leader.unnamedFiles().pipe();
    leader.processes().clone(THREAD, thread -> execAndFail(thread, "/hello"));
    return (int) leader.read(pipe.read(), MemorySegment.ofArray(new byte[1]));
  }
}
