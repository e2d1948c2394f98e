package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Attributes;
import dev.nommu.api.Errno;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Owner;
import dev.nommu.api.Profile;
import dev.nommu.kernel.fs.NewTime;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** chmod, chown and utimensat: who may do what to whose file. */
final class AttributeOperationsTest {
  private static final int USER = 1000;
  private static final int GROUP = 100;
  private static final int OTHER = 1001;
  private static final Instant LONG_AGO = Instant.ofEpochSecond(-1, 123_456_789);

  @RegisterExtension final Machines machines = new Machines();

  private Task root;
  private Task owner;
  private Task other;

  @BeforeEach
  void bootForTwoUsers() throws Exception {
    root = machines.boot(Profile.DOCUMENT).init();
    root.tree().umask(0);
    owner = user(USER);
    other = user(OTHER);
    root.tree().mkdir("/tmp/all", 0777);
    owner.close(owner.open("/tmp/all/f", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644));
  }

  private Task user(int uid) throws Exception {
    Task user = root.spawn("user");
    user.processes().setgid(GROUP);
    user.processes().setuid(uid);
    return user;
  }

  private Attributes attributes() throws Exception {
    return root.tree().lstat("/tmp/all/f").attributes();
  }

  @Test
  void own04_mode_isForTheOwnerToChange() throws Exception {
    owner.tree().chmod("/tmp/all/f", 0600);
    assertErrno(Errno.EPERM, () -> other.tree().chmod("/tmp/all/f", 0666));
    int file = owner.open("/tmp/all/f", OpenFlags.O_RDONLY);
    owner.descriptors().fchmod(file, 0640);
    assertThat(attributes().permissions()).isEqualTo(0640);
    root.tree().chmod("/tmp/all/f", 0444);
    assertThat(attributes().permissions()).isEqualTo(0444);
  }

  @Test
  void own04_setGroupId_isForMembersOfTheGroup() throws Exception {
    owner.tree().chmod("/tmp/all/f", 02755);
    assertThat(attributes().permissions()).isEqualTo(02755);
    root.tree().chown("/tmp/all/f", -1, 7);
    owner.tree().chmod("/tmp/all/f", 06755);
    assertThat(attributes().permissions()).isEqualTo(04755);
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 1000, 100, ",
    "1000, -1, -1, ",
    "1000, -1, 100, ",
    "1000, 1001, -1, EPERM",
    "1000, 1000, 7, EPERM",
    "1001, -1, 100, EPERM",
    "1001, 1001, -1, EPERM",
    "1001, -1, -1, ",
    "0, 1001, 7, "
  })
  void own05_chown_isForTheSuperuserAndTheGroupForTheOwner(
      int caller, int uid, int gid, Errno refused) throws Exception {
    Task task = caller == 0 ? root : caller == USER ? owner : other;
    if (refused != null) {
      assertErrno(refused, () -> task.tree().chown("/tmp/all/f", uid, gid));
      assertThat(attributes().owner()).isEqualTo(new Owner(USER, GROUP));
      return;
    }
    task.tree().chown("/tmp/all/f", uid, gid);
    assertThat(attributes().owner())
        .isEqualTo(new Owner(uid == -1 ? USER : uid, gid == -1 ? GROUP : gid));
  }

  @ParameterizedTest
  @CsvSource({"6777, 0777", "6767, 2767", "4600, 0600", "1777, 1777"})
  void own05_fileThatIsGivenAway_runsInNobodysName(String before, String after) throws Exception {
    root.tree().chmod("/tmp/all/f", Integer.parseInt(before, 8));
    int file = owner.open("/tmp/all/f", OpenFlags.O_RDONLY);
    root.tree().chown("/tmp/all/f", OTHER, -1);
    assertThat(attributes().permissions()).isEqualTo(Integer.parseInt(after, 8));
    assertErrno(Errno.EPERM, () -> owner.descriptors().fchown(file, USER, GROUP));
  }

  @Test
  void own05_directoryAndLink_keepTheirMode() throws Exception {
    root.tree().chmod("/tmp/all", 07777);
    root.tree().symlink("f", "/tmp/all/l");
    root.tree().chown("/tmp/all", USER, GROUP);
    root.tree().lchown("/tmp/all/l", OTHER, 7);
    assertThat(root.tree().stat("/tmp/all").attributes().permissions()).isEqualTo(07777);
    assertThat(root.tree().stat("/tmp/all").attributes().owner()).isEqualTo(new Owner(USER, GROUP));
    assertThat(root.tree().lstat("/tmp/all/l").attributes().owner()).isEqualTo(new Owner(OTHER, 7));
    assertThat(attributes().owner()).isEqualTo(new Owner(USER, GROUP));
  }

  @Test
  void own06_times_areSetByTheOwner() throws Exception {
    Instant later = LONG_AGO.plus(Duration.ofDays(40_000));
    owner.tree().utimensat("/tmp/all/f", NewTime.at(LONG_AGO), NewTime.at(later));
    assertThat(attributes().accessed()).isEqualTo(LONG_AGO);
    assertThat(attributes().modified()).isEqualTo(later);
    owner.tree().utimensat("/tmp/all/f", NewTime.OMIT, NewTime.NOW);
    assertThat(attributes().accessed()).isEqualTo(LONG_AGO);
    assertThat(attributes().modified()).isEqualTo(root.time().realtime());
    assertErrno(Errno.EPERM, () -> other.tree().utimensat("/tmp/all/f", NewTime.NOW, NewTime.OMIT));
    int file = root.open("/tmp/all/f", OpenFlags.O_RDONLY);
    root.descriptors().futimens(file, NewTime.at(later), NewTime.OMIT);
    assertThat(attributes().accessed()).isEqualTo(later);
  }

  @Test
  void own06_touch_isForWhoMayWrite() throws Exception {
    owner.tree().utimensat("/tmp/all/f", NewTime.at(LONG_AGO), NewTime.at(LONG_AGO));
    assertErrno(Errno.EACCES, () -> other.tree().utimensat("/tmp/all/f", NewTime.NOW, NewTime.NOW));
    owner.tree().chmod("/tmp/all/f", 0664);
    other.tree().utimensat("/tmp/all/f", NewTime.NOW, NewTime.NOW);
    assertThat(attributes().accessed()).isEqualTo(root.time().realtime());
    assertThat(attributes().modified()).isEqualTo(root.time().realtime());
  }

  @Test
  void own06_nothingToChange_isNotEvenLookedFor() throws Exception {
    root.tree().utimensat("/none", NewTime.OMIT, NewTime.OMIT);
    assertErrno(Errno.ENOENT, () -> root.tree().utimensat("/none", NewTime.OMIT, NewTime.NOW));
  }

  @Test
  void own07_readOnlyMountAndFileSystemWithoutOwners_refuse() throws Exception {
    root.tree().mkdir("/tmp/ro", 0755);
    root.tree().mount("none", "/tmp/ro", "ramfs", 1, "");
    assertErrno(Errno.EROFS, () -> root.tree().chmod("/tmp/ro", 0700));
    assertErrno(Errno.EROFS, () -> root.tree().chown("/tmp/ro", 1, 1));
    assertErrno(Errno.EROFS, () -> root.tree().utimensat("/tmp/ro", NewTime.NOW, NewTime.NOW));
    assertErrno(Errno.EPERM, () -> root.tree().chown("/proc/mounts", 1, 1));
    assertErrno(Errno.EPERM, () -> root.tree().utimensat("/proc/mounts", NewTime.NOW, NewTime.NOW));
  }

  @Test
  void own08_nameInAStickyDirectory_isItsOwnersToRemove() throws Exception {
    root.tree().chmod("/tmp/all", 01777);
    other.tree().mkdir("/tmp/all/d", 0777);
    assertErrno(Errno.EPERM, () -> other.tree().unlink("/tmp/all/f"));
    assertErrno(Errno.EPERM, () -> other.tree().rename("/tmp/all/f", "/tmp/all/g"));
    assertErrno(Errno.EPERM, () -> owner.tree().rmdir("/tmp/all/d"));
    other.tree().create("/tmp/all/h", NewInode.fifo(0600));
    assertErrno(Errno.EPERM, () -> other.tree().rename("/tmp/all/h", "/tmp/all/f"));
    root.tree().chown("/tmp/all", OTHER, -1);
    other.tree().rename("/tmp/all/h", "/tmp/all/f");
    owner.tree().create("/tmp/all/mine", NewInode.fifo(0600));
    owner.tree().unlink("/tmp/all/mine");
  }
}
