package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.testing.Errnos.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Attributes;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.Inode;
import dev.nommu.api.MountRequest;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.PageSource;
import dev.nommu.api.Profile;
import dev.nommu.api.RegularFile;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.task.TreeCalls;
import dev.nommu.kernel.testing.Errnos;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.kernel.testing.WatchedMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A file system that answers what cannot be, at each of its operations: rule PLUGIN-01. */
final class HostileFileSystemTest {
  private static final Attributes ORDINARY = Attributes.builder(0777).size(4096).build();

  /** How it misbehaves. */
  private enum Misbehaviour {
    NULL,
    EXCEPTION,
    ERROR
  }

  /** The operations in which it can do so. */
  private enum Operation {
    MOUNT,
    ROOT,
    STATISTICS,
    LOOKUP,
    ENTRIES,
    ATTRIBUTES,
    OPEN,
    CREATE
  }

  @RegisterExtension final Machines machines = new Machines();

  private final HostileType type = new HostileType();
  private Machine machine;
  private TreeCalls tree;

  @BeforeEach
  void boot() {
    machine = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, type);
    tree = machine.init().tree();
  }

  private static final class HostileType implements FileSystemType {
    Optional<Operation> where = Optional.empty();
    Misbehaviour how = Misbehaviour.NULL;
    Supplier<FileSystem> shown = () -> new HostileFileSystem(this);
    final List<PageSource> sources = new ArrayList<>();

    @Override
    public String name() {
      return "hostile";
    }

    @Override
    public Source source() {
      return Source.NODEV;
    }

    @Override
    public FileSystem mount(MountRequest request) throws ErrnoException {
      request.pages().allocateRun(3);
      sources.add(request.pages());
      return answer(Operation.MOUNT, shown);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    <T> T answer(Operation operation, Supplier<T> otherwise) {
      if (where.isEmpty() || where.get() != operation) {
        return otherwise.get();
      }
      return switch (how) {
        case NULL -> null;
        case EXCEPTION -> throw new IllegalStateException("on purpose");
        case ERROR -> throw new AssertionError("on purpose");
      };
    }
  }

  private record HostileFileSystem(HostileType type) implements FileSystem {
    @Override
    public Directory root() {
      return type.answer(Operation.ROOT, () -> new HostileDirectory(type));
    }

    @Override
    public Statistics statistics() {
      return type.answer(Operation.STATISTICS, () -> Statistics.builder(1).build());
    }
  }

  private record HostileDirectory(HostileType type) implements Directory {
    @Override
    public long number() {
      return 1;
    }

    @Override
    public Attributes attributes() {
      return type.answer(Operation.ATTRIBUTES, () -> ORDINARY);
    }

    @Override
    public Optional<Inode> lookup(String name) {
      return type.answer(
          Operation.LOOKUP,
          () -> name.equals("file") ? Optional.of(new HostileFile(type)) : Optional.empty());
    }

    @Override
    public List<DirectoryEntry> entries() {
      List<DirectoryEntry> entries = new ArrayList<>();
      entries.add(type.answer(Operation.ENTRIES, () -> null));
      return entries;
    }

    @Override
    public Inode create(String name, NewInode what) {
      return type.answer(Operation.CREATE, () -> new HostileFile(type));
    }
  }

  private record HostileFile(HostileType type) implements RegularFile {
    @Override
    public long number() {
      return 2;
    }

    @Override
    public Attributes attributes() {
      return type.answer(Operation.ATTRIBUTES, () -> ORDINARY);
    }

    @Override
    public OpenFile open(OpenFlags flags) {
      return type.answer(Operation.OPEN, () -> new OpenFile() {});
    }
  }

  private void assertBlamed(Operation operation, Misbehaviour how, Errnos.Call call) {
    type.where = Optional.of(operation);
    type.how = how;
    ErrnoException failure = failureOf(call);
    type.where = Optional.empty();
    assertThat(failure.errno()).as(failure.getMessage()).isEqualTo(Errno.EIO);
    assertThat(failure)
        .hasMessageContaining("HostileFileSystemTest$Hostile")
        .hasMessageContaining("[PLUGIN-01]");
  }

  @ParameterizedTest
  @EnumSource(Misbehaviour.class)
  void plugin01_mountThatMisbehaves_isEioAndItsPagesAreFree(Misbehaviour how) {
    long free = machine.freePages();
    for (Operation operation : List.of(Operation.MOUNT, Operation.ROOT)) {
      assertBlamed(operation, how, () -> tree.mount("none", "/mnt", "hostile", 0, ""));
      assertThat(machine.freePages()).isEqualTo(free);
    }
  }

  @ParameterizedTest
  @EnumSource(Misbehaviour.class)
  void plugin01_mountedFileSystemThatMisbehaves_isEio(Misbehaviour how) throws Exception {
    tree.mount("none", "/mnt", "hostile", 0, "");
    assertBlamed(Operation.STATISTICS, how, () -> tree.statfs("/mnt"));
    assertBlamed(Operation.LOOKUP, how, () -> tree.stat("/mnt/file"));
    assertBlamed(Operation.ENTRIES, how, () -> tree.list("/mnt"));
    assertBlamed(Operation.ATTRIBUTES, how, () -> tree.stat("/mnt"));
    assertBlamed(Operation.ATTRIBUTES, how, () -> tree.truncate("/mnt/file", 3));
    assertBlamed(Operation.OPEN, how, () -> machine.init().open("/mnt/file", 0));
    assertBlamed(Operation.CREATE, how, () -> tree.mkdir("/mnt/new", 0755));
    tree.umount("/mnt");
  }

  @Test
  void plugin01_pagesOfAFileSystemThatIsGone_areFree() throws Exception {
    long free = machine.freePages();
    tree.mount("none", "/mnt", "hostile", 0, "");
    assertThat(machine.freePages()).isEqualTo(free - 3);
    tree.umount("/mnt");
    assertThat(machine.freePages()).isEqualTo(free);
  }

  @Test
  void plugin01_pagesOfASecondMount_belongToTheFileSystemItShows() throws Exception {
    FileSystem only = new HostileFileSystem(type);
    type.shown = () -> only;
    long free = machine.freePages();
    tree.mount("none", "/mnt", "hostile", 0, "");
    tree.mount("none", "/tmp", "hostile", 0, "");
    assertThat(machine.freePages()).isEqualTo(free - 6);
    assertThat(machine.check()).isEmpty();
    type.sources.getLast().allocatePage();
    tree.umount("/tmp");
    assertThat(machine.check()).isEmpty();
    tree.umount("/mnt");
    assertThat(machine.freePages()).isEqualTo(free);
  }

  @Test
  void plugin01_pagesAfterUmountAndAfterAFailedMount_areRefusedWithTheTypesName() throws Exception {
    tree.mount("none", "/mnt", "hostile", 0, "");
    tree.umount("/mnt");
    assertBlamed(
        Operation.ROOT, Misbehaviour.NULL, () -> tree.mount("none", "/mnt", "hostile", 0, ""));
    long free = machine.freePages();
    assertThat(type.sources).hasSize(2);
    for (PageSource pages : type.sources) {
      ErrnoException failure = failureOf(() -> pages.allocateRun(64));
      assertThat(failure.errno()).isEqualTo(Errno.EIO);
      assertThat(failure)
          .hasMessageContaining(HostileType.class.getName())
          .hasMessageContaining("[PLUGIN-01]");
      assertThatThrownBy(() -> pages.free(Machines.ram(machine).start(), 1))
          .hasMessageContaining(HostileType.class.getName());
    }
    assertThat(machine.freePages()).isEqualTo(free);
  }

  private record Named(String name) implements FileSystemType {
    @Override
    public Source source() {
      return Source.NODEV;
    }

    @Override
    public FileSystem mount(MountRequest request) {
      return new HostileFileSystem(new HostileType());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "hostile, HostileFileSystemTest$HostileType",
    "proc, dev.nommu.kernel.proc.PseudoFileSystem"
  })
  void plugin01_twoTypesOfOneName_areNamedWhenTheBoardCannotBoot(String name, String other) {
    assertBothNamed(name, other, "HostileFileSystemTest$Named", type, new Named(name));
  }

  private void assertBothNamed(String name, String one, String two, Object... plugins) {
    Board board = TestBoard.withMebibytes(8).build();
    WatchedMemory memory = new WatchedMemory();
    Kernel kernel = Machines.kernel(memory, plugins);
    assertThatThrownBy(() -> kernel.boot(board))
        .isInstanceOf(BoardException.class)
        .hasMessageContainingAll("two plugins provide", "\"" + name + "\"", one, two);
    assertThat(memory.made()).isOne();
    assertThat(memory.kept()).isZero();
  }

  private record Twin(Set<String> compatible) implements DeviceDriver {
    @Override
    public String name() {
      return "sram";
    }
  }

  @Test
  void plugin01_twoDriversOfOneName_areNamedWhenTheBoardCannotBoot() {
    assertBothNamed(
        "sram",
        "dev.nommu.kernel.device.SramDriver",
        "HostileFileSystemTest$Twin",
        new Twin(Set.of()));
  }

  /** A driver that fails to say what it is, with an error of the virtual machine. */
  private record Broken(String name) implements DeviceDriver {
    @Override
    public Set<String> compatible() {
      throw new InternalError("no nodes");
    }
  }

  @Test
  void plugin01_driverThatThrowsAnErrorWhenAsked_isLeftOutAndNamed() {
    Board board = TestBoard.withMebibytes(8).build();
    Machine booted = machines.boot(board, Profile.DOCUMENT, new Broken("broken"));
    assertThat(booted.log().lines())
        .anyMatch(line ->
            line.contains(Broken.class.getName() + ": compatible threw")
                && line.contains("[PLUGIN-01]"));
  }

  /** A driver that says what it is once and fails when it is asked again. */
  private static final class Forgetful implements DeviceDriver {
    private int asked;

    @Override
    public String name() {
      return once("forgetful");
    }

    @Override
    public Set<String> compatible() {
      return Set.of(once("test,forgetful"));
    }

    private String once(String answer) {
      asked++;
      if (asked > 2) {
        throw new IllegalStateException("asked again");
      }
      return answer;
    }
  }

  @Test
  void plugin01_driver_isAskedOnceForNameAndNodes() {
    Board board =
        TestBoard.withMebibytes(8).node("f { compatible = \"test,forgetful\"; };").build();
    Machine booted = machines.boot(board, Profile.DOCUMENT, new Forgetful());
    assertThat(booted.nodes()).anyMatch(node -> node.place().equals("/f"));
  }

  private record Nameless(Set<String> compatible) implements DeviceDriver {
    @Override
    public String name() {
      throw new IllegalStateException("no name");
    }
  }

  @Test
  void plugin01_driverWithoutAName_isNamedAndLeftOut() {
    Board board = TestBoard.withMebibytes(8).build();
    Machine boots = machines.boot(board, Profile.DOCUMENT, new Nameless(Set.of()));
    assertThat(boots.log().lines().getFirst())
        .contains("HostileFileSystemTest$Nameless", "no name", "[PLUGIN-01]");
  }
}
