package dev.nommu.kernel.task;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_ANONYMOUS;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.testing.Machines;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that share a memory map: section FORK. */
final class CloneTest {
  private static final long CLONE_VM = 0x100;

  @RegisterExtension final Machines machines = new Machines();

  @ParameterizedTest
  @EnumSource(Profile.class)
  void fork01_fork_isEinval(Profile profile) {
    Task task = machines.boot(profile).init();
    assertErrno(Errno.EINVAL, task.processes()::fork);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 0x200, 0x900 & ~0x100, 0x10100, 0x20300})
  void fork04_flagsThatContradict_areEinval(long flags) {
    Task task = machines.boot(Profile.DOCUMENT).init();
    assertErrno(Errno.EINVAL, () -> task.processes().clone(flags));
  }

  @Test
  void fork05_theChild_hasTheSameMappingsAndLeavesThem() throws Exception {
    Machine machine = machines.boot(Profile.DOCUMENT);
    Task parent = machine.init();
    long address = parent.mmap(0, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    Task child = parent.processes().clone(CLONE_VM);
    assertThat(child.mapping(address)).isEqualTo(parent.mapping(address));
    assertThat(machine.regions()).hasSize(1);
    child.exit();
    assertThat(parent.mapping(address)).isPresent();
    child = parent.processes().clone(CLONE_VM);
    parent.exit();
    assertThat(child.mapping(address)).isPresent();
  }

  @Test
  void fork06_spawn_isVforkAndExec() throws Exception {
    Task parent = machines.boot(Profile.DOCUMENT).init();
    int kept = parent.open("/tmp", OpenFlags.O_RDONLY);
    int marked = parent.open("/tmp", OpenFlags.O_RDONLY | OpenFlags.O_CLOEXEC);
    parent.processes().sigaction(Signal.SIGUSR1, new Disposition.Handle(signal -> {}));
    parent.processes().sigaction(Signal.SIGUSR2, Disposition.IGNORE);
    Task child = parent.spawn("child");
    assertThat(child.fstat(kept)).isEqualTo(parent.fstat(kept));
    assertErrno(Errno.EBADF, () -> child.fstat(marked));
    assertThat(parent.fstat(marked)).isNotNull();
    assertThat(child.processes().sigaction(Signal.SIGUSR1, Disposition.DEFAULT))
        .isEqualTo(Disposition.DEFAULT);
    assertThat(child.processes().sigaction(Signal.SIGUSR2, Disposition.DEFAULT))
        .isEqualTo(Disposition.IGNORE);
  }

  @Test
  void fork06_personality_isInheritedAndThenTheChildsOwn() throws Exception {
    Task parent = machines.boot(Profile.DOCUMENT).init();
    assertThat(parent.processes().personality(0x7_0000_0400L)).isZero();
    Task spawned = parent.spawn("child");
    Task clone = parent.processes().clone(CLONE_VM);
    for (Task child : List.of(spawned, clone)) {
      assertThat(child.processes().personality(0)).isEqualTo(0x400);
    }
    assertThat(parent.processes().personality(-1)).isEqualTo(0x400);
    assertThat(parent.processes().personality(0xffff_ffffL)).isEqualTo(0x400);
  }

  @Test
  void pshm03_memfd_isSharedLikeAFileOnTmpfs() throws Exception {
    Machine machine = machines.boot(Profile.DOCUMENT);
    Task task = machine.init();
    int file = task.unnamedFiles().memfdCreate("m", 1);
    task.ftruncate(file, 8192);
    long address = task.mmap(0, 8192, PROT_READ, 1, file, 0);
    assertThat(task.mapping(address).orElseThrow().toString()).endsWith(" /memfd:m (deleted)");
  }

  @Test
  void pshm03_memfdOnLinux612_isEfbig() {
    Task task = machines.boot(Profile.LINUX_6_12).init();
    assertErrno(Errno.EFBIG, () -> task.unnamedFiles().memfdCreate("m", 1));
  }

  @Test
  void memfd_unknownFlagOrLongName_isEinval() {
    Task task = machines.boot(Profile.DOCUMENT).init();
    assertErrno(Errno.EINVAL, () -> task.unnamedFiles().memfdCreate("m", 0x40));
    assertErrno(Errno.EINVAL, () -> task.unnamedFiles().memfdCreate("m".repeat(250), 0));
  }
}
