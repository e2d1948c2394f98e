package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.TreeCalls;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.kernel.testing.WatchedFileSystem;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The flags of umount. */
final class UmountTest {
  private static final int MNT_FORCE = 1;
  private static final int MNT_DETACH = 2;
  private static final int MNT_EXPIRE = 4;
  private static final int UMOUNT_NOFOLLOW = 8;
  private static final int CREATE = OpenFlags.O_RDWR | OpenFlags.O_CREAT;
  private static final int PAGE = 4096;

  @RegisterExtension final Machines machines = new Machines();

  private final WatchedFileSystem watched = new WatchedFileSystem();
  private Machine machine;
  private TaskCalls p;
  private Task task;
  private TreeCalls tree;

  @BeforeEach
  void mount() throws ErrnoException {
    machine = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, watched);
    task = machine.init();
    p = new TaskCalls(task);
    tree = task.tree();
    tree.mount("none", "/mnt", "watched", 0, "");
  }

  @AfterEach
  void machineIsWhole() {
    assertThat(watched.broken()).isEmpty();
    assertThat(machine.check()).isEmpty();
  }

  private boolean hasEnded() {
    return watched.calls().contains("close");
  }

  @Test
  void opt06_detached_endsWithItsLastOpenFile() throws Exception {
    int file = p.file("/mnt/f", new byte[PAGE]);
    long copy = p.map(file, PAGE, MmapArguments.PROT_READ, MmapArguments.MAP_PRIVATE);
    assertErrno(Errno.EBUSY, () -> tree.umount("/mnt"));
    tree.umount("/mnt", MNT_DETACH);
    assertThat(p.text("/proc/mounts")).doesNotContain("/mnt");
    assertErrno(Errno.ENOENT, () -> tree.stat("/mnt/f"));
    assertThat(p.maps().getFirst()).endsWith(" /f");
    tree.rmdir("/mnt");
    task.close(file);
    assertThat(hasEnded()).isFalse();
    task.munmap(copy, PAGE);
    assertThat(hasEnded()).isTrue();
  }

  @Test
  void opt06_detachedAndUnused_endsAtOnce() throws Exception {
    tree.umount("/mnt", MNT_DETACH);
    assertThat(hasEnded()).isTrue();
    assertErrno(Errno.EINVAL, () -> tree.umount("/mnt", MNT_DETACH));
  }

  @Test
  void opt06_workingDirectory_staysAWayIntoWhatIsDetached() throws Exception {
    tree.mkdir("/mnt/d", 0777);
    tree.chdir("/mnt/d");
    tree.umount("/mnt", MNT_DETACH);
    task.close(task.open("f", CREATE, 0666));
    assertThat(tree.stat("../../d/f").inode()).isEqualTo(tree.stat("f").inode());
    assertErrno(Errno.EINVAL, () -> tree.mount("none", "../d", "ramfs", 0, ""));
    assertErrno(Errno.EINVAL, () -> tree.umount(".."));
    assertThat(hasEnded()).isFalse();
    tree.chdir("/");
    assertThat(hasEnded()).isTrue();
  }

  @Test
  void opt06_whatIsMountedBelow_isDetachedToo() throws Exception {
    tree.mkdir("/mnt/d", 0777);
    tree.mount("none", "/mnt/d", "ramfs", 0, "");
    int file = p.file("/mnt/d/f", new byte[PAGE]);
    tree.umount("/mnt", MNT_DETACH);
    assertThat(hasEnded()).isTrue();
    assertThat(p.text("/proc/mounts")).doesNotContain("/mnt");
    assertThat(task.pread(file, MemorySegment.ofArray(new byte[1]), 0)).isOne();
    task.close(file);
  }

  @Test
  void opt06_expiring_isTakenAwayIfNobodyUsedItInBetween() throws Exception {
    int file = task.open("/mnt/f", CREATE, 0666);
    assertErrno(Errno.EBUSY, () -> tree.umount("/mnt", MNT_EXPIRE));
    task.close(file);
    assertErrno(Errno.EAGAIN, () -> tree.umount("/mnt", MNT_EXPIRE));
    tree.stat("/mnt/f");
    assertErrno(Errno.EAGAIN, () -> tree.umount("/mnt", MNT_EXPIRE));
    tree.umount("/mnt", MNT_EXPIRE);
    assertThat(hasEnded()).isTrue();
  }

  @Test
  void opt06_flagsThatAreNotThereOrContradict_areEinval() throws Exception {
    assertErrno(Errno.EINVAL, "OPT-06", () -> tree.umount("/mnt", 16));
    assertErrno(Errno.EINVAL, "OPT-06", () -> tree.umount("/mnt", MNT_EXPIRE | MNT_DETACH));
    assertErrno(Errno.EINVAL, "OPT-06", () -> tree.umount("/mnt", MNT_EXPIRE | MNT_FORCE));
    assertErrno(Errno.EINVAL, "OPT-06", () -> tree.umount("/", MNT_DETACH));
    assertThat(hasEnded()).isFalse();
  }

  @Test
  void opt06_forceAndNofollow_takeNothingFromItsUsers() throws Exception {
    tree.symlink("/mnt", "/tmp/link");
    int file = task.open("/mnt/f", CREATE, 0666);
    assertErrno(Errno.EBUSY, () -> tree.umount("/mnt", MNT_FORCE));
    task.close(file);
    assertErrno(Errno.EINVAL, () -> tree.umount("/tmp/link", UMOUNT_NOFOLLOW));
    tree.umount("/tmp/link", MNT_FORCE);
    assertThat(hasEnded()).isTrue();
  }
}
