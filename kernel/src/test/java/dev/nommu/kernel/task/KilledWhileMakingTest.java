package dev.nommu.kernel.task;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.testing.Errnos;
import dev.nommu.kernel.testing.HookedFileSystem;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.Rival;
import dev.nommu.kernel.testing.TestBoard;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A task is killed while it makes a pipe, a file without a name, or another task. The test holds
 * the lock that the call needs next, so that the kill always comes in the middle. No file stays
 * open, and the file system of the working directory can be unmounted.
 */
@Timeout(60)
final class KilledWhileMakingTest {
  private static final long CLONE_VM = 0x100;
  private static final long CLONE_FS = 0x200;
  private static final long CLONE_FILES = 0x400;
  private static final long THREAD = 0x10000 | 0x800 | CLONE_VM;

  @RegisterExtension final Machines machines = new Machines();

  private Machine machine;
  private Task init;
  private Task victim;

  @BeforeEach
  void boot() throws ErrnoException {
    machine =
        machines.boot(
            TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, new HookedFileSystem("hooked"));
    init = machine.init();
    init.tree().mkdir("/m", 0755);
    init.tree().mount("none", "/m", "hooked", 0, "");
    victim = init.spawn("victim");
    victim.tree().chdir("/m");
  }

  @AfterEach
  void nothingIsLeft() throws ErrnoException {
    machine.tasks().stream().filter(task -> task != init).forEach(Task::exit);
    assertThat(machine.check()).isEmpty();
    init.tree().umount("/m");
  }

  private void kill() throws ErrnoException {
    init.processes().kill(victim.pid(), Signal.SIGKILL);
  }

  /** A call that puts files into the table of descriptors. */
  private enum Making {
    PIPE {
      @Override
      void by(Task task) throws ErrnoException {
        task.unnamedFiles().pipe();
      }
    },
    MEMFD {
      @Override
      void by(Task task) throws ErrnoException {
        task.unnamedFiles().memfdCreate("m", 0);
      }
    },
    DUP {
      @Override
      void by(Task task) throws ErrnoException {
        task.dup(3);
      }
    };

    abstract void by(Task task) throws ErrnoException;
  }

  @ParameterizedTest
  @EnumSource
  void killedBeforeItsDescriptorsAreThere_isEsrchAndLeavesNoFile(Making making) throws Exception {
    victim.open("/tmp", 0);
    assertKilledInTheMiddle(making);
  }

  @ParameterizedTest
  @EnumSource
  void killedWithRoomForOneDescriptor_isEsrchAndLeavesNoFile(Making making) throws Exception {
    fill(FileTable.LIMIT - 1);
    assertKilledInTheMiddle(making);
  }

  private void assertKilledInTheMiddle(Making making) throws Exception {
    Rival maker;
    synchronized (victim.life().belongings().files()) {
      maker = Rival.start(() -> making.by(victim));
      kill();
    }
    assertThat(maker.end()).containsInstanceOf(ErrnoException.class);
    assertErrno(Errno.ESRCH, () -> making.by(victim));
    assertThat(machine.check()).isEmpty();
  }

  @Test
  void pipeWithRoomForOneDescriptor_isEmfileAndLeavesThatOneFree() throws Exception {
    fill(FileTable.LIMIT - 1);
    assertErrno(Errno.EMFILE, () -> victim.unnamedFiles().pipe());
    assertThat(machine.check()).isEmpty();
    assertThat(victim.open("/tmp", 0)).isEqualTo(FileTable.LIMIT - 1);
  }

  private void fill(int descriptors) throws ErrnoException {
    while (victim.open("/tmp", 0) < descriptors - 1) {
      assertThat(victim.status()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void killedByItsOwnHandlerAsTheCallBegins_isEsrch(Making making) throws Exception {
    victim.open("/tmp", 0);
    exitsAtTheNextCall();
    assertErrno(Errno.ESRCH, () -> making.by(victim));
  }

  /** The handler runs at the beginning of the next call, after that has looked for its end. */
  private void exitsAtTheNextCall() throws ErrnoException {
    victim.processes().sigaction(Signal.SIGTERM, new Disposition.Handle(signal -> victim.exit()));
    init.processes().kill(victim.pid(), Signal.SIGTERM);
  }

  @ParameterizedTest
  @ValueSource(longs = {CLONE_VM, CLONE_VM | CLONE_FS, CLONE_VM | CLONE_FILES, THREAD})
  void killedByItsOwnHandlerAsACloneBegins_isEsrch(long flags) throws Exception {
    exitsAtTheNextCall();
    assertErrno(Errno.ESRCH, () -> victim.processes().clone(flags));
    assertThat(machine.tasks()).containsExactly(init);
  }

  @ParameterizedTest
  @ValueSource(longs = {CLONE_VM, CLONE_VM | CLONE_FS, CLONE_VM | CLONE_FILES})
  void killedWhileAClonesDescriptorsAreMade_leavesACloneThatHoldsItsDirectory(long flags)
      throws Exception {
    List<Task> clones = new ArrayList<>();
    Rival killer;
    Rival maker;
    synchronized (victim.life().belongings().files()) {
      maker = Rival.start(() -> clones.add(victim.processes().clone(flags)));
      killer = Rival.start(this::kill);
      assertErrno(Errno.EBUSY, () -> init.tree().umount("/m"));
    }
    assertThat(maker.end()).isEmpty();
    assertThat(killer.end()).isEmpty();
    assertThat(victim.status()).isPresent();
    assertErrno(Errno.EBUSY, () -> init.tree().umount("/m"));
    clones.getFirst().tree().stat("file");
  }

  @ParameterizedTest
  @ValueSource(longs = {CLONE_VM, CLONE_VM | CLONE_FS | CLONE_FILES, THREAD})
  void killedWhenTheCloneHasAllItNeeds_leavesNothingOnceTheCloneHasEnded(long flags)
      throws Exception {
    victim.open("/m/file", 0);
    Rival maker;
    synchronized (victim.processes().tasks()) {
      maker = Rival.start(() -> victim.processes().clone(flags));
      kill();
    }
    assertThat(maker.end()).isEmpty();
    assertThat(machine.check()).isEmpty();
  }

  @Test
  void threadMadeWhileItsProcessIsKilled_hasEnded() throws Exception {
    List<Task> clones = new ArrayList<>();
    Rival maker;
    synchronized (victim.processes().tasks()) {
      maker = Rival.start(() -> clones.add(victim.processes().clone(THREAD)));
      kill();
    }
    assertThat(maker.end()).isEmpty();
    assertThat(clones.getFirst().status()).isPresent();
    assertThat(machine.tasks()).containsExactly(init);
  }

  @Test
  void endedTask_makesNoChildWithADirectoryThatItLetGoOf() throws Exception {
    victim.exit();
    Errnos.Call umount = () -> init.tree().umount("/m");
    umount.make();
    assertThatThrownBy(() -> victim.spawn("child"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has ended");
    assertThat(machine.tasks()).containsExactly(init);
    init.tree().mount("none", "/m", "hooked", 0, "");
  }
}
