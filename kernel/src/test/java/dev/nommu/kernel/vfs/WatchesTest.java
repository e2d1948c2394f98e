package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.fs.DirectoryWatch;
import dev.nommu.kernel.fs.NewTime;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The events of directories that are watched; those that Linux reports of the same calls. */
final class WatchesTest {
  private static final Instant THEN = Instant.ofEpochSecond(1);

  @RegisterExtension final Machines machines = new Machines();

  private final List<String> events = new ArrayList<>();
  private Machine machine;
  private Task task;

  private interface Call {
    void make() throws Exception;
  }

  @BeforeEach
  void watchTwoDirectories() throws Exception {
    machine = machines.boot(Profile.LINUX_6_12);
    task = machine.init();
    task.tree().mkdir("/d", 0755);
    task.tree().mkdir("/e", 0755);
    watch("/d", "d");
    watch("/e", "e");
  }

  private DirectoryWatch watch(String path, String shown) throws Exception {
    return task.tree()
        .watch(path, event -> events.add("%s %s %s".formatted(shown, event.kind(), event.name())));
  }

  private void assertReports(Call call, String... expected) throws Exception {
    events.clear();
    call.make();
    assertThat(events).containsExactly(expected);
  }

  private int create(String path) throws Exception {
    int file = task.open(path, OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
    events.clear();
    return file;
  }

  private static MemorySegment bytes(int count) {
    return MemorySegment.ofArray(new byte[count]);
  }

  @Test
  void inotify01_directoryThatMayBeRead_canBeWatched() throws Exception {
    create("/d/f");
    task.tree().mkdir("/d/hidden", 0333);
    Task user = task.spawn("user");
    user.processes().setuid(1000);
    assertErrno(Errno.EACCES, () -> user.tree().watch("/d/hidden", event -> {}));
    assertErrno(Errno.ENOTDIR, () -> task.tree().watch("/d/f", event -> {}));
    assertErrno(Errno.ENOENT, () -> task.tree().watch("/d/none", event -> {}));
    int removed = task.open("/e", OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0);
    task.tree().rmdir("/e");
    assertErrno(Errno.ENOENT, () -> task.tree().at(removed).withEmptyPath().watch("", event -> {}));
  }

  @Test
  void inotify01_everyWatch_hearsUntilItIsClosed() throws Exception {
    DirectoryWatch second = watch("/d", "second");
    assertReports(() -> task.tree().mkdir("/d/1", 0755), "d CREATE 1", "second CREATE 1");
    second.close();
    second.close();
    assertReports(() -> task.tree().mkdir("/d/2", 0755), "d CREATE 2");
  }

  @Test
  void inotify01_watchOfWhatIsRemoved_ends() throws Exception {
    assertReports(() -> task.tree().rmdir("/d"), "d IGNORED ");
    assertReports(() -> task.tree().mkdir("/d", 0755));
    assertReports(() -> task.tree().mkdir("/d/1", 0755));
    task.tree().mkdir("/d2", 0755);
    assertReports(() -> task.tree().rename("/d2", "/e"), "e IGNORED ");
  }

  @Test
  void inotify01_watchOfWhatIsUnmounted_endsWithTheLastMount() throws Exception {
    task.tree().mount("none", "/d", "ramfs", Set.of(), "");
    task.tree().mkdir("/d/in", 0755);
    watch("/d/in", "in");
    assertReports(() -> task.tree().mkdir("/d/in/1", 0755), "in CREATE 1");
    assertReports(() -> task.tree().umount("/d"), "in IGNORED ");
    watch("/dev", "dev");
    events.clear();
    machine.close();
    assertThat(events).containsExactlyInAnyOrder("d IGNORED ", "e IGNORED ", "dev IGNORED ");
  }

  @Test
  void inotify02_namesThatComeAndGo_areReported() throws Exception {
    assertReports(
        () -> task.open("/d/f", OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0644), "d CREATE f");
    assertReports(() -> task.open("/d/f", OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0644));
    assertReports(() -> task.tree().mkdir("/d/s", 0755), "d CREATE s");
    assertReports(() -> task.tree().mkdir("/d/s/deep", 0755));
    assertReports(() -> task.tree().symlink("x", "/d/l"), "d CREATE l");
    assertReports(() -> task.tree().create("/d/p", NewInode.fifo(0644)), "d CREATE p");
    assertReports(() -> task.tree().link("/d/f", "/e/g"), "e CREATE g");
    assertReports(() -> task.tree().unlink("/d/f"), "d DELETE f");
    task.tree().rmdir("/d/s/deep");
    assertReports(() -> task.tree().rmdir("/d/s"), "d DELETE s");
    assertReports(() -> assertErrno(Errno.ENOENT, () -> task.tree().unlink("/d/f")));
    assertReports(() -> task.open("/d", OpenFlags.O_RDWR | OpenFlags.O_TMPFILE, 0644));
  }

  @Test
  void inotify02_rename_isReportedWhereItIsFromAndWhereItGoes() throws Exception {
    create("/d/f");
    create("/d/g");
    assertReports(() -> task.tree().rename("/d/f", "/d/h"), "d MOVED_FROM f", "d MOVED_TO h");
    assertReports(() -> task.tree().rename("/d/h", "/e/g"), "d MOVED_FROM h", "e MOVED_TO g");
    assertReports(() -> task.tree().rename("/e/g", "/d/g"), "e MOVED_FROM g", "d MOVED_TO g");
    task.tree().link("/d/g", "/d/same");
    assertReports(() -> task.tree().rename("/d/same", "/d/g"));
  }

  @Test
  void inotify03_writesAndSizes_areReported() throws Exception {
    int file = create("/d/f");
    assertReports(() -> task.write(file, bytes(3)), "d MODIFY f");
    assertReports(() -> task.pwrite(file, bytes(3), 7), "d MODIFY f");
    assertReports(() -> task.write(file, bytes(0)));
    assertReports(() -> task.ftruncate(file, 10), "d MODIFY f");
    assertReports(() -> task.tree().truncate("/d/f", 5), "d MODIFY f");
    assertReports(() -> task.open("/d/f", OpenFlags.O_WRONLY | OpenFlags.O_TRUNC, 0), "d MODIFY f");
    assertReports(() -> task.open("/d/f", OpenFlags.O_WRONLY | OpenFlags.O_TRUNC, 0), "d MODIFY f");
    task.write(file, bytes(9));
    int other = create("/d/other");
    assertReports(
        () -> task.descriptors().sendfile(other, file, Optional.of(0L), 9), "d MODIFY other");
  }

  @Test
  void inotify03_writesToPipes_areNot() throws Exception {
    task.tree().create("/d/p", NewInode.fifo(0644));
    int pipe = task.open("/d/p", OpenFlags.O_RDWR, 0);
    assertReports(() -> task.write(pipe, bytes(3)));
  }

  @Test
  void inotify03_file_isCalledWhatItIsCalledNow() throws Exception {
    int file = create("/d/f");
    task.tree().link("/d/f", "/d/other");
    assertReports(() -> task.write(file, bytes(1)), "d MODIFY f");
    task.tree().rename("/d/f", "/d/h");
    assertReports(() -> task.write(file, bytes(1)), "d MODIFY h");
    task.tree().rename("/d/h", "/e/k");
    assertReports(() -> task.write(file, bytes(1)), "e MODIFY k");
    task.tree().unlink("/e/k");
    assertReports(() -> task.write(file, bytes(1)), "e MODIFY k");
  }

  @Test
  void inotify04_attributes_areReported() throws Exception {
    create("/d/f");
    NewTime then = NewTime.at(THEN);
    assertReports(() -> task.tree().chmod("/d/f", 0600), "d ATTRIB f");
    assertReports(() -> task.tree().chown("/d/f", 5, -1), "d ATTRIB f");
    assertReports(() -> task.tree().chown("/d/f", -1, -1));
    task.tree().chmod("/d/f", 04755);
    assertReports(() -> task.tree().chown("/d/f", -1, -1), "d ATTRIB f");
    assertReports(() -> task.tree().utimensat("/d/f", then, then), "d ATTRIB f");
    assertReports(() -> task.tree().utimensat("/d/f", then, NewTime.OMIT));
    assertReports(() -> task.tree().utimensat("/d/f", NewTime.OMIT, then), "d MODIFY f");
    assertReports(() -> task.tree().chmod("/d", 0755));
  }
}
