package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.TreeCalls;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MS_REMOUNT, the flags that are refused, and what /proc/mounts shows. */
final class RemountTest {
  private static final long MS_RDONLY = 1;
  private static final long MS_NOEXEC = 8;
  private static final long MS_REMOUNT = 32;
  private static final int PAGE = 4096;

  @RegisterExtension final Machines machines = new Machines();

  private TaskCalls p;
  private Task task;
  private TreeCalls tree;

  @BeforeEach
  void boot() throws ErrnoException {
    p = new TaskCalls(machines.boot(TestBoard.withMebibytes(16).build(), Profile.DOCUMENT).init());
    task = p.task();
    tree = task.tree();
    tree.mount("none", "/mnt", "ramfs", 0, "mode=700");
  }

  private void remount(long flags) throws ErrnoException {
    tree.mount("other", "/mnt", "nonsense", MS_REMOUNT | flags, "");
  }

  private int open(int flags) throws ErrnoException {
    return task.open("/mnt/f", flags | OpenFlags.O_CREAT, 0755);
  }

  @Test
  void opt03_remount_changesTheMountThatIsThere() throws Exception {
    int file = open(OpenFlags.O_RDWR);
    task.ftruncate(file, PAGE);
    remount(MS_NOEXEC);
    assertThat(p.text("/proc/mounts"))
        .endsWith("\nnone /mnt ramfs rw,noexec,relatime,mode=700 0 0\n");
    int executable = MmapArguments.PROT_READ | MmapArguments.PROT_EXEC;
    assertErrno(
        Errno.EPERM, () -> task.mmap(0, PAGE, executable, MmapArguments.MAP_SHARED, file, 0));
    task.close(file);
    remount(MS_RDONLY);
    assertErrno(Errno.EROFS, () -> task.open("/mnt/f", OpenFlags.O_RDWR));
    assertErrno(Errno.EROFS, () -> tree.mkdir("/mnt/d", 0700));
    remount(0);
    task.close(task.open("/mnt/f", OpenFlags.O_RDWR));
    tree.umount("/mnt");
    assertErrno(Errno.EINVAL, () -> tree.umount("/mnt"));
  }

  @Test
  void opt03_aPlaceInTheTree_countsAsNoWriterHoweverItWasOpened() throws Exception {
    int writer = open(OpenFlags.O_WRONLY);
    task.close(task.open("/mnt/f", OpenFlags.O_PATH | OpenFlags.O_RDWR));
    assertErrno(Errno.EBUSY, () -> remount(MS_RDONLY));
    int place = task.open("/mnt/f", OpenFlags.O_PATH | OpenFlags.O_RDWR);
    task.close(writer);
    remount(MS_RDONLY);
    task.close(place);
  }

  @Test
  void opt03_readOnlyWithAWriter_isEbusyUntilItsMappingIsGone() throws Exception {
    int file = open(OpenFlags.O_WRONLY);
    assertErrno(Errno.EBUSY, () -> remount(MS_RDONLY));
    task.close(file);
    file = task.open("/mnt/f", OpenFlags.O_RDWR);
    task.ftruncate(file, PAGE);
    long at = task.mmap(0, PAGE, MmapArguments.PROT_READ, MmapArguments.MAP_SHARED, file, 0);
    task.close(file);
    assertErrno(Errno.EBUSY, () -> remount(MS_RDONLY));
    task.munmap(at, PAGE);
    int reader = task.open("/mnt/f", OpenFlags.O_RDONLY);
    remount(MS_RDONLY);
    assertErrno(Errno.EROFS, () -> open(OpenFlags.O_RDWR));
    task.close(reader);
  }

  @Test
  void opt03_whereNothingIsMounted_isEinval() {
    assertErrno(Errno.EINVAL, () -> tree.mount("none", "/tmp", "ramfs", MS_REMOUNT, ""));
    assertErrno(Errno.ENOENT, () -> tree.mount("none", "/none", "ramfs", MS_REMOUNT, ""));
  }

  @ParameterizedTest
  @ValueSource(longs = {0x100, 0x1000, 0x2000, 0x20000, 0x40000, 0x80000, 0x100000, 0x1020})
  void opt03_whatIsNotThere_isEinvalAndNothingIsMounted(long flags) throws Exception {
    String before = p.text("/proc/mounts");
    assertErrno(Errno.EINVAL, () -> tree.mount("/tmp", "/mnt", "ramfs", flags, ""));
    assertThat(p.text("/proc/mounts")).isEqualTo(before);
  }

  @Test
  void opt04_timesOfReading_areShownAsLinuxDoes() throws Exception {
    assertThat(p.text("/proc/mounts")).startsWith("rootfs / rootfs rw 0 0\n");
    remount(0x400);
    assertThat(p.text("/proc/mounts")).endsWith(" rw,noatime,mode=700 0 0\n");
    remount(0x1000000);
    assertThat(p.text("/proc/mounts")).endsWith(" rw,mode=700 0 0\n");
  }

  @Test
  void opt05_nameOfAnMtdThatIsNotThere_isEnodevByNumberAndEnoentByName() {
    assertErrno(Errno.ENODEV, () -> tree.mount("mtd99", "/mnt", "romfs", 0, ""));
    assertErrno(Errno.ENOENT, () -> tree.mount("mtd:none", "/mnt", "romfs", 0, ""));
  }
}
