package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.TreeCalls;
import dev.nommu.kernel.testing.Background;
import dev.nommu.kernel.testing.Errnos;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.Rival;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.kernel.testing.WatchedFileSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that two tasks change at once: the second begins while a plugin is amid the first. */
final class NameRaceTest {
  private static final int CREATE = OpenFlags.O_RDWR | OpenFlags.O_CREAT;

  @RegisterExtension final Machines machines = new Machines();

  private final WatchedFileSystem watched = new WatchedFileSystem();
  private final List<Rival> rivals = new ArrayList<>();
  private Task root;
  private Task user;
  private TreeCalls tree;

  @BeforeEach
  void mount() throws Exception {
    Machine machine = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, watched);
    root = machine.init();
    tree = root.tree();
    tree.umask(0);
    tree.mount("none", "/mnt", "watched", 0, "");
    tree.chmod("/mnt", 0777);
    user = root.spawn("user");
    user.processes().setuid(1000);
    watched.clear();
  }

  @AfterEach
  void noPromiseIsBroken() {
    assertThat(watched.broken()).isEmpty();
  }

  private void meanwhile(String operation, String name, Errnos.Call call) {
    watched.once(operation, name, (called, of) -> rivals.add(Rival.start(call)));
  }

  private void assertRivalSucceeds() throws Exception {
    assertThat(rivals).hasSize(1);
    assertThat(rivals.getFirst().end()).isEmpty();
  }

  private Errno rivalErrno() throws Exception {
    return ((ErrnoException) rivals.getFirst().end().orElseThrow()).errno();
  }

  @Test
  void openCreat_whileAnotherMakesTheName_opensWhatIsThere() throws Exception {
    watched.once(
        "lookup",
        "new",
        (operation, name) ->
            meanwhile("attributes", "", () -> root.open("/mnt/new", CREATE, 0666)));
    user.open("/mnt/new", CREATE, 0666);
    assertRivalSucceeds();
  }

  @Test
  void openCreat_amidAnotherOnes_makesTheFileOnce() throws Exception {
    meanwhile("create", "new", () -> user.open("/mnt/new", CREATE, 0666));
    root.open("/mnt/new", CREATE, 0666);
    assertRivalSucceeds();
    assertThat(watched.calls()).containsOnlyOnce("create new");
  }

  @Test
  void openCreatExcl_whenBeaten_isEexist() throws Exception {
    meanwhile("create", "new", () -> user.open("/mnt/new", CREATE | OpenFlags.O_EXCL, 0666));
    root.open("/mnt/new", CREATE, 0666);
    assertThat(rivalErrno()).isEqualTo(Errno.EEXIST);
  }

  @Test
  void openCreat_ofAFileThatIsRemovedBeforeItIsOpened_makesItAnew() throws Exception {
    root.close(root.open("/mnt/old", CREATE, 0666));
    tree.chmod("/mnt/old", 0666);
    meanwhile("attributes of a file", "", () -> tree.unlink("/mnt/old"));
    user.close(user.open("/mnt/old", CREATE, 0666));
    assertRivalSucceeds();
    assertThat(tree.stat("/mnt/old").attributes().owner().uid()).isEqualTo(1000);
  }

  @Test
  void openCreat_looksEachNameUpOnce() throws Exception {
    tree.mkdir("/mnt/a", 0777);
    watched.clear();
    root.open("/mnt/a/new", CREATE, 0666);
    assertThat(watched.calls()).containsExactly("lookup a", "lookup new", "create new", "open");
  }

  @Test
  void openCreat_throughALinkThatLeadsNowhere_makesItsTarget() throws Exception {
    tree.mkdir("/mnt/a", 0777);
    tree.symlink("a/target", "/mnt/link");
    root.open("/mnt/link", CREATE, 0666);
    assertThat(tree.stat("/mnt/a/target").kind()).isEqualTo(FileKind.REGULAR);
    tree.symlink("link2", "/mnt/link2");
    assertErrno(Errno.ELOOP, () -> root.open("/mnt/link2", CREATE, 0666));
    assertErrno(Errno.EEXIST, () -> root.open("/mnt/link", CREATE | OpenFlags.O_EXCL, 0666));
  }

  @Test
  void rename_locksTheDirectoryItGoesTo() throws Exception {
    tree.mkdir("/mnt/a", 0777);
    tree.mkdir("/mnt/b", 0777);
    root.close(root.open("/mnt/a/f", CREATE, 0666));
    meanwhile("rename to", "f", () -> user.open("/mnt/b/g", CREATE, 0666));
    tree.rename("/mnt/a/f", "/mnt/b/f");
    assertRivalSucceeds();
  }

  @Test
  void rename_ofTwoDirectoriesIntoEachOther_lacksOneOfThem() throws Exception {
    tree.mkdir("/mnt/a", 0777);
    tree.mkdir("/mnt/b", 0777);
    meanwhile("rename to", "a", () -> tree.rename("/mnt/b", "/mnt/a/b"));
    tree.rename("/mnt/a", "/mnt/b/a");
    assertThat(rivalErrno()).isIn(Errno.EINVAL, Errno.ENOENT);
    assertThat(tree.stat("/mnt/b/a").kind()).isEqualTo(FileKind.DIRECTORY);
  }

  @Test
  void rename_onePathAwayFromTheOther_seesWhereDirectoriesAreNow() throws Exception {
    tree.mkdir("/mnt/a", 0777);
    tree.mkdir("/mnt/a/b", 0777);
    tree.mkdir("/mnt/c", 0777);
    assertErrno(Errno.EINVAL, () -> tree.rename("/mnt/a", "/mnt/a/b/a"));
    assertErrno(Errno.ENOTEMPTY, () -> tree.rename("/mnt/a/b", "/mnt/a"));
    tree.chdir("/mnt/a/b");
    tree.rename("/mnt/c", "/mnt/a/b/c");
    assertErrno(Errno.EINVAL, () -> tree.rename("/mnt/a", "c/a"));
  }

  @Test
  void create_inADirectoryThatIsRemovedMeanwhile_isEnoent() throws Exception {
    tree.mkdir("/mnt/d", 0777);
    tree.chdir("/mnt/d");
    meanwhile("rmdir", "d", () -> tree.mkdir("inside", 0777));
    tree.rmdir("/mnt/d");
    assertThat(rivalErrno()).isEqualTo(Errno.ENOENT);
    assertErrno(Errno.ENOENT, () -> tree.stat("inside"));
    tree.chdir("/");
  }

  @ParameterizedTest
  @CsvSource({
    "mkdir, /mnt/., EEXIST",
    "mkdir, /, EEXIST",
    "unlink, /mnt/., EISDIR",
    "unlink, /, EISDIR",
    "rmdir, /mnt/a/., EINVAL",
    "rmdir, /mnt/a/.., ENOTEMPTY",
    "rmdir, /, EBUSY",
    "unlink, /mnt/f/, ENOTDIR",
    "unlink, /mnt/a/, EISDIR",
    "rmdir, /mnt/f/, ENOTDIR",
    "rename, /mnt/., EBUSY",
    "rename, /mnt/f/, ENOTDIR",
    "link, /mnt/a, EPERM",
    "create, /mnt/f/, EISDIR",
    "create, /mnt/absent/, EISDIR",
    "create, /mnt/., EISDIR"
  })
  void pathsWithoutANameOfTheirOwn(String call, String path, Errno errno) throws Exception {
    tree.mkdir("/mnt/a", 0777);
    root.close(root.open("/mnt/f", CREATE, 0666));
    Errnos.Call made =
        switch (call) {
          case "mkdir" -> () -> tree.mkdir(path, 0777);
          case "unlink" -> () -> tree.unlink(path);
          case "rmdir" -> () -> tree.rmdir(path);
          case "rename" -> () -> tree.rename(path, "/mnt/other");
          case "link" -> () -> tree.link(path, "/mnt/other");
          case "create" -> () -> root.open(path, CREATE, 0666);
          default -> throw new IllegalArgumentException(call);
        };
    assertThat(failureOf(made).errno()).isEqualTo(errno);
  }

  @Test
  void openTrunc_needsWritePermission_andOpensFirst() throws Exception {
    root.close(root.open("/mnt/f", CREATE, 0444));
    root.tree().truncate("/mnt/f", 100);
    assertErrno(Errno.EACCES, () -> user.open("/mnt/f", OpenFlags.O_RDONLY | OpenFlags.O_TRUNC));
    assertThat(tree.stat("/mnt/f").attributes().size()).isEqualTo(100);
    watched.once(
        "open",
        "",
        (operation, name) -> {
          throw new ErrnoException(Errno.EIO, "the file cannot be opened");
        });
    assertErrno(Errno.EIO, () -> root.open("/mnt/f", OpenFlags.O_RDWR | OpenFlags.O_TRUNC));
    assertThat(tree.stat("/mnt/f").attributes().size()).isEqualTo(100);
  }

  @Test
  void openPath_makesNothing() {
    assertErrno(
        Errno.ENOENT, () -> root.open("/mnt/new", OpenFlags.O_PATH | OpenFlags.O_CREAT, 0666));
  }

  /** A directory may become a mount point between the check of rmdir and the removal. */
  @Test
  void rmdir_whileAnotherMountsThere_leavesNoMountThatCannotBeReached() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Background<Integer> mounting = Background.of(() -> mountAndUmount(done));
    try {
      for (int round = 0; round < 20_000; round++) {
        attempt(() -> tree.mkdir("/mnt/d", 0755));
        attempt(() -> tree.rmdir("/mnt/d"));
      }
    } finally {
      done.set(true);
    }
    assertThat(mounting.result()).isPositive();
    attempt(() -> tree.umount("/mnt/d"));
    tree.umount("/mnt");
  }

  private int mountAndUmount(AtomicBoolean until) throws ErrnoException {
    int mounts = 0;
    while (!until.get()) {
      if (attempt(() -> tree.mount("none", "/mnt/d", "ramfs", 0, ""))) {
        mounts++;
        attempt(() -> tree.umount("/mnt/d"));
      }
    }
    return mounts;
  }

  private static boolean attempt(Errnos.Call call) throws ErrnoException {
    try {
      call.make();
      return true;
    } catch (ErrnoException refused) {
      assertThat(refused.errno()).isIn(Errno.EEXIST, Errno.ENOENT, Errno.EBUSY, Errno.EINVAL);
      return false;
    }
  }
}
