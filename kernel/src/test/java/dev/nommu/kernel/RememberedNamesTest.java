package dev.nommu.kernel;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.Attributes;
import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.FileSystem;
import dev.nommu.api.Inode;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.api.RegularFile;
import dev.nommu.api.SymbolicLink;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.TreeCalls;
import dev.nommu.kernel.testing.Errnos;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.SingleDirectory;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was looked up is remembered, and never answers for what is there no longer. */
final class RememberedNamesTest {
  @RegisterExtension final Machines machines = new Machines();

  private TaskCalls p;
  private TreeCalls tree;

  @BeforeEach
  void makeTree() throws Exception {
    p = new TaskCalls(machines.boot(Profile.DOCUMENT).init());
    tree = p.task().tree();
    tree.mkdir("/tmp/a", 0755);
    tree.mkdir("/tmp/a/b", 0755);
    p.task().close(p.file("/tmp/a/b/file", new byte[] {1}));
    inode("/tmp/a/b/file");
  }

  private long inode(String path) throws Exception {
    return tree.stat(path).inode();
  }

  @Test
  void names_ofAnUnlinkedFile_areGone() throws Exception {
    tree.unlink("/tmp/a/b/file");
    assertErrno(Errno.ENOENT, () -> tree.stat("/tmp/a/b/file"));
    tree.symlink("/proc", "/tmp/a/b/file");
    assertThat(tree.lstat("/tmp/a/b/file").kind()).isEqualTo(FileKind.SYMBOLIC_LINK);
    assertThat(inode("/tmp/a/b/file")).isEqualTo(inode("/proc"));
  }

  @Test
  void names_ofARemovedDirectory_areGoneAndMayComeAgain() throws Exception {
    long former = inode("/tmp/a/b");
    tree.unlink("/tmp/a/b/file");
    tree.rmdir("/tmp/a/b");
    assertErrno(Errno.ENOENT, () -> tree.stat("/tmp/a/b"));
    tree.mkdir("/tmp/a/b", 0755);
    assertThat(inode("/tmp/a/b")).isNotEqualTo(former);
    assertErrno(Errno.ENOENT, () -> tree.stat("/tmp/a/b/file"));
  }

  @Test
  void names_thatWereMoved_areWhereTheyCameTo() throws Exception {
    tree.mkdir("/tmp/other", 0755);
    p.task().close(p.file("/tmp/other/replaced", new byte[] {2}));
    long moved = inode("/tmp/a/b/file");
    assertThat(inode("/tmp/other/replaced")).isNotEqualTo(moved);
    tree.rename("/tmp/a/b/file", "/tmp/other/replaced");
    assertErrno(Errno.ENOENT, () -> tree.stat("/tmp/a/b/file"));
    assertThat(inode("/tmp/other/replaced")).isEqualTo(moved);
  }

  @Test
  void names_belowAMovedDirectory_areFoundByTheNewWayAlone() throws Exception {
    long file = inode("/tmp/a/b/file");
    tree.rename("/tmp/a", "/tmp/c");
    assertErrno(Errno.ENOENT, () -> tree.stat("/tmp/a/b/file"));
    assertThat(inode("/tmp/c/b/file")).isEqualTo(file);
    tree.chdir("/tmp/c/b");
    assertThat(tree.readlink("/proc/self/cwd")).isEqualTo("/tmp/c/b");
  }

  @Test
  void names_thatAreMountedOver_areThoseOfTheMount() throws Exception {
    long covered = inode("/tmp/a/b");
    tree.mount("none", "/tmp/a/b", "ramfs", 0, "");
    assertErrno(Errno.ENOENT, () -> tree.stat("/tmp/a/b/file"));
    p.task().close(p.file("/tmp/a/b/upper", new byte[] {3}));
    assertThat(tree.stat("/tmp/a/b/upper").device()).isNotEqualTo(tree.stat("/tmp").device());
    tree.umount("/tmp/a/b");
    assertErrno(Errno.ENOENT, () -> tree.stat("/tmp/a/b/upper"));
    assertThat(inode("/tmp/a/b")).isEqualTo(covered);
  }

  @Test
  void names_inADirectoryNobodyMaySearch_areForbiddenThoughKnown() throws Exception {
    TaskCalls nobody = p.other();
    nobody.task().processes().setuid(1000);
    assertThat(nobody.task().tree().stat("/tmp/a/b/file").inode())
        .isEqualTo(inode("/tmp/a/b/file"));
    tree.chmod("/tmp/a", 0700);
    assertErrno(Errno.EACCES, () -> nobody.task().tree().stat("/tmp/a/b/file"));
  }

  @Test
  void names_changedWhileOthersLookThemUp_areNeverStale() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    TaskCalls other = p.other();
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Boolean> looking = threads.submit(() -> look(other, done));
      try {
        for (int round = 0; round < 3000; round++) {
          tree.unlink("/tmp/a/b/file");
          assertErrno(Errno.ENOENT, () -> tree.stat("/tmp/a/b/file"));
          tree.symlink("x", "/tmp/a/b/file");
        }
      } finally {
        done.set(true);
      }
      assertThat(looking.get()).isTrue();
    }
  }

  private static boolean look(TaskCalls as, AtomicBoolean until) throws Exception {
    boolean found = false;
    while (!until.get() || !found) {
      try {
        as.task().tree().lstat("/tmp/a/b/file");
        found = true;
      } catch (ErrnoException gone) {
        assertThat(gone.errno()).isEqualTo(Errno.ENOENT);
      }
    }
    return found;
  }

  /** A file system with a link "name" that leads where a test says. */
  private static final class Changing extends SingleDirectory {
    private final NameChanges changes;
    private int lookups;
    private long number = 2;
    private Errnos.Call meanwhile = () -> {};

    Changing(NameChanges changes) {
      super("changing");
      this.changes = changes;
    }

    @Override
    public NameChanges nameChanges() {
      return changes;
    }

    @Override
    public Optional<Inode> lookup(String name) throws ErrnoException {
      lookups++;
      Optional<Inode> found = Optional.of(new Link(number, attributes()));
      Errnos.Call once = meanwhile;
      meanwhile = () -> {};
      once.make();
      return found;
    }

    @Override
    public void unlink(String name) {
      number++;
    }

    private record Link(long number, Attributes attributes) implements SymbolicLink {
      @Override
      public String target() {
        return "/tmp";
      }
    }
  }

  private TreeCalls mounted(Changing type) throws Exception {
    Machine machine = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, type);
    TreeCalls calls = machine.init().tree();
    calls.mount("none", "/mnt", "changing", 0, "");
    return calls;
  }

  @Test
  void names_thatChangeByThemselves_areLookedUpEachTime() throws Exception {
    Changing type = new Changing(FileSystem.NameChanges.BY_ITSELF);
    TreeCalls calls = mounted(type);
    assertThat(calls.lstat("/mnt/name").inode()).isEqualTo(2);
    type.number = 3;
    assertThat(calls.lstat("/mnt/name").inode()).isEqualTo(3);
  }

  @Test
  void names_thatChangeByTheKernelAlone_areLookedUpOnce() throws Exception {
    Changing type = new Changing(FileSystem.NameChanges.BY_KERNEL);
    TreeCalls calls = mounted(type);
    for (int i = 0; i < 5; i++) {
      assertThat(calls.lstat("/mnt/name").inode()).isEqualTo(2);
      assertThat(calls.lstat("/mnt/other").inode()).isEqualTo(2);
    }
    assertThat(type.lookups).isEqualTo(2);
  }

  @Test
  void names_thatAreCreatedIfTheyAreNotThere_areLookedUpOnce() throws Exception {
    Changing type = new Changing(FileSystem.NameChanges.BY_KERNEL);
    Machine machine = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, type);
    machine.init().tree().mount("none", "/mnt", "changing", 0, "");
    for (int i = 0; i < 3; i++) {
      int flags = OpenFlags.O_CREAT | OpenFlags.O_RDWR;
      assertErrno(Errno.EISDIR, () -> machine.init().open("/mnt/name", flags, 0644));
    }
    assertThat(type.lookups).isEqualTo(1);
  }

  @Test
  void names_changedWhileTheyAreLookedUp_areLookedUpAgain() throws Exception {
    Changing type = new Changing(FileSystem.NameChanges.BY_KERNEL);
    TreeCalls calls = mounted(type);
    type.meanwhile = () -> calls.unlink("/mnt/name");
    assertThat(calls.lstat("/mnt/name").inode()).isEqualTo(2);
    assertThat(calls.lstat("/mnt/name").inode()).isEqualTo(3);
  }

  @Test
  void names_areRememberedInABoundedNumber() throws Exception {
    Changing type = new Changing(FileSystem.NameChanges.BY_KERNEL);
    TreeCalls calls = mounted(type);
    for (int i = 0; i < 1000; i++) {
      calls.lstat("/mnt/name" + i);
    }
    type.lookups = 0;
    for (int i = 0; i < 1000; i++) {
      calls.lstat("/mnt/name" + i);
    }
    assertThat(type.lookups).isGreaterThan(900);
  }

  /** A file system with the names d/name and e/name of one file, whose links it does not count. */
  private static final class Uncounted extends SingleDirectory {
    Uncounted() {
      super("uncounted");
    }

    @Override
    public NameChanges nameChanges() {
      return NameChanges.BY_KERNEL;
    }

    @Override
    public Optional<Inode> lookup(String name) {
      return Optional.of(new Below(name.charAt(0)));
    }

    private record Below(long number) implements Directory {
      @Override
      public Attributes attributes() {
        return Attributes.builder(0755).links(2).build();
      }

      @Override
      public Optional<Inode> lookup(String name) {
        return Optional.of(new File());
      }

      @Override
      public List<DirectoryEntry> entries() {
        return List.of(DirectoryEntry.of("name", 2, FileKind.REGULAR));
      }

      @Override
      public void unlink(String name) {}
    }

    private record File() implements RegularFile {
      @Override
      public long number() {
        return 2;
      }

      @Override
      public Attributes attributes() {
        return Attributes.builder(0644).links(1).build();
      }

      @Override
      public OpenFile open(OpenFlags flags) {
        return new OpenFile() {};
      }
    }
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void names_ofAFileWhoseLinksArentCounted_openItThoughAnotherIsUnlinked() throws Exception {
    Machine machine =
        machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, new Uncounted());
    Task init = machine.init();
    init.tree().mount("none", "/mnt", "uncounted", 0, "");
    init.close(init.open("/mnt/d/name", OpenFlags.O_RDONLY, 0));
    init.tree().unlink("/mnt/e/name");
    init.close(init.open("/mnt/d/name", OpenFlags.O_RDONLY, 0));
  }

  @Test
  void names_ofADirectoryOfTheHost_areWhatTheHostSays() throws Exception {
    Path host = Files.createDirectory(Jimfs.newFileSystem(Configuration.unix()).getPath("/h"));
    Files.createFile(host.resolve("name"));
    Machine machine =
        machines.boot(
            TestBoard.withMebibytes(8).host("h", host).mount("h", "/h", "hostfs", "ro").build(),
            Profile.DOCUMENT);
    TreeCalls calls = machine.init().tree();
    assertThat(calls.stat("/h/name").kind()).isEqualTo(FileKind.REGULAR);
    Files.delete(host.resolve("name"));
    assertErrno(Errno.ENOENT, () -> calls.stat("/h/name"));
    Files.createDirectory(host.resolve("name"));
    assertThat(calls.stat("/h/name").kind()).isEqualTo(FileKind.DIRECTORY);
  }
}
