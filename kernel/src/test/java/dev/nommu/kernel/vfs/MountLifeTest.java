package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.TreeCalls;
import dev.nommu.kernel.testing.Errnos;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.Rival;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.kernel.testing.WatchedFileSystem;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long a mount and a file system live: as long as somebody holds them, and no longer. */
final class MountLifeTest {
  private static final int CREATE = OpenFlags.O_RDWR | OpenFlags.O_CREAT;

  private static final long CLONE_VM = 0x100;
  private static final long CLONE_FS = 0x200;

  @RegisterExtension final Machines machines = new Machines();

  private final WatchedFileSystem watched = new WatchedFileSystem();
  private Machine machine;
  private Task task;
  private TreeCalls tree;
  private Optional<Rival> rival = Optional.empty();

  @BeforeEach
  void boot() throws Exception {
    machine = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, watched);
    task = machine.init();
    tree = task.tree();
  }

  @AfterEach
  void noPromiseIsBroken() {
    assertThat(watched.broken()).isEmpty();
  }

  private void meanwhile(String operation, String name, Errnos.Call call) {
    watched.once(operation, name, (called, of) -> rival = Optional.of(Rival.start(call)));
  }

  private Optional<Errno> rivalErrno() throws Exception {
    return rival.orElseThrow().end().map(failure -> ((ErrnoException) failure).errno());
  }

  private void mount() throws ErrnoException {
    tree.mount("none", "/mnt", "watched", 0, "");
  }

  @Test
  void umount_amidAnOpen_isEbusy() throws Exception {
    mount();
    task.close(task.open("/mnt/f", CREATE, 0666));
    meanwhile("open", "", () -> tree.umount("/mnt"));
    int file = task.open("/mnt/f", OpenFlags.O_RDWR);
    assertThat(rivalErrno()).contains(Errno.EBUSY);
    task.write(file, MemorySegment.ofArray(new byte[20_000]));
    task.close(file);
    tree.umount("/mnt");
    assertThat(machine.check()).isEmpty();
  }

  @Test
  void umount_amidALookup_isEbusy() throws Exception {
    mount();
    tree.mkdir("/mnt/d", 0777);
    meanwhile("lookup", "f", () -> tree.umount("/mnt"));
    task.close(task.open("/mnt/d/f", CREATE, 0666));
    assertThat(rivalErrno()).contains(Errno.EBUSY);
    tree.umount("/mnt");
  }

  @Test
  void umount_ofOneOfTwoMountsWithOpenFiles_isEbusy() throws Exception {
    tree.mkdir("/tmp/other", 0777);
    tree.mount("proc", "/tmp/other", "proc", 0, "");
    int file = task.open("/tmp/other/meminfo", OpenFlags.O_RDONLY);
    assertErrno(Errno.EBUSY, () -> tree.umount("/tmp/other"));
    task.close(file);
    tree.umount("/tmp/other");
    assertThat(new TaskCalls(task).text("/proc/filesystems")).contains("proc");
  }

  @Test
  void umount_ofAWorkingDirectory_isEbusyUntilItsLastUserIsElsewhere() throws Exception {
    mount();
    tree.mkdir("/mnt/d", 0777);
    Task child = task.spawn("child");
    child.tree().chdir("/mnt/d");
    Task sharer = child.processes().clone(CLONE_VM | CLONE_FS);
    assertErrno(Errno.EBUSY, () -> tree.umount("/mnt"));
    child.exit();
    assertErrno(Errno.EBUSY, () -> tree.umount("/mnt"));
    sharer.tree().chdir("/");
    tree.umount("/mnt");
  }

  @Test
  void umount_ofAMountWithAMountInIt_isEbusy() throws Exception {
    mount();
    tree.mkdir("/mnt/d", 0777);
    tree.mount("none", "/mnt/d", "ramfs", 0, "");
    assertErrno(Errno.EBUSY, () -> tree.umount("/mnt"));
    tree.umount("/mnt/d");
    tree.umount("/mnt");
  }

  @Test
  void mount_thatTakesItsTime_delaysNobodyElse() throws Exception {
    meanwhile(
        "mount",
        "none",
        () -> {
          new TaskCalls(task).text("/proc/filesystems");
          tree.mount("none", "/tmp", "ramfs", 0, "");
          tree.umount("/tmp");
        });
    mount();
    assertThat(rivalErrno()).isEmpty();
    assertThat(rival.orElseThrow().isOver()).isTrue();
  }

  @Test
  void close_thatTakesItsTime_delaysNobodyElse() throws Exception {
    mount();
    boolean[] over = {false};
    watched.once(
        "close",
        "",
        (operation, name) -> {
          Rival other =
              Rival.start(() -> {
                new TaskCalls(task).text("/proc/filesystems");
                tree.mount("none", "/tmp", "ramfs", 0, "");
                tree.umount("/tmp");
              });
          over[0] = other.isOver();
        });
    tree.umount("/mnt");
    assertThat(over[0]).isTrue();
  }

  @Test
  void mount_thatTakesItsTime_delaysNoOtherMountOfItsType() throws Exception {
    tree.mkdir("/tmp/d", 0777);
    tree.mount("first", "/tmp/d", "watched", 0, "");
    boolean[] over = {false};
    watched.once(
        "mount",
        "none",
        (operation, name) -> {
          Rival other =
              Rival.start(() -> {
                tree.umount("/tmp/d");
                tree.mount("second", "/tmp/d", "watched", 0, "");
              });
          over[0] = other.isOver();
          rival = Optional.of(other);
        });
    mount();
    assertThat(over[0]).isTrue();
    assertThat(rivalErrno()).isEmpty();
  }

  @Test
  void close_thatTakesItsTime_delaysNoOtherMountOfItsType() throws Exception {
    mount();
    boolean[] over = {false};
    watched.once(
        "close",
        "",
        (operation, name) -> {
          Rival other = Rival.start(() -> tree.mount("second", "/tmp", "watched", 0, ""));
          over[0] = other.isOver();
        });
    tree.umount("/mnt");
    assertThat(over[0]).isTrue();
  }

  @Test
  void mount_onADirectoryThatIsRemovedMeanwhile_isEnoent() throws Exception {
    tree.mkdir("/tmp/d", 0777);
    meanwhile("mount", "none", () -> tree.rmdir("/tmp/d"));
    assertErrno(Errno.ENOENT, () -> tree.mount("none", "/tmp/d", "watched", 0, ""));
    assertThat(rivalErrno()).isEmpty();
    assertThat(watched.calls()).contains("close");
    tree.mkdir("/tmp/d", 0777);
    tree.mount("none", "/tmp/d", "watched", 0, "");
    assertErrno(Errno.EBUSY, () -> tree.rmdir("/tmp/d"));
    assertErrno(Errno.EBUSY, () -> tree.rename("/tmp/d", "/tmp/e"));
  }

  @Test
  void mount_onADirectoryThatIsCoveredMeanwhile_coversTheCover() throws Exception {
    tree.mkdir("/tmp/d", 0777);
    meanwhile("mount", "none", () -> tree.mount("none", "/tmp/d", "ramfs", 0, ""));
    tree.mount("none", "/tmp/d", "watched", 0, "");
    assertThat(rivalErrno()).isEmpty();
    tree.umount("/tmp/d");
    assertThat(watched.calls()).contains("close");
    tree.umount("/tmp/d");
    tree.rmdir("/tmp/d");
  }

  @Test
  void mount_whoseRootCannotBeTold_leavesNoFileSystemBehind() throws Exception {
    for (int i = 0; i < 20; i++) {
      watched.once(
          "root",
          "",
          (operation, name) -> {
            throw new IllegalStateException("no root");
          });
      assertErrno(Errno.EIO, "PLUGIN-01", this::mount);
    }
    assertThat(watched.calls().stream().filter("close"::equals)).hasSize(20);
    assertThat(machine.check()).isEmpty();
  }
}
