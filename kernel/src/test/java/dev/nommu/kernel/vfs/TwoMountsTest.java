package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.MountRequest;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.task.TreeCalls;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A file system that is mounted twice: one tree, and two ways to what is in it. */
final class TwoMountsTest {
  private static final int MS_RDONLY = 1;

  @RegisterExtension final Machines machines = new Machines();

  private Machine machine;
  private TreeCalls tree;

  /** A type that answers each mount with the same file system. */
  private static final class OneForAll implements FileSystemType {
    private final FileSystemType ramfs =
        ServiceLoader.load(FileSystemType.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(type -> type.name().equals("ramfs"))
            .findFirst()
            .orElseThrow();
    private Optional<FileSystem> made = Optional.empty();

    @Override
    public String name() {
      return "one";
    }

    @Override
    public Source source() {
      return Source.NODEV;
    }

    @Override
    public FileSystem mount(MountRequest request) throws ErrnoException {
      if (made.isEmpty()) {
        made = Optional.of(ramfs.mount(request));
      }
      return made.get();
    }
  }

  @BeforeEach
  void mountTwice() throws Exception {
    machine = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, new OneForAll());
    tree = machine.init().tree();
    mount("/a", 0);
    mount("/b", 0);
    tree.mkdir("/a/outer", 0755);
    tree.mkdir("/a/outer/inner", 0755);
  }

  private void mount(String target, int flags) throws ErrnoException {
    tree.mkdir(target, 0755);
    tree.mount("none", target, "one", flags, "");
  }

  private String workingDirectory() throws Exception {
    return tree.readlink("/proc/self/cwd");
  }

  @Test
  void nameThatIsRemembered_isFoundByTheWayOnWhichItIsLookedUp() throws Exception {
    tree.stat("/a/outer/inner");
    tree.chdir("/b/outer");
    assertThat(workingDirectory()).isEqualTo("/b/outer");
    tree.chdir("/a/outer/inner");
    assertThat(workingDirectory()).isEqualTo("/a/outer/inner");
  }

  @Test
  void nameThatIsMoved_goesOnWithEachWayToIt() throws Exception {
    tree.chdir("/b/outer/inner");
    tree.rename("/a/outer/inner", "/a/outer/moved");
    assertThat(workingDirectory()).isEqualTo("/b/outer/moved");
  }

  @Test
  void exec12_writingThatAReadOnlyMountForbids_leavesTheFileToBeExecuted() throws Exception {
    mount("/c", MS_RDONLY);
    VfsPath root = ((Mount) machine.mounts().getLast()).root();
    assertThat(root.display()).isEqualTo("/c");
    assertErrno(Errno.EROFS, root::beginWriting);
    root.denyWriting();
    assertErrno(Errno.ETXTBSY, root::beginWriting);
    root.allowWriting();
  }
}
