package dev.nommu.kernel.ipc;

import static dev.nommu.kernel.ipc.SharedMemory.IPC_CREAT;
import static dev.nommu.kernel.ipc.SharedMemory.IPC_EXCL;
import static dev.nommu.kernel.ipc.SharedMemory.IPC_PRIVATE;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.Task;
import dev.nommu.kernel.testing.Machines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** System V shared memory: section SHM. */
final class SharedMemoryTest {
  private static final int KEY = 0x1234;

  @RegisterExtension final Machines machines = new Machines();

  @ParameterizedTest
  @EnumSource(Profile.class)
  void shm01_sizeOfNothing_isEinval(Profile profile) {
    Task task = machines.boot(profile).init();
    assertErrno(Errno.EINVAL, () -> task.ipc().shmget(IPC_PRIVATE, 0, IPC_CREAT | 0600));
  }

  @ParameterizedTest
  @ValueSource(longs = {(4 << 20) + 1, 1L << 40})
  void shm02_moreThanTheLargestBlock_isEfbigAndLeavesNothing(long size) {
    Machine machine = machines.boot(Profile.DOCUMENT);
    long free = machine.freePages();
    assertErrno(
        Errno.EFBIG, () -> machine.init().ipc().shmget(IPC_PRIVATE, size, IPC_CREAT | 0600));
    assertThat(machine.freePages()).isEqualTo(free);
  }

  @Test
  void shm03_unknownKeyWithoutCreat_isEnoent() {
    Task task = machines.boot(Profile.DOCUMENT).init();
    assertErrno(Errno.ENOENT, () -> task.ipc().shmget(KEY, 4096, 0600));
  }

  @Test
  void shm03_knownKey_isFoundOrRefusedInOrder() throws Exception {
    Task task = machines.boot(Profile.DOCUMENT).init();
    int id = task.ipc().shmget(KEY, 4096, IPC_CREAT | 0600);
    assertThat(task.ipc().shmget(KEY, 100, 0)).isEqualTo(id);
    assertErrno(Errno.EEXIST, () -> task.ipc().shmget(KEY, 8192, IPC_CREAT | IPC_EXCL | 0600));
    assertErrno(Errno.EINVAL, () -> task.ipc().shmget(KEY, 8192, 0));
  }

  @Test
  void shm03_privateKey_isAlwaysANewSegment() throws Exception {
    Task task = machines.boot(Profile.DOCUMENT).init();
    int one = task.ipc().shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
    assertThat(task.ipc().shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600)).isNotEqualTo(one);
  }

  @ParameterizedTest
  @ValueSource(longs = {0x10000000L, 1, 4096})
  void shm05_anAddress_isEinval(long address) throws Exception {
    Task task = machines.boot(Profile.DOCUMENT).init();
    int id = task.ipc().shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
    assertErrno(Errno.EINVAL, () -> task.ipc().shmat(id, address, 0));
  }

  @Test
  void shm06_everyProcess_getsTheSameAddress() throws Exception {
    Task one = machines.boot(Profile.DOCUMENT).init();
    Task other = one.spawn("other");
    int id = one.ipc().shmget(IPC_PRIVATE, 8192, IPC_CREAT | 0600);
    long address = one.ipc().shmat(id, 0, 0);
    assertThat(other.ipc().shmat(id, 0, SharedMemory.SHM_RDONLY)).isEqualTo(address);
    one.memory(address, 8192).setString(0, "shared");
    assertThat(other.memory(address, 8192).getString(0)).isEqualTo("shared");
    assertThat(one.ipc().shmStatus(id).attachments()).isEqualTo(2);
  }

  @Test
  void shm07_detachingWhatIsNoAttachment_isEinval() throws Exception {
    Task task = machines.boot(Profile.DOCUMENT).init();
    int id = task.ipc().shmget(IPC_PRIVATE, 8192, IPC_CREAT | 0600);
    long address = task.ipc().shmat(id, 0, 0);
    assertErrno(Errno.EINVAL, () -> task.ipc().shmdt(address + 4096));
    task.ipc().shmdt(address);
    assertErrno(Errno.EINVAL, () -> task.ipc().shmdt(address));
  }

  @Test
  void shm08_removedWhileAttached_goesWithTheLastAttachment() throws Exception {
    Machine machine = machines.boot(Profile.DOCUMENT);
    Task one = machine.init();
    Task other = one.spawn("other");
    long free = machine.freePages();
    int id = one.ipc().shmget(KEY, 8192, IPC_CREAT | 0600);
    one.ipc().shmat(id, 0, 0);
    long address = other.ipc().shmat(id, 0, 0);
    one.ipc().shmRemove(id);
    assertThat(one.ipc().shmStatus(id).mode()).isEqualTo(01600);
    assertErrno(Errno.ENOENT, () -> one.ipc().shmget(KEY, 8192, 0));
    other.ipc().shmdt(address);
    assertThat(machine.freePages()).isEqualTo(free - 2);
    one.exit();
    assertErrno(Errno.EINVAL, () -> other.ipc().shmStatus(id));
    assertThat(machine.freePages()).isEqualTo(free);
  }

  @Test
  void shm09_onLinux612_cannotBeAttached() throws Exception {
    Task task = machines.boot(Profile.LINUX_6_12).init();
    int id = task.ipc().shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
    assertErrno(Errno.ENODEV, () -> task.ipc().shmat(id, 0, 0));
    assertThat(task.ipc().shmStatus(id).attachments()).isZero();
  }
}
