package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.fs.NewTime;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.Rival;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.kernel.testing.WatchedFileSystem;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A mount cannot become read-only while a call changes something in it (mnt_want_write of Linux):
 * here the file system is remounted while it carries the change out.
 */
@Timeout(60)
final class WritingMountTest {
  private static final long MS_RDONLY = 1;
  private static final long MS_REMOUNT = 32;

  @RegisterExtension final Machines machines = new Machines();

  private final WatchedFileSystem files = new WatchedFileSystem();
  private Task init;

  @BeforeEach
  void boot() throws ErrnoException {
    init = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, files).init();
    init.tree().mkdir("/m", 0755);
    init.tree().mount("none", "/m", "watched", 0, "");
    int file = init.open("/m/file", OpenFlags.O_CREAT | OpenFlags.O_WRONLY, 0644);
    init.write(file, MemorySegment.ofArray(new byte[2]));
    init.close(file);
    init.tree().mkdir("/m/directory", 0755);
  }

  private void remount(long flags) throws ErrnoException {
    init.tree().mount("none", "/m", "watched", MS_REMOUNT | flags, "");
  }

  /** A call that changes something, and what the file system hears of it. */
  private enum Change {
    MKDIR("create", "new", task -> task.tree().mkdir("/m/new", 0755)),
    SYMLINK("create", "new", task -> task.tree().symlink("file", "/m/new")),
    OPEN_THAT_CREATES(
        "create",
        "new",
        task -> task.close(task.open("/m/new", OpenFlags.O_CREAT | OpenFlags.O_WRONLY, 0644))),
    OPEN_THAT_CUTS(
        "truncate",
        "",
        task -> task.close(task.open("/m/file", OpenFlags.O_TRUNC | OpenFlags.O_RDONLY))),
    NAMELESS_FILE(
        "tmpfile",
        "",
        task ->
            task.close(
                task.open(
                    "/m", OpenFlags.O_TMPFILE | OpenFlags.O_DIRECTORY | OpenFlags.O_WRONLY, 0644))),
    UNLINK("unlink", "file", task -> task.tree().unlink("/m/file")),
    RMDIR("rmdir", "directory", task -> task.tree().rmdir("/m/directory")),
    LINK("link", "new", task -> task.tree().link("/m/file", "/m/new")),
    RENAME("rename", "file", task -> task.tree().rename("/m/file", "/m/new")),
    TRUNCATE("truncate", "", task -> task.tree().truncate("/m/file", 1)),
    CHMOD("chmod", "", task -> task.tree().chmod("/m/file", 0600)),
    CHOWN("chown", "", task -> task.tree().chown("/m/file", 1, 1)),
    UTIMENSAT("setTimes", "", task -> task.tree().utimensat("/m/file", NewTime.NOW, NewTime.NOW));

    private final String operation;
    private final String name;
    private final Call call;

    Change(String operation, String name, Call call) {
      this.operation = operation;
      this.name = name;
      this.call = call;
    }

    private interface Call {
      void by(Task task) throws ErrnoException;
    }
  }

  @ParameterizedTest
  @EnumSource
  void opt03_readOnlyWhileSomethingIsChanged_isEbusy(Change change) throws Exception {
    List<Rival> rivals = new ArrayList<>();
    files.once(
        change.operation,
        change.name,
        (operation, name) -> {
          Rival rival = Rival.start(() -> remount(MS_RDONLY));
          rivals.add(rival);
          assertThat(rival.isOver()).isTrue();
        });
    change.call.by(init);
    assertErrno(Errno.EBUSY, () -> rethrow(rivals.getFirst()));
    remount(MS_RDONLY);
    init.tree().umount("/m");
  }

  private static void rethrow(Rival rival) throws ErrnoException {
    try {
      if (rival.end().orElse(null) instanceof ErrnoException failure) {
        throw failure;
      }
    } catch (InterruptedException interrupt) {
      throw new AssertionError(interrupt);
    }
  }

  @Test
  void opt03_changeThatFails_keepsTheMountFromNothing() throws Exception {
    assertErrno(Errno.EEXIST, () -> init.tree().mkdir("/m/directory", 0755));
    assertErrno(Errno.ENOENT, () -> init.tree().unlink("/m/none"));
    assertErrno(Errno.EISDIR, () -> init.tree().unlink("/m/directory"));
    assertErrno(Errno.EPERM, () -> init.tree().link("/m/directory", "/m/new"));
    files.once("create", "new", (operation, name) -> fail());
    int flags = OpenFlags.O_CREAT | OpenFlags.O_WRONLY;
    assertErrno(Errno.ENOSPC, () -> init.open("/m/new", flags, 0644));
    remount(MS_RDONLY);
  }

  private static void fail() throws ErrnoException {
    throw new ErrnoException(Errno.ENOSPC, "no room");
  }
}
