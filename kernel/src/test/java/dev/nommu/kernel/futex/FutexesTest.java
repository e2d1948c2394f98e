package dev.nommu.kernel.futex;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_ANONYMOUS;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.ipc.FutexScope;
import dev.nommu.kernel.ipc.WakeOp;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.FakeDevice;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Valid addresses of futexes, and addresses of the same futex: section FUTEX. */
final class FutexesTest {
  @RegisterExtension final Machines machines = new Machines();

  private static long anonymous(Task task) throws Exception {
    return task.mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  }

  private static long mapped(Task task, String path, int sharing) throws Exception {
    int file = task.open(path, OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0600);
    task.ftruncate(file, 8192);
    return task.mmap(0, 8192, PROT_READ, sharing, file, 0);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void futex01_unalignedAddress_isEinval(Profile profile) throws Exception {
    Task task = machines.boot(profile).init();
    long address = anonymous(task);
    for (int odd = 1; odd < 4; odd++) {
      long unaligned = address + odd;
      assertErrno(Errno.EINVAL, () -> task.ipc().futexWake(unaligned, FutexScope.SHARED, 1));
      assertErrno(
          Errno.EINVAL,
          () -> task.ipc().futexRequeue(address, FutexScope.PRIVATE, 0, 1, unaligned));
    }
  }

  @Test
  void futex01_unalignedAddressOutsideOfTheMappings_isEinvalNotEfault() {
    Task task = machines.boot(Profile.DOCUMENT).init();
    assertErrno(Errno.EINVAL, () -> task.ipc().futexWake(1, FutexScope.SHARED, 1));
  }

  @Test
  void futex02_privateFutexesOfTwoProcesses_areDifferent() throws Exception {
    Task one = machines.boot(Profile.DOCUMENT).init();
    long address = mapped(one, "/tmp/futex", MAP_SHARED);
    Task other = one.spawn("other", waiting("/tmp/futex", FutexScope.PRIVATE));
    untilAllWait(one);
    assertThat(one.ipc().futexWake(address, FutexScope.PRIVATE, 1)).isZero();
    assertThat(one.ipc().futexWake(address, FutexScope.SHARED, 1)).isZero();
    assertThat(other.ipc().futexWake(address, FutexScope.PRIVATE, 1)).isOne();
    other.join();
  }

  @ParameterizedTest
  @EnumSource(FutexScope.class)
  void futex03_outsideOfTheCallersMappings_isEfault(FutexScope scope) throws Exception {
    Task task = machines.boot(Profile.DOCUMENT).init();
    long address = anonymous(task);
    long inside = anonymous(task);
    task.munmap(address, 4096);
    assertErrno(Errno.EFAULT, () -> task.ipc().futexWake(address, scope, 1));
    assertErrno(
        Errno.EFAULT, () -> task.ipc().futexWait(address, scope, 0, Optional.of(Duration.ZERO)));
    assertErrno(Errno.EFAULT, () -> task.ipc().futexRequeue(inside, scope, 0, 1, address));
  }

  @ParameterizedTest
  @EnumSource(FutexScope.class)
  void futex03_anotherProcessesMapping_isEfault(FutexScope scope) throws Exception {
    Task task = machines.boot(Profile.DOCUMENT).init();
    long address = anonymous(task);
    assertErrno(Errno.EFAULT, () -> task.spawn("other").ipc().futexWake(address, scope, 1));
  }

  @ParameterizedTest
  @EnumSource(FutexScope.class)
  void futex03_mappingOfADevice_isEfault(FutexScope scope) throws Exception {
    Task task = withDevice(Profile.DOCUMENT);
    long address = mappedDevice(task, MAP_SHARED);
    assertErrno(Errno.EFAULT, () -> task.ipc().futexWake(address, scope, 1));
  }

  @Test
  void futex03_copyOfADevice_isMemoryLikeAnyOther() throws Exception {
    Task task = withDevice(Profile.DOCUMENT);
    int file = task.open("/dev/fake", OpenFlags.O_RDWR);
    long copy = task.mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    assertThat(task.ipc().futexWake(copy, FutexScope.SHARED, 1)).isZero();
  }

  @Test
  void futex03_memoryThatMayOnlyBeRead_isAccepted() throws Exception {
    Task task = machines.boot(Profile.DOCUMENT).init();
    long address = task.mmap(0, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    WakeOp set = new WakeOp(WakeOp.Operation.SET, 5, WakeOp.Comparison.EQ, 0);
    assertThat(task.ipc().futexWakeOp(address, FutexScope.SHARED, 1, address, 1, set)).isZero();
    assertErrno(
        Errno.EAGAIN,
        () -> task.ipc().futexWait(address, FutexScope.SHARED, 0, Optional.of(Duration.ZERO)));
  }

  private Task withDevice(Profile profile) {
    return machines.boot(TestBoard.withMebibytes(16).build(), profile, new FakeDevice()).init();
  }

  private static long mappedDevice(Task task, int sharing) throws Exception {
    int file = task.open("/dev/fake", OpenFlags.O_RDWR);
    return task.mmap(0, 4096, PROT_READ | PROT_WRITE, sharing, file, 0);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void futex04_aSharedFutexInASharedFile_isTheSameForAll(Profile profile) throws Exception {
    Task one = machines.boot(profile).init();
    long address = mapped(one, "/tmp/futex", MAP_SHARED);
    Task other = one.spawn("other", waiting("/tmp/futex", FutexScope.SHARED));
    untilAllWait(one);
    assertThat(one.ipc().futexWake(address + 4, FutexScope.SHARED, 1)).as("another place").isZero();
    assertThat(one.ipc().futexWake(address, FutexScope.SHARED, 1)).isOne();
    other.join();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void futex05_aSharedFutexInAnonymousMemory_isTheProcessesOwn(Profile profile) throws Exception {
    Task one = machines.boot(profile).init();
    long address = anonymous(one);
    Task other = one.processes().clone(0x100, Waiting.at(address, FutexScope.SHARED));
    untilAllWait(one);
    assertThat(one.ipc().futexWake(address, FutexScope.SHARED, 1)).isOne();
    other.join();
  }

  @Test
  void futex06_placesOfTwoFiles_areDifferent() throws Exception {
    Task one = machines.boot(Profile.DOCUMENT).init();
    long address = mapped(one, "/tmp/one", MAP_SHARED);
    long elsewhere = mapped(one, "/tmp/other", MAP_SHARED);
    Task other = one.processes().clone(0x100, Waiting.at(address, FutexScope.SHARED));
    untilAllWait(one);
    assertThat(one.ipc().futexWake(elsewhere, FutexScope.SHARED, 1)).isZero();
    assertThat(one.ipc().futexWake(address, FutexScope.SHARED, 1)).isOne();
    other.join();
  }

  @Test
  void futex06_aSegmentOfSharedMemory_isTheSameForAll() throws Exception {
    Task one = machines.boot(Profile.DOCUMENT).init();
    int id = one.ipc().shmget(0, 4096, 0600);
    long address = one.ipc().shmat(id, 0, 0);
    Task other =
        one.spawn(
            "other", task -> Waiting.at(task.ipc().shmat(id, 0, 0), FutexScope.SHARED).run(task));
    untilAllWait(one);
    assertThat(one.ipc().futexWake(address, FutexScope.SHARED, 1)).isOne();
    other.join();
  }

  @ParameterizedTest
  @EnumSource(FutexScope.class)
  void futex07_onLinux612_noMappingIsLookedFor(FutexScope scope) throws Exception {
    Task task = withDevice(Profile.LINUX_6_12);
    long address = anonymous(task);
    task.munmap(address, 4096);
    assertThat(task.ipc().futexWake(address, scope, 1)).isZero();
    assertThat(task.ipc().futexWake(mappedDevice(task, MAP_SHARED), scope, 1)).isZero();
  }

  @Test
  void futex07_onLinux612_theBareAddressIsTheFutex() throws Exception {
    Task one = machines.boot(Profile.LINUX_6_12).init();
    long address = anonymous(one);
    Task other = one.spawn("other", Waiting.at(address, FutexScope.PRIVATE));
    untilAllWait(one);
    assertThat(one.ipc().futexWake(address, FutexScope.SHARED, 1)).isOne();
    other.join();
  }

  @Test
  void futex07_onLinux612_whereNothingAnswers_isEfault() {
    Task task = machines.boot(Profile.LINUX_6_12).init();
    assertErrno(
        Errno.EFAULT,
        () -> task.ipc().futexWait(0x10, FutexScope.SHARED, 0, Optional.of(Duration.ZERO)));
  }

  private static dev.nommu.kernel.task.Program waiting(String path, FutexScope scope) {
    return task -> Waiting.at(mapped(task, path, MAP_SHARED), scope).run(task);
  }

  /** Time passes when all programs wait, and not before. */
  private static void untilAllWait(Task task) throws Exception {
    task.time().nanosleep(Duration.ofNanos(1));
  }
}
