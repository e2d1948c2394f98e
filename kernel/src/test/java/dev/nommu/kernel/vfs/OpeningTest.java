package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.task.DescriptorCalls;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways of opening that depend on where a file lies; and proc, where nothing is made or written. */
final class OpeningTest {
  private static final int FOR_IOCTL = 3;
  private static final int PAGE = 4096;
  private static final int MS_RDONLY = 1;
  private static final MemorySegment BYTE = MemorySegment.ofArray(new byte[1]);

  @RegisterExtension final Machines machines = new Machines();

  private TaskCalls p;
  private Task task;

  @BeforeEach
  void boot() {
    p = new TaskCalls(machines.boot(TestBoard.withMebibytes(16).build(), Profile.DOCUMENT).init());
    task = p.task();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tmp/new", "/tmp", "/dev/null", "/dev/zero", "/proc/maps"})
  void file13_directIo_isNotForWhatLiesInMemory(String path) throws Exception {
    int made = path.endsWith("new") ? OpenFlags.O_CREAT : 0;
    assertErrno(Errno.EINVAL, "FILE-13", () -> task.open(path, OpenFlags.O_DIRECT | made, 0600));
    assertThat(task.tree().stat(path)).isNotNull();
  }

  @Test
  void file13_directIo_isForBlockDevices() throws Exception {
    int disk = task.open("/dev/ram0", OpenFlags.O_RDWR | OpenFlags.O_DIRECT);
    assertThat(task.descriptors().fcntl(disk, DescriptorCalls.F_GETFL, 0))
        .isEqualTo(OpenFlags.O_RDWR | OpenFlags.O_DIRECT | OpenFlags.O_LARGEFILE);
  }

  @Test
  void file14_openForIoctl_isForNothingElse() throws Exception {
    int file = p.file("/tmp/f", new byte[PAGE]);
    task.close(file);
    int opened = task.open("/tmp/f", FOR_IOCTL);
    assertThat(task.descriptors().fcntl(opened, DescriptorCalls.F_GETFL, 0))
        .isEqualTo(FOR_IOCTL | OpenFlags.O_LARGEFILE);
    assertErrno(Errno.EBADF, () -> task.read(opened, BYTE));
    assertErrno(Errno.EBADF, () -> task.write(opened, BYTE));
    assertErrno(Errno.EINVAL, () -> task.ftruncate(opened, 0));
    assertErrno(
        Errno.EACCES,
        () -> p.map(opened, PAGE, MmapArguments.PROT_READ, MmapArguments.MAP_PRIVATE));
    task.tree().mount("none", "/mnt", "ramfs", 0, "");
    task.close(p.file("/mnt/f", new byte[1]));
    int other = task.open("/mnt/f", FOR_IOCTL);
    task.tree().mount("none", "/mnt", "ramfs", 32 | MS_RDONLY, "");
    assertErrno(Errno.EROFS, () -> task.open("/mnt/f", FOR_IOCTL));
    task.close(other);
  }

  @Test
  void file14_openForIoctl_needsBothPermissions() throws Exception {
    task.close(p.file("/tmp/f", new byte[1]));
    task.tree().chmod("/tmp/f", 0644);
    Task user = task.spawn("user");
    user.processes().setuid(1000);
    assertErrno(Errno.EACCES, () -> user.open("/tmp/f", FOR_IOCTL));
    task.tree().chmod("/tmp/f", 0666);
    user.close(user.open("/tmp/f", FOR_IOCTL));
  }

  @Test
  void proc16_texts_areOpenedForWritingByTheSuperuserAndNotWritten() throws Exception {
    int maps = task.open("/proc/maps", OpenFlags.O_WRONLY);
    assertErrno(Errno.EIO, "PROC-16", () -> task.write(maps, BYTE));
    int own = task.open("/proc/self/maps", OpenFlags.O_RDWR);
    assertErrno(Errno.EINVAL, () -> task.write(own, BYTE));
    assertErrno(Errno.EACCES, () -> task.open("/proc/sys/kernel/ostype", OpenFlags.O_WRONLY));
    assertErrno(Errno.EACCES, () -> task.open("/sys/kernel/notes", OpenFlags.O_WRONLY));
    Task user = task.spawn("user");
    user.processes().setuid(1000);
    assertErrno(Errno.EACCES, () -> user.open("/proc/maps", OpenFlags.O_WRONLY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/proc/d", "/proc/self/d", "/proc/sys/vm/d", "/proc/99999"})
  void proc16_nameThatIsNotThere_cannotBeMade(String path) {
    assertErrno(Errno.ENOENT, () -> task.tree().mkdir(path, 0755));
    assertErrno(Errno.ENOENT, () -> task.open(path, OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0600));
    assertErrno(Errno.ENOENT, () -> task.tree().create(path, NewInode.fifo(0600)));
  }

  @Test
  void proc16_nothing_isExecutedOrMappedSo() throws Exception {
    assertErrno(Errno.EPERM, () -> mapExecutable("/proc/maps"));
    assertErrno(Errno.EPERM, () -> mapExecutable("/sys/kernel/notes"));
  }

  private void mapExecutable(String path) throws ErrnoException {
    int file = task.open(path, OpenFlags.O_RDONLY);
    p.map(file, PAGE, MmapArguments.PROT_READ | MmapArguments.PROT_EXEC, MmapArguments.MAP_PRIVATE);
  }
}
