package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.task.TreeCalls;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What paths name: links, "..", mount points, limits; and what mount flags forbid. */
final class PathWalkTest {
  @RegisterExtension final Machines machines = new Machines();

  private Machine machine;
  private TaskCalls p;
  private TreeCalls tree;

  @BeforeEach
  void makeTree() throws Exception {
    machine = machines.boot(Profile.DOCUMENT);
    p = new TaskCalls(machine.init());
    tree = p.task().tree();
    tree.mkdir("/tmp/a", 0755);
    tree.mkdir("/tmp/a/b", 0755);
    p.file("/tmp/a/b/file", new byte[] {1, 2, 3});
    tree.symlink("b/file", "/tmp/a/relative");
    tree.symlink("/tmp/a/b", "/tmp/absolute");
    tree.symlink("../../tmp/a", "/tmp/a/up");
  }

  private long inode(String path) throws Exception {
    return tree.stat(path).inode();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tmp/a/b/file",
        "//tmp///a/./b/../b/file",
        "/tmp/a/relative",
        "/tmp/absolute/file",
        "/tmp/a/up/b/file",
        "/tmp/a/up/up/up/relative",
        "/../../tmp/a/b/file",
        "/proc/../tmp/absolute/../relative"
      })
  void path_leadsThroughLinksAndDotsToTheFile(String path) throws Exception {
    assertThat(inode(path)).isEqualTo(inode("/tmp/a/b/file"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', ENOENT",
    "/tmp/none, ENOENT",
    "/tmp/none/file, ENOENT",
    "/tmp/a/b/file/more, ENOTDIR",
    "/tmp/a/b/file/, ENOTDIR",
    "/tmp/a/b/file/., ENOTDIR",
    "/tmp/a/relative/, ENOTDIR",
    "relative, ENOENT"
  })
  void path_thatNamesNothing_isAnError(String path, Errno errno) {
    assertErrno(errno, () -> tree.stat(path));
  }

  @ParameterizedTest
  @CsvSource({"/tmp, /tmp already exists", "/tmp/a, /tmp/a already exists"})
  void nameInTheRoot_hasOneSlashInMessages(String path, String message) {
    assertThat(catchThrowableOfType(ErrnoException.class, () -> tree.mkdir(path, 0755)))
        .hasMessageContaining(message)
        .message()
        .doesNotContain("//");
  }

  @Test
  void path_relative_beginsAtTheWorkingDirectory() throws Exception {
    tree.chdir("/tmp/a");
    assertThat(inode("b/file")).isEqualTo(inode("/tmp/a/b/file"));
    assertThat(inode("..")).isEqualTo(inode("/tmp"));
    assertErrno(Errno.ENOTDIR, () -> tree.chdir("b/file"));
    TaskCalls child = p.other();
    child.task().tree().chdir("b");
    assertThat(child.task().tree().stat("file").inode()).isEqualTo(inode("b/file"));
  }

  @Test
  void links_thatGoRoundInACircle_areEloop() throws Exception {
    tree.symlink("/tmp/two", "/tmp/one");
    tree.symlink("/tmp/one", "/tmp/two");
    assertErrno(Errno.ELOOP, () -> tree.stat("/tmp/one"));
    assertErrno(Errno.ELOOP, () -> p.read("/tmp/one/more"));
    assertThat(tree.lstat("/tmp/one").kind()).isEqualTo(FileKind.SYMBOLIC_LINK);
  }

  @Test
  void links_fortyAreFollowedAndNoMore() throws Exception {
    tree.symlink("/tmp/a/b/file", "/tmp/l1");
    for (int i = 2; i <= 41; i++) {
      tree.symlink("/tmp/l" + (i - 1), "/tmp/l" + i);
    }
    assertThat(inode("/tmp/l40")).isEqualTo(inode("/tmp/a/b/file"));
    assertErrno(Errno.ELOOP, () -> tree.stat("/tmp/l41"));
  }

  @Test
  void path_ofOneNameBelowTheRoot_doesNotBeginAtTheWorkingDirectory() throws Exception {
    tree.chdir("/tmp");
    tree.mkdir("/new", 0755);
    assertThat(tree.stat("/new").kind()).isEqualTo(FileKind.DIRECTORY);
    assertErrno(Errno.ENOENT, () -> tree.stat("/tmp/new"));
  }

  @Test
  void path_ofAFileToBeMadeThatEndsInASlash_isNamedWhole() throws Exception {
    int flags = OpenFlags.O_CREAT | OpenFlags.O_RDWR;
    tree.chdir("/tmp/a");
    assertThat(catchThrowableOfType(ErrnoException.class, () -> p.task().open("new/", flags, 0644)))
        .hasMessage("open /tmp/a/new: only a directory ends in a slash");
  }

  @Test
  void path_thatBeginsWithAZeroByte_isEinval() {
    assertErrno(Errno.EINVAL, () -> tree.stat("\0tmp"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tmp/a/never", "/tmp/a/.", "/tmp/a/..", "/tmp/a/known"})
  void path_throughADirectoryNobodyMaySearch_isEacces(String path) throws Exception {
    p.task().close(p.file("/tmp/a/known", new byte[1]));
    tree.stat("/tmp/a/known");
    TaskCalls nobody = p.other();
    nobody.task().processes().setuid(1000);
    tree.chmod("/tmp/a", 0744);
    assertErrno(Errno.EACCES, () -> nobody.task().tree().stat(path));
    int flags = OpenFlags.O_CREAT | OpenFlags.O_RDONLY;
    assertErrno(Errno.EACCES, () -> nobody.task().open("/tmp/a/known", flags, 0644));
  }

  @Test
  void name_of255Bytes_isTheLongest() throws Exception {
    String longest = "/tmp/" + "n".repeat(255);
    tree.mkdir(longest, 0755);
    assertThat(tree.stat(longest).kind()).isEqualTo(FileKind.DIRECTORY);
    assertErrno(Errno.ENAMETOOLONG, () -> tree.mkdir(longest + "n", 0755));
    assertErrno(Errno.ENAMETOOLONG, () -> tree.stat("/tmp/" + "\u00e4".repeat(128)));
  }

  @Test
  void path_of4096Bytes_isTooLong() throws Exception {
    String longest = "/".repeat(4092) + "tmp";
    assertThat(inode(longest)).isEqualTo(inode("/tmp"));
    assertErrno(Errno.ENAMETOOLONG, () -> tree.stat("/" + longest));
  }

  @Test
  void mount_coversADirectoryUntilItIsTakenAway() throws Exception {
    tree.mount("none", "/tmp/a", "ramfs", 0, "");
    assertErrno(Errno.ENOENT, () -> tree.stat("/tmp/a/b"));
    tree.mkdir("/tmp/a/new", 0755);
    assertThat(inode("/tmp/a/new/../..")).isEqualTo(inode("/tmp"));
    assertThat(tree.stat("/tmp/a").device()).isNotEqualTo(tree.stat("/tmp").device());
    tree.umount("/tmp/a");
    assertThat(tree.stat("/tmp/a/b").kind()).isEqualTo(FileKind.DIRECTORY);
  }

  @Test
  void mount_onAMount_coversIt() throws Exception {
    tree.mount("none", "/tmp/a", "ramfs", 0, "");
    tree.mkdir("/tmp/a/lower", 0755);
    tree.mount("none", "/tmp/a", "ramfs", 0, "");
    assertErrno(Errno.ENOENT, () -> tree.stat("/tmp/a/lower"));
    assertThat(inode("/tmp/a/..")).isEqualTo(inode("/tmp"));
    tree.umount("/tmp/a");
    tree.umount("/tmp/a");
    assertErrno(Errno.EINVAL, () -> tree.umount("/tmp/a"));
  }

  @Test
  void umount_whileAFileIsOpenOrMapped_isEbusy() throws Exception {
    tree.mount("none", "/mnt", "ramfs", 0, "");
    int file = p.gathered("/mnt/memory", PAGE);
    long start = p.map(file, PAGE, 3, 1);
    assertErrno(Errno.EBUSY, () -> tree.umount("/mnt"));
    p.task().close(file);
    assertErrno(Errno.EBUSY, () -> tree.umount("/mnt"));
    p.task().munmap(start, PAGE);
    long free = machine.freePages();
    tree.umount("/mnt");
    assertThat(machine.freePages()).isEqualTo(free + 1);
  }

  @Test
  void umount_withAMountBelow_isEbusy() throws Exception {
    tree.mount("none", "/mnt", "ramfs", 0, "");
    tree.mkdir("/mnt/below", 0755);
    tree.mount("none", "/mnt/below", "ramfs", 0, "");
    assertErrno(Errno.EBUSY, () -> tree.umount("/mnt"));
    assertErrno(Errno.EINVAL, () -> tree.umount("/"));
    assertErrno(Errno.EBUSY, () -> tree.rmdir("/mnt/below"));
  }

  @ParameterizedTest
  @CsvSource({
    "none, /tmp/none, ramfs, ENOENT",
    "none, /tmp/a/b/file, ramfs, ENOTDIR",
    "none, /mnt, nosuchfs, ENODEV",
    "/dev/null, /mnt, romfs, ENOTBLK",
    "/dev/none, /mnt, romfs, ENOENT",
    "/dev/ram0, /mnt, romfs, EINVAL",
    "nobody, /mnt, hostfs, EINVAL"
  })
  void mount_thatCannotBe_isAnErrorAndLeavesNothing(
      String source, String target, String type, Errno errno) {
    int mounts = machine.mounts().size();
    assertErrno(errno, () -> tree.mount(source, target, type, 1, ""));
    assertThat(machine.mounts()).hasSize(mounts);
  }

  @Test
  void readOnlyMount_cannotBeChanged() throws Exception {
    tree.mount("none", "/mnt", "ramfs", 1, "");
    assertErrno(Errno.EROFS, () -> tree.mkdir("/mnt/a", 0755));
    assertErrno(Errno.EROFS, () -> p.gathered("/mnt/file", 0));
    assertErrno(Errno.EROFS, () -> tree.symlink("x", "/mnt/link"));
    assertErrno(Errno.EROFS, () -> tree.chmod("/mnt", 0700));
  }

  @Test
  void nodevMount_opensNoDevice() throws Exception {
    tree.mount("none", "/mnt", "ramfs", 4, "");
    NewInode zero = NewInode.deviceFile(0666, DeviceFile.Kind.CHARACTER, new DeviceNumber(1, 5));
    tree.create("/mnt/zero", zero);
    tree.create("/tmp/zero", zero);
    assertErrno(Errno.EACCES, () -> p.read("/mnt/zero"));
    assertThat(p.read("/tmp/zero")).isPositive();
  }

  @Test
  void device_withoutADriver_isEnxio() throws Exception {
    tree.create(
        "/tmp/none", NewInode.deviceFile(0666, DeviceFile.Kind.BLOCK, new DeviceNumber(250, 3)));
    assertErrno(Errno.ENXIO, () -> p.read("/tmp/none"));
  }

  @Test
  void open_flagsDecideWhatIsFoundOrMade() throws Exception {
    int create = OpenFlags.O_CREAT | OpenFlags.O_RDWR;
    assertErrno(
        Errno.EEXIST, () -> p.task().open("/tmp/a/b/file", create | OpenFlags.O_EXCL, 0600));
    assertErrno(Errno.EISDIR, () -> p.write("/tmp/a"));
    assertErrno(Errno.ENOTDIR, () -> p.task().open("/tmp/a/b/file", OpenFlags.O_DIRECTORY));
    assertErrno(Errno.ELOOP, () -> p.task().open("/tmp/a/relative", OpenFlags.O_NOFOLLOW));
    int directory = OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW;
    assertErrno(Errno.ENOTDIR, () -> p.task().open("/tmp/a/relative", directory));
    assertErrno(Errno.EISDIR, () -> p.task().open("/tmp/a", 3));
    int path = p.task().open("/tmp/a/b/file", OpenFlags.O_PATH);
    assertErrno(Errno.EBADF, () -> p.task().read(path, MemorySegment.ofArray(new byte[1])));
    assertErrno(Errno.EBADF, () -> p.map(path, PAGE, 1, 2));
  }

  @Test
  void open_createThroughALinkWithoutAGoal_makesTheGoal() throws Exception {
    tree.symlink("goal", "/tmp/dangling");
    int made = p.task().open("/tmp/dangling", OpenFlags.O_CREAT | OpenFlags.O_RDWR, 0600);
    assertThat(made).isPositive();
    assertThat(tree.stat("/tmp/goal").kind()).isEqualTo(FileKind.REGULAR);
  }

  @Test
  void dotDotInADirectoryThatWasMoved_isWhereItIsNow() throws Exception {
    tree.chdir("/tmp/a/b");
    tree.rename("/tmp/a/b", "/tmp/c");
    assertThat(inode("..")).isEqualTo(inode("/tmp"));
    tree.rename("/tmp/a", "/tmp/c/a");
    assertThat(inode("a/..")).isEqualTo(inode("/tmp/c"));
  }

  @Test
  void rename_ofADirectoryIntoItself_isEinval() throws Exception {
    assertErrno(Errno.EINVAL, () -> tree.rename("/tmp/a", "/tmp/a/b/c"));
    assertErrno(Errno.EXDEV, () -> tree.rename("/tmp/a", "/dev/a"));
    tree.rename("/tmp/a", "/tmp/c");
    assertThat(tree.stat("/tmp/c/b/file").kind()).isEqualTo(FileKind.REGULAR);
  }
}
