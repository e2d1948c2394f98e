package dev.nommu.kernel.shm;

import static dev.nommu.kernel.ipc.ShmFlags.IPC_CREAT;
import static dev.nommu.kernel.ipc.ShmFlags.IPC_EXCL;
import static dev.nommu.kernel.ipc.ShmFlags.IPC_PRIVATE;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.ipc.ShmFlags;
import dev.nommu.kernel.ipc.ShmLimits;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.nio.charset.StandardCharsets;
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
    assertThat(other.ipc().shmat(id, 0, ShmFlags.SHM_RDONLY)).isEqualTo(address);
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
  void shm08_sysvipcShm_listsTheSegments() throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(Profile.DOCUMENT).init());
    assertThat(p.text("/proc/sysvipc/shm").lines()).hasSize(1);
    p.task().ipc().shmget(KEY, 5000, IPC_CREAT | 0640);
    p.task().ipc().shmget(IPC_PRIVATE, 1, 0600);
    assertThat(p.text("/proc/sysvipc/shm").lines().skip(1))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("      4660          0   640  "),
            second -> assertThat(second).startsWith("         0          1   600  "));
  }

  @Test
  void shm01_limits_areSysctls() throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(Profile.DOCUMENT).init());
    assertThat(p.text("/proc/sys/kernel/shmmax")).isEqualTo("18446744073692774399\n");
    assertThat(p.text("/proc/sys/kernel/shmall")).isEqualTo("18446744073692774399\n");
    assertThat(p.text("/proc/sys/kernel/shmmni")).isEqualTo("4096\n");
    p.text("/proc/sys/kernel/shmmax", "1");
    assertErrno(Errno.EINVAL, () -> p.task().ipc().shmget(IPC_PRIVATE, 2, 0600));
  }

  @Test
  void shm09_onLinux612_cannotBeAttached() throws Exception {
    Task task = machines.boot(Profile.LINUX_6_12).init();
    int id = task.ipc().shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
    assertErrno(Errno.ENODEV, () -> task.ipc().shmat(id, 0, 0));
    assertThat(task.ipc().shmStatus(id).attachments()).isZero();
  }

  private static ShmLimits limits(Task task) {
    return task.ipc().shmLimits();
  }

  @Test
  void shm01_moreThanShmmax_isEinval() throws Exception {
    Task task = machines.boot(Profile.DOCUMENT).init();
    limits(task).shmmax().set(8192);
    assertErrno(Errno.EINVAL, () -> task.ipc().shmget(IPC_PRIVATE, 8193, 0600));
    assertThat(task.ipc().shmget(IPC_PRIVATE, 8192, 0600)).isZero();
    limits(task).shmmax().set(4096);
    assertErrno(Errno.EINVAL, () -> task.ipc().shmget(IPC_PRIVATE, 8192, 0600));
  }

  @Test
  void shm01_hugeSize_isEinvalByTheDefaultOfShmmax() {
    Task task = machines.boot(Profile.DOCUMENT).init();
    assertErrno(Errno.EINVAL, () -> task.ipc().shmget(IPC_PRIVATE, -1, 0600));
  }

  @Test
  void shm01_morePagesThanShmall_isEnospc() throws Exception {
    Machine machine = machines.boot(Profile.DOCUMENT);
    Task task = machine.init();
    limits(task).shmall().set(3);
    int id = task.ipc().shmget(IPC_PRIVATE, 4097, 0600);
    long free = machine.freePages();
    assertErrno(Errno.ENOSPC, () -> task.ipc().shmget(IPC_PRIVATE, 4097, 0600));
    assertThat(machine.freePages()).isEqualTo(free);
    task.ipc().shmRemove(id);
    assertThat(task.ipc().shmget(IPC_PRIVATE, 3 * 4096, 0600)).isOne();
  }

  @Test
  void shm01_moreSegmentsThanShmmni_isEnospcAndLeavesNothing() throws Exception {
    Machine machine = machines.boot(Profile.DOCUMENT);
    Task task = machine.init();
    limits(task).shmmni().set(1);
    task.ipc().shmget(KEY, 4096, IPC_CREAT | 0600);
    long free = machine.freePages();
    assertErrno(Errno.ENOSPC, () -> task.ipc().shmget(KEY + 1, 4096, IPC_CREAT | 0600));
    assertThat(machine.freePages()).isEqualTo(free);
    assertErrno(Errno.ENOENT, () -> task.ipc().shmget(KEY + 1, 4096, 0600));
  }

  @Test
  void shm01_noBlockOfThatSize_isEnomem() throws Exception {
    Machine machine = machines.boot(Profile.DOCUMENT);
    new TaskCalls(machine.init()).fillMemory();
    assertErrno(
        Errno.ENOMEM, () -> machine.init().ipc().shmget(IPC_PRIVATE, 8192, IPC_CREAT | 0600));
  }

  @Test
  void shm01_hugePages_areEinval() {
    Task task = machines.boot(Profile.DOCUMENT).init();
    assertErrno(
        Errno.EINVAL, () -> task.ipc().shmget(IPC_PRIVATE, 4096, ShmFlags.SHM_HUGETLB | 0600));
  }

  @Test
  void shm02_memory_isZeroed() throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(Profile.DOCUMENT).init());
    long dirty = p.anonymous(8192);
    p.store(dirty, TaskCalls.pattern(8192));
    p.task().munmap(dirty, 8192);
    long address = p.task().ipc().shmat(p.task().ipc().shmget(IPC_PRIVATE, 8192, 0600), 0, 0);
    assertThat(address).as("the pages that were dirty").isEqualTo(dirty);
    assertThat(p.bytes(address, 8192)).containsOnly(0);
  }

  @Test
  void shm04_unknownSegment_isEinval() {
    Task task = machines.boot(Profile.DOCUMENT).init();
    assertErrno(Errno.EINVAL, () -> task.ipc().shmat(0, 0, 0));
    assertErrno(Errno.EINVAL, () -> task.ipc().shmat(-1, 0, 0));
  }

  @Test
  void shm04_aSegmentWhosePlaceHasAnother_isEidrm() throws Exception {
    Task task = machines.boot(Profile.DOCUMENT).init();
    int stale = 0;
    for (int i = 0; i < 65; i++) {
      int id = task.ipc().shmget(IPC_PRIVATE, 1, 0600);
      if (i < 64) {
        task.ipc().shmRemove(id);
      }
    }
    assertErrno(Errno.EIDRM, () -> task.ipc().shmat(stale, 0, 0));
    assertErrno(Errno.EIDRM, () -> task.ipc().shmStatus(stale));
    assertErrno(Errno.EIDRM, () -> task.ipc().shmRemove(stale));
  }

  @Test
  void shm04_remapWithoutAnAddress_isEinval() throws Exception {
    Task task = machines.boot(Profile.DOCUMENT).init();
    int id = task.ipc().shmget(IPC_PRIVATE, 4096, 0600);
    assertErrno(Errno.EINVAL, () -> task.ipc().shmat(id, 0, ShmFlags.SHM_REMAP));
  }

  @Test
  void shm05_readOnly_isShownAndNotEnforced() throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(Profile.DOCUMENT).init());
    int id = p.task().ipc().shmget(IPC_PRIVATE, 4096, 0600);
    long address = p.task().ipc().shmat(id, 0, ShmFlags.SHM_RDONLY);
    assertThat(p.maps()).singleElement().asString().contains(" r--S ");
    p.store(address, "written");
    assertThat(p.bytes(address, 7)).isEqualTo("written".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void shm10_aSegment_canBeAttachedForExecution() throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(Profile.DOCUMENT).init());
    int id = p.task().ipc().shmget(IPC_PRIVATE, 4096, 0700);
    p.task().ipc().shmat(id, 0, ShmFlags.SHM_EXEC);
    assertThat(p.maps()).singleElement().asString().contains(" rwxS ");
  }

  @Test
  void shm11_lockAndUnlock_showInTheModeOnly() throws Exception {
    Task task = machines.boot(Profile.DOCUMENT).init();
    int id = task.ipc().shmget(IPC_PRIVATE, 4096, 0600);
    task.ipc().shmLock(id);
    assertThat(task.ipc().shmStatus(id).mode()).isEqualTo(02600);
    task.ipc().shmUnlock(id);
    assertThat(task.ipc().shmStatus(id).mode()).isEqualTo(0600);
  }
}
