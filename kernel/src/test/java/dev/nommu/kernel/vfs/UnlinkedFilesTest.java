package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.name.Names;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.ipc.ShmFlags;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.kernel.testing.WatchedFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files without a name, on a file system that fails while they are made. */
final class UnlinkedFilesTest {
  @RegisterExtension final Machines machines = new Machines();

  private final WatchedFileSystem ramfs = new WatchedFileSystem("ramfs");
  private Machine machine;
  private Task task;

  @BeforeEach
  void boot() {
    Kernel kernel =
        Machines.kernel(binder ->
            binder
                .bind(FileSystemType.class)
                .annotatedWith(Names.named("ramfs"))
                .toInstance(ramfs));
    machine = machines.boot(kernel, TestBoard.withMebibytes(8).build(), Profile.DOCUMENT);
    task = machine.init();
  }

  private static void fail(String operation, String name) throws ErrnoException {
    throw new ErrnoException(Errno.EIO, operation + " " + name);
  }

  @ParameterizedTest
  @CsvSource({"create, memfd:x", "open, ''", "unlink, memfd:x"})
  void memfdThatFails_leavesNothingOpen(String operation, String name) {
    ramfs.once(operation, name, UnlinkedFilesTest::fail);
    assertErrno(Errno.EIO, () -> task.unnamedFiles().memfdCreate("x", 0));
    assertThat(machine.check()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "unlink"})
  void pipeThatFails_leavesNoEndOpen(String operation) {
    ramfs.once(operation, "pipe", UnlinkedFilesTest::fail);
    assertErrno(Errno.EIO, () -> task.unnamedFiles().pipe());
    assertThat(machine.check()).isEmpty();
  }

  @Test
  void segmentThatFails_leavesNothingOpen() {
    ramfs.once("unlink", "SYSV00000007", UnlinkedFilesTest::fail);
    assertErrno(Errno.EIO, () -> task.ipc().shmget(7, 4096, ShmFlags.IPC_CREAT));
    assertThat(machine.check()).isEmpty();
  }

  /** What is left over would be in the way of the next file of the name, or stay for ever. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "y"})
  void nameThatCouldNotBeRemoved_isRemovedBeforeTheNextFileIsMade(String next) throws Exception {
    ramfs.once("unlink", "memfd:x", UnlinkedFilesTest::fail);
    assertErrno(Errno.EIO, () -> task.unnamedFiles().memfdCreate("x", 0));
    ramfs.clear();
    task.close(task.unnamedFiles().memfdCreate(next, 0));
    assertThat(ramfs.calls()).containsSubsequence("unlink memfd:x", "create memfd:" + next);
    assertThat(ramfs.broken()).isEmpty();
    assertThat(machine.check()).isEmpty();
  }

  @Test
  void nameThatCanNeverBeRemoved_isTheOnlyOneThatIsLeft() throws Exception {
    ramfs.once("unlink", "memfd:x", UnlinkedFilesTest::fail);
    assertErrno(Errno.EIO, () -> task.unnamedFiles().memfdCreate("x", 0));
    for (int times = 0; times < 2; times++) {
      ramfs.once("unlink", "memfd:x", UnlinkedFilesTest::fail);
      assertErrno(Errno.EIO, () -> task.unnamedFiles().pipe());
    }
    assertThat(ramfs.calls()).doesNotContain("create pipe");
    assertThat(task.unnamedFiles().pipe()).isNotNull();
  }

  @Test
  void fileThatCouldNotBeMade_leavesNothingToRemove() throws Exception {
    ramfs.once("create", "memfd:x", UnlinkedFilesTest::fail);
    assertErrno(Errno.EIO, () -> task.unnamedFiles().memfdCreate("x", 0));
    ramfs.clear();
    task.close(task.unnamedFiles().memfdCreate("x", 0));
    assertThat(ramfs.calls()).containsOnlyOnce("unlink memfd:x");
  }
}
