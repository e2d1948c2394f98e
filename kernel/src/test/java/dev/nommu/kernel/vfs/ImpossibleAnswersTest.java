package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Attributes;
import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.Inode;
import dev.nommu.api.MountRequest;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.api.RegularFile;
import dev.nommu.api.SymbolicLink;
import dev.nommu.kernel.task.TreeCalls;
import dev.nommu.kernel.testing.Errnos;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Answers of a file system that cannot be are refused and shown (rule PLUGIN-01); names that cannot
 * be do not get as far as a file system.
 */
final class ImpossibleAnswersTest {
  private static final Attributes ORDINARY = Attributes.builder(0777).build();

  @RegisterExtension final Machines machines = new Machines();

  private final Type type = new Type();
  private TreeCalls tree;

  @BeforeEach
  void boot() throws Exception {
    tree = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, type).init().tree();
    tree.mount("none", "/mnt", "answers", 0, "");
  }

  /** A file system with one directory, which answers as a test says. */
  private static final class Type implements FileSystemType {
    List<DirectoryEntry> entries = List.of();
    Attributes.Builder attributes = Attributes.builder(0777);
    String target = "file";
    final List<String> asked = new ArrayList<>();

    @Override
    public String name() {
      return "answers";
    }

    @Override
    public Source source() {
      return Source.NODEV;
    }

    @Override
    public FileSystem mount(MountRequest request) {
      return new FileSystem() {
        @Override
        public Directory root() {
          return new Top(Type.this);
        }

        @Override
        public Statistics statistics() {
          return Statistics.builder(1).blocks(-1, 0).build();
        }
      };
    }
  }

  private record Top(Type type) implements Directory {
    @Override
    public long number() {
      return 1;
    }

    @Override
    public Attributes attributes() {
      return ORDINARY;
    }

    @Override
    public Optional<Inode> lookup(String name) {
      type.asked.add(name);
      return switch (name) {
        case "file" -> Optional.of(new File(type));
        case "link" -> Optional.of(new Link(type));
        default -> Optional.empty();
      };
    }

    @Override
    public List<DirectoryEntry> entries() {
      return type.entries;
    }

    @Override
    public Inode create(String name, NewInode what) {
      type.asked.add("create " + name);
      return new File(type);
    }
  }

  private record File(Type type) implements RegularFile {
    @Override
    public long number() {
      return 2;
    }

    @Override
    public Attributes attributes() {
      return type.attributes.build();
    }

    @Override
    public OpenFile open(OpenFlags flags) {
      return new OpenFile() {};
    }
  }

  private record Link(Type type) implements SymbolicLink {
    @Override
    public long number() {
      return 3;
    }

    @Override
    public Attributes attributes() {
      return ORDINARY;
    }

    @Override
    public String target() {
      return type.target;
    }
  }

  private static void assertBlamed(Class<?> author, String what, Errnos.Call call) {
    ErrnoException failure = failureOf(call);
    assertThat(failure.errno()).as(failure.getMessage()).isEqualTo(Errno.EIO);
    assertThat(failure)
        .hasMessageContainingAll("plugin " + author.getName() + ": ", what, "[PLUGIN-01]");
    assertThat(failure.getMessage()).doesNotContain("NullPointerException");
  }

  static List<String> impossibleNames() {
    return List.of("", ".", "..", "../evil", "a/b", "a\0b", "x".repeat(256), "ä".repeat(128));
  }

  @ParameterizedTest
  @MethodSource("impossibleNames")
  void plugin01_nameInADirectoryThatCannotBe_isRefusedAndShown(String name) {
    type.entries = List.of(DirectoryEntry.of(name, 2, FileKind.REGULAR));
    String shown = name.length() > 64 ? name.substring(0, 64) : name.replace("\0", "\\0");
    assertBlamed(Top.class, "entries: expected names", () -> tree.list("/mnt"));
    assertBlamed(Top.class, "\"" + shown, () -> tree.list("/mnt"));
  }

  @Test
  void plugin01_entriesThatAreNull_areRefusedWithoutAnExceptionThatNobodyThrew() throws Exception {
    type.entries = null;
    assertBlamed(Top.class, "entries: it returned null", () -> tree.list("/mnt"));
    type.entries = Arrays.asList((DirectoryEntry) null);
    assertBlamed(Top.class, "found null", () -> tree.list("/mnt"));
    type.entries = List.of(DirectoryEntry.of(null, 2, FileKind.REGULAR));
    assertBlamed(Top.class, "name=null", () -> tree.list("/mnt"));
    type.entries = List.of(DirectoryEntry.of("file", 2, null));
    assertBlamed(Top.class, "kind=null", () -> tree.list("/mnt"));
    type.entries = List.of(DirectoryEntry.of("ä".repeat(127), 2, FileKind.REGULAR));
    assertThat(tree.list("/mnt")).hasSize(1);
  }

  static List<Arguments> impossibleAttributes() {
    return List.of(
        Arguments.of(Attributes.builder(0644).size(-7), "size -7"),
        Arguments.of(Attributes.builder(0644).blocks(-7), "blocks -7"),
        Arguments.of(Attributes.builder(0644).links(-7), "links -7"),
        Arguments.of(Attributes.builder(0644).blockSize(0), "block 0"),
        Arguments.of(Attributes.builder(0644).modified(null), "when the contents were modified"),
        Arguments.of(Attributes.builder(0644).owner(null), "the owner"));
  }

  @ParameterizedTest
  @MethodSource("impossibleAttributes")
  void plugin01_attributesThatCannotBe_areRefusedAndShown(Attributes.Builder lie, String shown) {
    type.attributes = lie;
    ErrnoException failure = failureOf(() -> tree.stat("/mnt/file"));
    assertThat(failure.errno()).isEqualTo(Errno.EIO);
    assertThat(failure)
        .hasMessageContainingAll("plugin " + File.class.getName() + ": ", shown, "[PLUGIN-01]");
  }

  @Test
  void plugin01_statisticsThatCannotBe_areRefused() {
    ErrnoException failure = failureOf(() -> tree.statfs("/mnt"));
    assertThat(failure.errno()).isEqualTo(Errno.EIO);
    assertThat(failure).hasMessageContaining("blocks -1");
  }

  static List<String> impossibleTargets() {
    return List.of("", "a\0b", "x".repeat(4096));
  }

  @ParameterizedTest
  @MethodSource("impossibleTargets")
  void plugin01_linkThatCannotBe_isRefusedWhereItIsReadAndWhereItIsFollowed(String target) {
    type.target = target;
    assertBlamed(Link.class, "target: expected a path", () -> tree.readlink("/mnt/link"));
    assertBlamed(Link.class, "target: expected a path", () -> tree.stat("/mnt/link"));
  }

  @Test
  void nameOfTheCallerThatCannotBe_isNotAskedOfAPlugin() {
    type.asked.clear();
    assertErrno(Errno.EINVAL, () -> tree.stat("/mnt/a\0b"));
    assertErrno(Errno.EINVAL, () -> tree.mkdir("/mnt/a\0b", 0755));
    assertErrno(Errno.EINVAL, () -> tree.symlink("file", "/mnt/a\0b"));
    assertErrno(Errno.EINVAL, () -> tree.rename("/mnt/file", "/mnt/a\0b"));
    assertErrno(Errno.ENAMETOOLONG, () -> tree.mkdir("/mnt/" + "x".repeat(256), 0755));
    assertErrno(Errno.ENAMETOOLONG, () -> tree.symlink("x".repeat(4096), "/mnt/l"));
    assertErrno(Errno.EINVAL, () -> tree.symlink("a\0b", "/mnt/l"));
    assertErrno(Errno.ENOENT, () -> tree.symlink("", "/mnt/l"));
    assertThat(type.asked).isEmpty();
  }

  @Test
  void linkOfTheLongestPath_isMade() throws Exception {
    String longest = "x".repeat(4095);
    tree.symlink(longest, "/tmp/l");
    assertThat(tree.readlink("/tmp/l")).isEqualTo(longest);
  }
}
