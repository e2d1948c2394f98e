package dev.nommu.kernel.ipc;

import static dev.nommu.kernel.mm.MmapArguments.MAP_ANONYMOUS;
import static dev.nommu.kernel.mm.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mm.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mm.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mm.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Task;
import dev.nommu.kernel.ipc.Futexes.Scope;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.vfs.OpenFlags;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Futexes: section FUTEX. */
final class FutexesTest {
  private static final Optional<Duration> AT_ONCE = Optional.of(Duration.ZERO);

  @RegisterExtension final Machines machines = new Machines();

  private static long anonymous(Task task) throws Exception {
    return task.mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void futex01_unalignedAddress_isEinval(Profile profile) throws Exception {
    Task task = machines.boot(profile).init();
    long address = anonymous(task);
    assertErrno(Errno.EINVAL, () -> task.ipc().futexWake(address + 1, Scope.SHARED, 1));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void futex08_anotherValue_isEagain(Profile profile) throws Exception {
    Task task = machines.boot(profile).init();
    long address = anonymous(task);
    assertErrno(Errno.EAGAIN, () -> task.ipc().futexWait(address, Scope.SHARED, 1, AT_ONCE));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void futex08_nobodyWakes_isEtimedoutAndLeavesNoWaiter(Profile profile) throws Exception {
    Task task = machines.boot(profile).init();
    long address = anonymous(task);
    assertErrno(Errno.ETIMEDOUT, () -> task.ipc().futexWait(address, Scope.SHARED, 0, AT_ONCE));
    assertThat(task.ipc().futexWake(address, Scope.SHARED, 1)).isZero();
  }

  @Test
  void futex03_outsideOfTheCallersMappings_isEfault() throws Exception {
    Task task = machines.boot(Profile.DOCUMENT).init();
    long address = anonymous(task);
    task.munmap(address, 4096);
    assertErrno(Errno.EFAULT, () -> task.ipc().futexWake(address, Scope.SHARED, 1));
    assertErrno(Errno.EFAULT, () -> task.ipc().futexWake(address, Scope.PRIVATE, 1));
  }

  @Test
  void futex07_onLinux612_nothingIsChecked() throws Exception {
    Task task = machines.boot(Profile.LINUX_6_12).init();
    long address = anonymous(task);
    task.munmap(address, 4096);
    assertThat(task.ipc().futexWake(address, Scope.SHARED, 1)).isZero();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void futex06_aSharedFile_wakesAnotherProcess(Profile profile) throws Exception {
    Task one = machines.boot(profile).init();
    int file = one.open("/tmp/futex", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0600);
    one.ftruncate(file, 4096);
    Task other = one.spawn("other");
    long address = one.mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    long same = other.mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    CompletableFuture<Errno> waiter = waiting(other, same, Scope.SHARED);
    assertThat(wakeUntilWoken(one, address, Scope.SHARED)).isOne();
    assertThat(waiter.join()).isNull();
  }

  @Test
  void futex06_privateFutexesOfTwoProcesses_areDifferent() throws Exception {
    Task one = machines.boot(Profile.DOCUMENT).init();
    int file = one.open("/tmp/futex", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0600);
    one.ftruncate(file, 4096);
    Task other = one.spawn("other");
    long address = one.mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    other.mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    CompletableFuture<Errno> waiter = waiting(other, address, Scope.PRIVATE);
    assertThat(one.ipc().futexWake(address, Scope.PRIVATE, 1)).isZero();
    assertThat(wakeUntilWoken(other, address, Scope.PRIVATE)).isOne();
    assertThat(waiter.join()).isNull();
  }

  @Test
  void futexRequeue_movesAWaiterToAnotherAddress() throws Exception {
    Task task = machines.boot(Profile.DOCUMENT).init();
    long address = anonymous(task);
    CompletableFuture<Errno> waiter = waiting(task, address, Scope.PRIVATE);
    while (task.ipc().futexRequeue(address, Scope.PRIVATE, 0, 1, address + 8) == 0) {
      Thread.onSpinWait();
    }
    assertThat(task.ipc().futexWake(address, Scope.PRIVATE, 1)).isZero();
    assertThat(task.ipc().futexWake(address + 8, Scope.PRIVATE, 1)).isOne();
    assertThat(waiter.join()).isNull();
  }

  /** Waits on a thread of its own; the result is the error, or null if it was woken. */
  private static CompletableFuture<Errno> waiting(Task task, long address, Scope scope) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        task.ipc().futexWait(address, scope, 0, Optional.empty());
        return null;
      } catch (ErrnoException failure) {
        return failure.errno();
      }
    });
  }

  /** Wakes again and again, since the other thread may not wait yet. */
  private static int wakeUntilWoken(Task task, long address, Scope scope) throws Exception {
    int woken = task.ipc().futexWake(address, scope, 1);
    while (woken == 0) {
      Thread.onSpinWait();
      woken = task.ipc().futexWake(address, scope, 1);
    }
    return woken;
  }
}
