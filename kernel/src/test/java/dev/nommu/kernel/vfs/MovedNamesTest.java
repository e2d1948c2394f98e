package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.Inode;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.task.TreeCalls;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.SingleDirectory;
import dev.nommu.kernel.testing.TestBoard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The path of a file whose name, or whose directory, was moved: by the machine, by the host, or as
 * a plugin claims. Following the names must end; a path that leads in a circle would never.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class MovedNamesTest {
  /** More moves than any bounded memory of former names holds. */
  private static final int MANY = FormerNames.REMEMBERED + 1;

  @RegisterExtension final Machines machines = new Machines();

  private TreeCalls tree;

  @BeforeEach
  void boot() {
    tree = machines.boot(Profile.DOCUMENT).init().tree();
  }

  private void moveTheWorkingDirectoryManyTimes() throws Exception {
    tree.mkdir("/tmp/a", 0755);
    tree.mkdir("/tmp/a/b", 0755);
    tree.chdir("/tmp/a/b");
    tree.rename("/tmp/a/b", "/tmp/b0");
    for (int move = 0; move < MANY; move++) {
      tree.rename("/tmp/b" + move, "/tmp/b" + (move + 1));
    }
  }

  @Test
  void workingDirectory_thatWasMovedManyTimes_isWhereItIs() throws Exception {
    moveTheWorkingDirectoryManyTimes();
    assertThat(tree.getcwd()).isEqualTo("/tmp/b" + MANY);
  }

  @Test
  void workingDirectory_intoWhichItsFormerParentIsMoved_isWhereItIs() throws Exception {
    moveTheWorkingDirectoryManyTimes();
    tree.rename("/tmp/a", "a");
    assertThat(tree.getcwd()).isEqualTo("/tmp/b" + MANY);
    tree.chdir("a");
    assertThat(tree.getcwd()).isEqualTo("/tmp/b" + MANY + "/a");
    tree.chdir("..");
    assertThat(tree.getcwd()).isEqualTo("/tmp/b" + MANY);
  }

  @Test
  void directory_thatTheHostMovesIntoItsChild_isFoundOnceTheChildIs(@TempDir Path host)
      throws Exception {
    Files.createDirectories(host.resolve("a/b"));
    Files.createDirectory(host.resolve("c"));
    Files.createFile(host.resolve("a/file"));
    Machine machine =
        machines.boot(
            TestBoard.withMebibytes(8)
                .persistentHost("h", host)
                .mount("h", "/h", "hostfs", "")
                .build(),
            Profile.DOCUMENT);
    TreeCalls calls = machine.init().tree();
    calls.chdir("/h/a/b");
    Files.move(host.resolve("a/b"), host.resolve("b"));
    Files.move(host.resolve("a"), host.resolve("b/a"));
    calls.list("/h");
    assertErrno(Errno.ELOOP, () -> calls.stat("a/file"));
    calls.stat("/h/b");
    calls.rename("a/file", "/h/c/file");
    calls.chdir("a");
    assertThat(calls.getcwd()).isEqualTo("/h/b/a");
  }

  /** A directory in which each name is this directory itself. */
  private static final class Endless extends SingleDirectory {
    private final NameChanges changes;

    Endless(NameChanges changes) {
      super("endless");
      this.changes = changes;
    }

    @Override
    public NameChanges nameChanges() {
      return changes;
    }

    @Override
    public Optional<Inode> lookup(String name) {
      return Optional.of(this);
    }
  }

  @ParameterizedTest
  @EnumSource(FileSystem.NameChanges.class)
  void directory_inItself_isRefused(FileSystem.NameChanges changes) throws Exception {
    Endless type = new Endless(changes);
    Machine machine = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, type);
    TreeCalls calls = machine.init().tree();
    calls.mount("none", "/mnt", "endless", 0, "");
    ErrnoException failure = failureOf(() -> calls.stat("/mnt/x"));
    assertThat(failure.errno()).isEqualTo(Errno.ELOOP);
    assertThat(failure).hasMessageContainingAll("/mnt/x", Endless.class.getName());
  }
}
