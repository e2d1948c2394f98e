package dev.nommu.kernel.shm;

import static dev.nommu.kernel.ipc.ShmFlags.IPC_CREAT;
import static dev.nommu.kernel.ipc.ShmFlags.IPC_EXCL;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.Profile;
import dev.nommu.kernel.ipc.IpcPermissions;
import dev.nommu.kernel.ipc.ShmFlags;
import dev.nommu.kernel.ipc.ShmStatus.History;
import dev.nommu.kernel.ipc.ShmUsage;
import dev.nommu.kernel.task.IpcCalls;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The status of a segment, and the permissions to query and change it: rules SHM-03, SHM-04,
 * SHM-08.
 */
final class ShmControlTest {
  private static final int KEY = 0x1234;
  private static final int USER = 1000;

  @RegisterExtension final Machines machines = new Machines();

  private Task init;
  private Task other;

  @BeforeEach
  void boot() {
    init = machines.boot(Profile.DOCUMENT).init();
    other = init.spawn("other");
  }

  private int segment(int mode) throws Exception {
    return init.ipc().shmget(KEY, 4096, IPC_CREAT | mode);
  }

  /** Returns the calls of a process of an ordinary user. */
  private IpcCalls user() throws Exception {
    other.processes().setgid(USER);
    other.processes().setuid(USER);
    return other.ipc();
  }

  private void pass(int seconds) throws Exception {
    init.time().nanosleep(Duration.ofSeconds(seconds));
  }

  private History history(int id) throws Exception {
    return init.ipc().shmStatus(id).history();
  }

  @Test
  void shm08_history_saysWhoDidWhatWhen() throws Exception {
    pass(100);
    int id = segment(0600);
    assertThat(history(id)).isEqualTo(new History(init.pid(), 0, 0, 0, 100));
    pass(10);
    long address = other.ipc().shmat(id, 0, 0);
    assertThat(history(id)).isEqualTo(new History(init.pid(), other.pid(), 110, 0, 100));
    init.ipc().shmat(id, 0, 0);
    pass(10);
    other.ipc().shmdt(address);
    assertThat(history(id)).isEqualTo(new History(init.pid(), other.pid(), 110, 120, 100));
    pass(10);
    init.ipc().shmSet(id, 0, 0, 0640);
    assertThat(history(id)).isEqualTo(new History(init.pid(), other.pid(), 110, 120, 130));
  }

  @Test
  void shm08_theEndOfAProcess_detaches() throws Exception {
    int id = segment(0600);
    other.ipc().shmat(id, 0, 0);
    init.ipc().shmat(id, 0, 0);
    pass(5);
    other.exit();
    assertThat(init.ipc().shmStatus(id).attachments()).isOne();
    assertThat(history(id)).isEqualTo(new History(init.pid(), other.pid(), 0, 5, 0));
  }

  @Test
  void shm08_munmapOfAnAttachment_detaches() throws Exception {
    int id = segment(0600);
    long address = other.ipc().shmat(id, 0, 0);
    init.ipc().shmRemove(id);
    other.munmap(address, 4096);
    assertErrno(Errno.EINVAL, () -> init.ipc().shmStatus(id));
  }

  @Test
  void shm03_withoutPermission_isEaccesAfterTheOtherChecks() throws Exception {
    segment(0640);
    IpcCalls user = user();
    assertErrno(Errno.EEXIST, () -> user.shmget(KEY, 8192, IPC_CREAT | IPC_EXCL | 0600));
    assertErrno(Errno.EINVAL, () -> user.shmget(KEY, 8192, 0600));
    assertErrno(Errno.EACCES, () -> user.shmget(KEY, 4096, 0600));
    assertThat(user.shmget(KEY, 4096, 0)).as("nothing asked for").isZero();
  }

  @Test
  void shm04_attachingNeedsWhatTheFlagsSay() throws Exception {
    int id = segment(0604);
    IpcCalls user = user();
    assertErrno(Errno.EACCES, () -> user.shmat(id, 0, 0));
    assertErrno(Errno.EACCES, () -> user.shmat(id, 0, ShmFlags.SHM_RDONLY | ShmFlags.SHM_EXEC));
    assertErrno(Errno.EACCES, () -> user.shmat(id, 4096, 0));
    assertErrno(Errno.EINVAL, () -> user.shmat(id, 4097, 0));
    user.shmat(id, 0, ShmFlags.SHM_RDONLY);
    assertThat(init.ipc().shmStatus(id).attachments()).isOne();
  }

  @Test
  void shm08_whoMayNotRead_mayNotAsk() throws Exception {
    int id = segment(0660);
    IpcCalls user = user();
    assertErrno(Errno.EACCES, () -> user.shmStatus(id));
    assertErrno(Errno.EACCES, () -> user.shmStatusAt(0));
    assertThat(user.shmAnyStatusAt(0).id()).isEqualTo(id);
    assertErrno(Errno.EINVAL, () -> user.shmAnyStatusAt(1));
  }

  @Test
  void shm08_whoDoesNotOwn_mayNotChange() throws Exception {
    int id = segment(0666);
    IpcCalls user = user();
    assertErrno(Errno.EPERM, () -> user.shmSet(id, USER, USER, 0600));
    assertErrno(Errno.EPERM, () -> user.shmRemove(id));
    assertErrno(Errno.EPERM, () -> user.shmLock(id));
    assertErrno(Errno.EPERM, () -> user.shmUnlock(id));
    assertThat(init.ipc().shmStatus(id).mode()).isEqualTo(0666);
  }

  @Test
  void shm08_whoIsMadeTheOwner_mayChange() throws Exception {
    int id = segment(0600);
    init.ipc().shmSet(id, USER, 7, 0200);
    IpcCalls user = user();
    assertErrno(Errno.EACCES, () -> user.shmStatus(id));
    user.shmSet(id, USER, 7, 01400);
    assertThat(user.shmStatus(id).permissions())
        .isEqualTo(new IpcPermissions(KEY, USER, 7, 0, 0, 0400));
    user.shmRemove(id);
    assertErrno(Errno.EINVAL, () -> init.ipc().shmStatus(id));
  }

  @Test
  void shm08_anOwnerWhoIsNobody_isEinval() throws Exception {
    int id = segment(0600);
    assertErrno(Errno.EINVAL, () -> init.ipc().shmSet(id, -1, 0, 0600));
    assertErrno(Errno.EINVAL, () -> init.ipc().shmSet(id, 0, -1, 0600));
  }

  @Test
  void shm08_usage_countsSegmentsAndPages() throws Exception {
    assertThat(init.ipc().shmUsage()).isEqualTo(new ShmUsage(0, 0, 0));
    int first = init.ipc().shmget(0, 4097, 0600);
    init.ipc().shmget(0, 1, 0600);
    assertThat(init.ipc().shmUsage()).isEqualTo(new ShmUsage(2, 3, 1));
    init.ipc().shmRemove(first);
    assertThat(init.ipc().shmUsage()).isEqualTo(new ShmUsage(1, 1, 1));
  }

  @Test
  void setuid_isForGood() throws Exception {
    other.processes().setuid(USER);
    other.processes().setuid(USER);
    assertErrno(Errno.EPERM, () -> other.processes().setuid(0));
    assertErrno(Errno.EPERM, () -> other.processes().setgid(USER));
    other.processes().setgid(0);
    assertErrno(Errno.EINVAL, () -> other.processes().setuid(-1));
    assertThat(init.ipc().shmget(0, 1, 0)).isZero();
  }
}
