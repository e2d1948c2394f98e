package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.Attributes;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.FileKind;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To whom belongs what a process makes. */
final class NewOwnerTest {
  private static final int USER = 1000;
  private static final int GROUP = 100;
  private static final int TEAM = 50;

  @RegisterExtension final Machines machines = new Machines();

  private Task root;
  private TaskCalls user;

  @BeforeEach
  void bootForTwoUsers() throws Exception {
    Path host =
        Files.createDirectory(
            Jimfs.newFileSystem(Configuration.unix().toBuilder().setAttributeViews("posix").build())
                .getPath("/host"));
    Files.setPosixFilePermissions(host, PosixFilePermissions.fromString("rwxr-xr-x"));
    Board board =
        TestBoard.withMebibytes(16)
            .persistentHost("files", host)
            .mount("files", "/host", "hostfs", "")
            .build();
    root = machines.boot(board, Profile.DOCUMENT).init();
    root.tree().umask(0);
    user = new TaskCalls(root.spawn("user"));
    user.task().processes().setgid(GROUP);
    user.task().processes().setuid(USER);
    root.tree().mkdir("/tmp/all", 0777);
    root.tree().mkdir("/host/all", 0777);
  }

  private Attributes attributes(String path) throws Exception {
    return root.tree().lstat(path).attributes();
  }

  private void assertOwner(String path, int uid, int gid) throws Exception {
    assertThat(attributes(path).owner().uid()).as("user of " + path).isEqualTo(uid);
    assertThat(attributes(path).owner().gid()).as("group of " + path).isEqualTo(gid);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tmp/all", "/host/all"})
  void own01_newFile_belongsToWhoMadeIt(String directory) throws Exception {
    String path = directory + "/mine";
    user.task().close(user.task().open(path, OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0600));
    assertOwner(path, USER, GROUP);
    user.task().close(user.write(path));
    user.task().tree().chmod(path, 0640);
    assertThat(attributes(path).permissions()).isEqualTo(0640);
  }

  @Test
  void own01_everyKindOfNewInode_belongsToWhoMadeIt() throws Exception {
    user.task().tree().mkdir("/tmp/all/d", 0700);
    user.task().tree().symlink("d", "/tmp/all/l");
    user.task().tree().create("/tmp/all/p", NewInode.fifo(0600));
    user.task().tree().create("/tmp/all/s", NewInode.socket(0600));
    for (String name : new String[] {"d", "l", "p", "s"}) {
      assertOwner("/tmp/all/" + name, USER, GROUP);
    }
  }

  @Test
  void own01_directoryWithSetGroupId_givesItsGroupAndItsBit() throws Exception {
    Task member = root.spawn("member");
    member.processes().setgid(TEAM);
    member.tree().mkdir("/tmp/team", 0777);
    root.tree().chmod("/tmp/team", 02777);

    user.file("/tmp/team/file", new byte[0]);
    user.task().tree().mkdir("/tmp/team/below", 0755);
    assertOwner("/tmp/team/file", USER, TEAM);
    assertOwner("/tmp/team/below", USER, TEAM);
    assertThat(attributes("/tmp/team/below").permissions()).isEqualTo(02755);
  }

  @ParameterizedTest
  @ValueSource(ints = {02770, 02760})
  void own01_setGroupIdOfAFile_isForMembersOfTheGroup(int permissions) throws Exception {
    Task member = root.spawn("member");
    member.processes().setgid(TEAM);
    member.tree().mkdir("/tmp/team", 0777);
    root.tree().chmod("/tmp/team", 02777);

    user.task().tree().create("/tmp/team/u", NewInode.regularFile(permissions));
    member.tree().create("/tmp/team/m", NewInode.regularFile(permissions));
    boolean executable = (permissions & 0010) != 0;
    assertThat(attributes("/tmp/team/u").permissions())
        .isEqualTo(executable ? permissions & ~02000 : permissions);
    assertThat(attributes("/tmp/team/m").permissions()).isEqualTo(permissions);
  }

  @Test
  void own13_umask_isTakenFromWhatAProcessMakes() throws Exception {
    Task task = machines.boot(Profile.DOCUMENT).init();
    assertThat(task.tree().umask(07026)).as("the first one").isEqualTo(022);
    Task child = task.spawn("child");
    assertThat(task.tree().umask(0)).isEqualTo(026);
    child.open("/tmp/file", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 07777);
    child.tree().mkdir("/tmp/directory", 0777);
    child.tree().create("/tmp/fifo", NewInode.fifo(0666));
    child.tree().symlink("file", "/tmp/link");
    int nameless = child.open("/tmp", OpenFlags.O_RDWR | OpenFlags.O_TMPFILE, 0666);
    child.tree().umask(0);
    assertThat(permissions(task, "/tmp/file")).isEqualTo(07751);
    assertThat(permissions(task, "/tmp/directory")).isEqualTo(0751);
    assertThat(permissions(task, "/tmp/fifo")).isEqualTo(0640);
    assertThat(permissions(task, "/tmp/link")).isEqualTo(0777);
    assertThat(child.fstat(nameless).attributes().permissions()).isEqualTo(0640);
  }

  private static int permissions(Task task, String path) throws Exception {
    return task.tree().lstat(path).attributes().permissions();
  }

  @Test
  void own02_deviceNode_isMadeByTheSuperuserOnly() throws Exception {
    NewInode node = NewInode.deviceFile(0666, DeviceFile.Kind.CHARACTER, new DeviceNumber(1, 5));
    assertErrno(Errno.EPERM, () -> user.task().tree().create("/tmp/all/zero", node));
    root.tree().create("/tmp/all/zero", node);
    assertErrno(Errno.EEXIST, () -> user.task().tree().create("/tmp/all/zero", node));
  }

  @Test
  void own03_socket_canBeMadeButNotOpened() throws Exception {
    root.tree().create("/tmp/s", NewInode.socket(0644));
    assertThat(root.tree().stat("/tmp/s").kind()).isEqualTo(FileKind.SOCKET);
    assertErrno(Errno.ENXIO, () -> root.open("/tmp/s", OpenFlags.O_RDONLY));
  }
}
