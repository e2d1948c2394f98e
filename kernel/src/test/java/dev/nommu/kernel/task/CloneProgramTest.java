package dev.nommu.kernel.task;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static dev.nommu.kernel.testing.TaskCalls.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code clone} and {@code vfork} share between programs: section FORK. */
@Timeout(20)
final class CloneProgramTest {
  private static final long CLONE_VM = 0x100;
  private static final long CLONE_FS = 0x200;
  private static final long CLONE_FILES = 0x400;
  private static final long CLONE_SIGHAND = 0x800;
  private static final long CLONE_PARENT = 0x8000;
  private static final long CLONE_THREAD = 0x10000;
  private static final long THREAD =
      CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD;

  @RegisterExtension final Machines machines = new Machines();
  private Machine machine;
  private Task init;

  @BeforeEach
  void boot() {
    machine = machines.boot(Profile.DOCUMENT);
    init = machine.init();
  }

  @Test
  void fork02_vfork_lendsTheMemoryMapAndWaitsForTheEndOfTheChild() throws Exception {
    WaitStatus status =
        run(
            init,
            task -> {
              TaskCalls p = new TaskCalls(task);
              long address = p.anonymous(PAGE);
              Task child =
                  task.processes()
                      .vfork(of -> {
                        of.time().nanosleep(Duration.ofSeconds(3));
                        new TaskCalls(of).store(address, (byte) 42);
                        new TaskCalls(of).anonymous(PAGE);
                        return 9;
                      });
              assertThat(p.bytes(address, 1)).containsExactly(42);
              assertThat(p.maps()).hasSize(2);
              assertThat(task.time().monotonic()).isEqualTo(Duration.ofSeconds(3));
              return task.processes().waitpid(child.pid()).raw() >>> 8;
            });
    assertThat(status).isEqualTo(new WaitStatus.Exited(9));
  }

  @Test
  void fork02_childThatExecutes_givesTheMapBackAndGoesOnAlone() throws Exception {
    WaitStatus status =
        run(
            init,
            task -> {
              TaskCalls p = new TaskCalls(task);
              long address = p.anonymous(PAGE);
              Task child =
                  task.processes()
                      .vfork(of -> {
                        of.processes().exec().begin("new");
                        of.processes()
                            .exec()
                            .end(
                                Optional.of(
                                    of.toRun(then -> {
                                      then.time().nanosleep(Duration.ofSeconds(3));
                                      return 8;
                                    })));
                        return 1;
                      });
              assertThat(task.time().monotonic()).isZero();
              assertThat(task.memoryMap().users()).isOne();
              assertThat(child.mapping(address)).isEmpty();
              assertThat(child.name()).isEqualTo("new");
              return task.processes().waitpid(child.pid()).raw() >>> 8;
            });
    assertThat(status).isEqualTo(new WaitStatus.Exited(8));
  }

  @Test
  void programThatExecutesWhatHasNoProgram_isDrivenFromOutsideThen() throws Exception {
    Task task =
        init.spawn(
            "image",
            own -> {
              own.processes().exec().begin("image");
              own.processes().exec().end(Optional.empty());
              return 1;
            });
    while (task.life().thread().isPresent()) {
      Thread.onSpinWait();
    }
    new TaskCalls(task).anonymous(PAGE);
    assertThat(task.status()).isEmpty();
    task.exit(4);
    assertThat(task.status()).contains(new WaitStatus.Exited(4));
  }

  @Test
  void fork05_theMap_staysForTheLastOneThatHasIt() throws Exception {
    Task parent = init.spawn("parent");
    long address = new TaskCalls(parent).anonymous(PAGE);
    Task child = parent.processes().clone(CLONE_VM);
    assertThat(machine.regions()).hasSize(1);
    parent.exit();
    assertThat(child.mapping(address)).isPresent();
    child.exit();
    assertThat(machine.regions()).isEmpty();
  }

  @Test
  void cloneFiles_sharesDescriptorsAndOthersCopyThem() throws Exception {
    Task sharing = init.processes().clone(CLONE_VM | CLONE_FILES);
    Task copying = init.processes().clone(CLONE_VM);
    int file = sharing.open("/tmp", 0);
    assertThat(init.fstat(file)).isNotNull();
    assertErrno(Errno.EBADF, () -> copying.fstat(file));
    sharing.exit();
    init.close(file);
  }

  @Test
  void cloneFs_sharesTheWorkingDirectoryAndOthersCopyIt() throws Exception {
    init.tree().mkdir("/tmp/here", 0700);
    Task sharing = init.processes().clone(CLONE_VM | CLONE_FS);
    Task copying = init.processes().clone(CLONE_VM);
    sharing.tree().chdir("/tmp");
    assertThat(init.tree().stat("here")).isNotNull();
    assertErrno(Errno.ENOENT, () -> copying.tree().stat("here"));
  }

  @Test
  void cloneSighand_sharesWhatSignalsDoAndOthersCopyIt() throws Exception {
    Task parent = init.spawn("parent");
    Task sharing = parent.processes().clone(CLONE_VM | CLONE_SIGHAND);
    Task copying = parent.processes().clone(CLONE_VM);
    parent.processes().sigaction(Signal.SIGTERM, Disposition.IGNORE);
    init.processes().kill(sharing.pid(), Signal.SIGTERM);
    init.processes().kill(copying.pid(), Signal.SIGTERM);
    assertThat(sharing.status()).isEmpty();
    assertThat(copying.status()).contains(new WaitStatus.Signaled(Signal.SIGTERM));
  }

  @Test
  void cloneParent_makesASibling() throws Exception {
    Task parent = init.spawn("parent");
    Task sibling = parent.processes().clone(CLONE_VM | CLONE_PARENT);
    assertThat(sibling.processes().getppid()).isEqualTo(init.pid());
  }

  @Test
  void thread_isOfTheSameProcessAndEndsAlone() throws Exception {
    List<Integer> ids = new ArrayList<>();
    WaitStatus status =
        run(
            init,
            task -> {
              long address = new TaskCalls(task).anonymous(PAGE);
              Task thread =
                  task.processes()
                      .clone(
                          THREAD,
                          own -> {
                            ids.addAll(List.of(own.pid(), own.tid()));
                            new TaskCalls(own).store(address, (byte) 5);
                            return 77;
                          });
              thread.join();
              assertThat(ids).containsExactly(task.pid(), thread.tid()).doesNotHaveDuplicates();
              return new TaskCalls(task).bytes(address, 1)[0];
            });
    assertThat(status).isEqualTo(new WaitStatus.Exited(5));
  }

  @Test
  void endOfTheFirstThread_isTheEndOfAll() throws Exception {
    Task task =
        init.spawn(
            "program",
            own -> {
              own.processes().clone(THREAD, CloneProgramTest::waitForever);
              own.time().nanosleep(Duration.ofSeconds(1));
              return 3;
            });
    assertThat(task.join()).isEqualTo(new WaitStatus.Exited(3));
    for (Task thread : machine.tasks()) {
      assertThat(thread == init || thread.join().equals(new WaitStatus.Exited(3))).isTrue();
    }
  }

  private static int waitForever(Task task) throws Exception {
    task.read(task.unnamedFiles().pipe().read(), MemorySegment.ofArray(new byte[1]));
    return 0;
  }

  @Test
  void exitOrCrashOfAThread_isTheEndOfAll() throws Exception {
    assertThat(
            run(
                init,
                task -> {
                  task.processes()
                      .clone(
                          THREAD,
                          own -> {
                            own.exit(6);
                            return 0;
                          });
                  return waitForever(task);
                }))
        .isEqualTo(new WaitStatus.Exited(6));
    assertThat(
            run(
                init,
                task -> {
                  task.processes()
                      .clone(
                          THREAD,
                          own -> {
                            throw new IllegalStateException();
                          });
                  return waitForever(task);
                }))
        .isEqualTo(new WaitStatus.Signaled(Signal.SIGABRT));
  }

  @Test
  void firstThreadThatEndsAlone_leavesTheProcessToTheOthers() throws Exception {
    AtomicInteger after = new AtomicInteger();
    Task parent =
        init.spawn(
            "parent",
            own -> {
              Task child =
                  own.spawn(
                      "child",
                      first -> {
                        first
                            .processes()
                            .clone(
                                THREAD,
                                second -> {
                                  second.time().nanosleep(Duration.ofSeconds(2));
                                  after.set((int) second.time().monotonic().toSeconds());
                                  return 1;
                                });
                        first.processes().exitThread(0);
                        return 0;
                      });
              own.processes().waitpid(child.pid());
              return after.get();
            });
    assertThat(parent.join()).isEqualTo(new WaitStatus.Exited(2));
  }

  @Test
  void threadThatHasEnded_endsNobodyElse() throws Exception {
    Task first = init.spawn("program");
    Task second = first.processes().clone(THREAD);
    second.processes().exitThread(0);
    second.exit(3);
    assertThat(first.status()).isEmpty();
  }

  @Test
  void threadThatCrashesWhileExecEndsIt_endsNobodyElse() throws Exception {
    Task task =
        init.spawn(
            "program",
            own -> {
              Task thread = own.processes().clone(THREAD, CloneProgramTest::crashWhenUnwound);
              own.time().nanosleep(Duration.ofSeconds(1));
              exec(own);
              thread.join();
              return 8;
            });
    assertThat(task.join()).isEqualTo(new WaitStatus.Exited(8));
  }

  private static int crashWhenUnwound(Task task) throws Exception {
    try {
      return waitForever(task);
    } catch (ProgramEnd end) {
      throw new IllegalStateException("while it ends", end);
    }
  }

  @Test
  void exec_ofTwoThreadsAtOnce_leavesTheProcessToOneOfThem() throws Exception {
    for (int round = 0; round < 300; round++) {
      Task first = init.spawn("program");
      Task second = first.processes().clone(THREAD);
      CyclicBarrier both = new CyclicBarrier(2);
      Thread other = Thread.startVirtualThread(() -> at(both, () -> exec(second)));
      at(both, () -> exec(first));
      other.join();
      assertThat(Stream.of(first, second).filter(task -> task.status().isEmpty())).hasSize(1);
      first.life().group().groupExit(new WaitStatus.Exited(0));
    }
  }

  @Test
  void exec_whileAnotherThreadMakesOne_leavesNeither() throws Exception {
    for (int round = 0; round < 300; round++) {
      Task first = init.spawn("program");
      Task second = first.processes().clone(THREAD);
      CyclicBarrier both = new CyclicBarrier(2);
      Thread other =
          Thread.startVirtualThread(() -> at(both, () -> second.processes().clone(THREAD)));
      at(both, () -> exec(first));
      other.join();
      assertThat(machine.tasks()).containsExactly(init, first);
      first.exit();
    }
  }

  private void exec(Task task) throws ErrnoException {
    task.processes().exec().begin("new");
  }

  private static void at(CyclicBarrier both, ThrowingCallable call) {
    assertThat(
            catchThrowable(() -> {
              both.await();
              call.call();
            }))
        .satisfiesAnyOf(
            none -> assertThat(none).isNull(),
            late -> assertThat(((ErrnoException) late).errno()).isEqualTo(Errno.ESRCH));
  }

  @Test
  void namespaces_areEinval() {
    for (long flag : new long[] {0x20000, 0x2000000, 0x4000000, 0x10000000, 0x40000000}) {
      assertErrno(Errno.EINVAL, () -> init.processes().clone(CLONE_VM | flag));
    }
  }
}
