package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AccessMode;
import dev.nommu.api.Directory;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.MountRequest;
import dev.nommu.api.Profile;
import dev.nommu.kernel.task.TreeCalls;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.ramfs.RamfsType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which options of a mount are the kernel's, and which are those of the type. */
final class MountOptionsTest {
  @RegisterExtension final Machines machines = new Machines();

  private final Picky picky = new Picky();
  private TaskCalls p;
  private TreeCalls tree;

  /** A ramfs that knows two options; the last request is kept. */
  private static final class Picky implements FileSystemType {
    final List<MountRequest> requests = new ArrayList<>();
    boolean readOnly;

    @Override
    public String name() {
      return "picky";
    }

    @Override
    public Source source() {
      return Source.NODEV;
    }

    @Override
    public boolean knowsOption(String name) {
      return Set.of("mode", "fast").contains(name);
    }

    @Override
    public FileSystem mount(MountRequest request) throws ErrnoException {
      requests.add(request);
      FileSystem ramfs = new RamfsType().mount(request);
      return new FileSystem() {
        @Override
        public Directory root() {
          return ramfs.root();
        }

        @Override
        public boolean isReadOnly() {
          return readOnly;
        }

        @Override
        public Statistics statistics() {
          return ramfs.statistics();
        }

        @Override
        public void close() throws ErrnoException {
          ramfs.close();
        }
      };
    }
  }

  @BeforeEach
  void boot() {
    p =
        new TaskCalls(
            machines.boot(TestBoard.withMebibytes(16).build(), Profile.DOCUMENT, picky).init());
    tree = p.task().tree();
  }

  private String mounted(String options) throws ErrnoException {
    tree.mount("none", "/mnt", "picky", 0, options);
    String line =
        p.text("/proc/mounts").lines().filter(l -> l.contains(" /mnt ")).findFirst().orElseThrow();
    return line.split(" ")[3].replace(",relatime", "");
  }

  @ParameterizedTest
  @CsvSource({
    "'', rw",
    "'rw,async,nomand,nolazytime', rw",
    "ro, ro",
    "'ro,rw', rw",
    "'rw,ro', ro",
    "'ro=1', ro",
    "'sync,dirsync,mand,lazytime', 'rw,sync,dirsync,mand,lazytime'",
    "'sync,async', rw",
    "',,ro,=5,', ro"
  })
  void opt01_optionsOfEveryFileSystem_areHeededAndShown(String options, String shown)
      throws Exception {
    assertThat(mounted(options)).isEqualTo(shown);
    MountRequest request = picky.requests.getLast();
    assertThat(request.options()).isEmpty();
    assertThat(request.access())
        .isEqualTo(shown.startsWith("ro") ? AccessMode.READ : AccessMode.READ_WRITE);
  }

  @Test
  void opt01_optionsOfTheType_areHandedOnInOrder() throws Exception {
    mounted("mode=700,ro,fast,,mode=755");
    assertThat(picky.requests.getLast().options()).containsExactly("mode=700", "fast", "mode=755");
    assertThat(tree.stat("/mnt").attributes().permissions()).isEqualTo(0755);
    assertErrno(Errno.EROFS, () -> tree.mkdir("/mnt/d", 0700));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "ro,slow=1", "Mode=700", "nodev"})
  void opt01_optionThatTheTypeDoesNotKnow_isEinvalAndNothingIsMounted(String options) {
    assertErrno(Errno.EINVAL, () -> mounted(options));
    assertThat(picky.requests).isEmpty();
  }

  @Test
  void opt01_typeWithoutOptions_refusesAll() {
    assertErrno(Errno.EINVAL, () -> tree.mount("sysfs", "/mnt", "sysfs", 0, "mode=700"));
  }

  @Test
  void opt02_fileSystemThatIsReadOnly_isMountedSo() throws Exception {
    picky.readOnly = true;
    assertThat(mounted("rw")).isEqualTo("ro");
    assertErrno(Errno.EROFS, () -> tree.mkdir("/mnt/d", 0700));
    assertErrno(Errno.EROFS, () -> tree.chmod("/mnt", 0700));
    assertErrno(Errno.EROFS, () -> p.file("/mnt/f", new byte[0]));
  }
}
