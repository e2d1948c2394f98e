package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Directory;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.task.TreeCalls;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.Rival;
import dev.nommu.kernel.testing.SingleDirectory;
import dev.nommu.kernel.testing.TestBoard;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A type that answers each mount with the same file system: it is closed once, after the last. */
@Timeout(60)
final class SharedFileSystemTest {
  @RegisterExtension final Machines machines = new Machines();

  private final AtomicInteger closed = new AtomicInteger();
  private final OneForAll type = new OneForAll();
  private Optional<Runnable> whileRootIsAsked = Optional.empty();
  private Machine machine;
  private TreeCalls tree;

  private final class OneForAll extends SingleDirectory {
    OneForAll() {
      super("shared");
    }

    @Override
    public Directory root() {
      Optional<Runnable> once = whileRootIsAsked;
      whileRootIsAsked = Optional.empty();
      once.ifPresent(Runnable::run);
      return this;
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  @BeforeEach
  void boot() throws ErrnoException {
    machine = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, type);
    tree = machine.init().tree();
    tree.mkdir("/a", 0755);
    tree.mkdir("/b", 0755);
  }

  private void mount(String target) throws ErrnoException {
    tree.mount("none", target, "shared", 0, "");
  }

  private void assertClosedWithTheLast() throws ErrnoException {
    assertThat(tree.stat("/a").device()).isEqualTo(tree.stat("/b").device());
    tree.umount("/a");
    assertThat(closed).hasValue(0);
    tree.list("/b");
    tree.umount("/b");
    assertThat(closed).hasValue(1);
    assertErrno(Errno.EINVAL, () -> tree.umount("/b"));
  }

  @Test
  void mountedTwice_isClosedWithTheLastMount() throws Exception {
    mount("/a");
    mount("/b");
    assertClosedWithTheLast();
  }

  @Test
  void mountedTwiceAtOneMoment_isOneFileSystem() throws Exception {
    whileRootIsAsked =
        Optional.of(() -> assertThat(Rival.start(() -> mount("/b")).isOver()).isTrue());
    mount("/a");
    assertClosedWithTheLast();
  }

  @Test
  void mountedAgainAfterItsEnd_isThere() throws Exception {
    mount("/a");
    tree.umount("/a");
    mount("/a");
    tree.list("/a");
    tree.umount("/a");
    assertThat(closed).hasValue(2);
  }
}
