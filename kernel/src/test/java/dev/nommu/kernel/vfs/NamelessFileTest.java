package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Attributes;
import dev.nommu.api.Errno;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Owner;
import dev.nommu.api.Profile;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.SlottedFileSystem;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files without a name: open with O_TMPFILE. */
final class NamelessFileTest {
  private static final int NAMELESS = OpenFlags.O_TMPFILE | OpenFlags.O_RDWR;

  @RegisterExtension final Machines machines = new Machines();

  private TaskCalls p;
  private Task task;

  @BeforeEach
  void boot() {
    p =
        new TaskCalls(
            machines
                .boot(
                    TestBoard.withMebibytes(16).build(), Profile.DOCUMENT, new SlottedFileSystem())
                .init());
    task = p.task();
  }

  @Test
  void file06_namelessFile_isWrittenMappedAndGoesWhenNobodyUsesIt() throws Exception {
    String before = p.text("/proc/meminfo");
    int file = task.open("/tmp", NAMELESS, 0640);
    task.ftruncate(file, 4L * PAGE);
    assertThat(task.fstat(file).attributes())
        .extracting(Attributes::links, Attributes::permissions, Attributes::size)
        .containsExactly(0, 0640, 4L * PAGE);
    assertThat(task.tree().list("/tmp")).isEmpty();
    long mapped = p.map(file, PAGE, PROT_READ, MAP_SHARED);
    assertThat(p.maps()).anyMatch(line -> line.matches(".* /tmp/#\\d+ \\(deleted\\)"));
    task.close(file);
    task.munmap(mapped, PAGE);
    assertThat(p.text("/proc/meminfo")).isEqualTo(before);
  }

  @Test
  void file06_namelessFile_belongsToWhoMadeIt() throws Exception {
    Task user = task.spawn("user");
    task.tree().umask(0);
    task.tree().mkdir("/tmp/all", 0777);
    task.tree().mkdir("/tmp/mine", 0755);
    user.processes().setuid(1000);
    int file = user.open("/tmp/all", NAMELESS, 0600);
    assertThat(user.fstat(file).attributes().owner()).isEqualTo(new Owner(1000, 0));
    assertErrno(Errno.EACCES, () -> user.open("/tmp/mine", NAMELESS, 0600));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        OpenFlags.O_TMPFILE,
        OpenFlags.O_TMPFILE | OpenFlags.O_RDWR | OpenFlags.O_CREAT,
        (OpenFlags.O_TMPFILE & ~OpenFlags.O_DIRECTORY) | OpenFlags.O_RDWR
      })
  void file06_flagsThatDoNotGoTogether_areEinval(int flags) {
    assertErrno(Errno.EINVAL, () -> task.open("/tmp", flags, 0600));
  }

  @Test
  void file06_whereEveryFileHasAName_isRefused() throws Exception {
    p.file("/tmp/f", new byte[0]);
    assertErrno(Errno.ENOTDIR, () -> task.open("/tmp/f", NAMELESS, 0600));
    task.tree().mount("none", "/mnt", "slotted", 0, "");
    assertErrno(Errno.EOPNOTSUPP, () -> task.open("/mnt", NAMELESS, 0600));
    task.tree().umount("/mnt");
    task.tree().mount("none", "/mnt", "ramfs", 1, "");
    assertErrno(Errno.EROFS, () -> task.open("/mnt", NAMELESS, 0600));
  }
}
