package dev.nommu.hostfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.AccessMode;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.Inode;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Owner;
import dev.nommu.api.RegularFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of hostfs on every host; a subclass provides the host. */
abstract class HostfsContract {
  Path host;
  HostFileSystem fileSystem;
  Directory root;

  /** Returns the tree of an empty directory that has a parent to break out to. */
  abstract HostTree emptyTree() throws IOException;

  @BeforeEach
  final void mount() throws IOException {
    HostTree tree = emptyTree();
    host = tree.root();
    fileSystem = new HostFileSystem(tree, 4096);
    root = fileSystem.root();
  }

  @AfterEach
  final void unmount() throws IOException {
    fileSystem.close();
  }

  static void assertErrno(Errno errno, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ErrnoException.class, e -> assertThat(e.errno()).as(e.toString()).isEqualTo(errno));
  }

  static Directory directory(Directory parent, String name) throws ErrnoException {
    return (Directory) parent.create(name, NewInode.directory(0755));
  }

  static RegularFile file(Directory parent, String name) throws ErrnoException {
    return (RegularFile) parent.create(name, NewInode.regularFile(0644));
  }

  static HostOpenFile open(RegularFile file) throws ErrnoException {
    return (HostOpenFile) file.open(OpenFlags.of(AccessMode.READ_WRITE));
  }

  static long write(HostOpenFile file, String text, long position) throws ErrnoException {
    return file.write(MemorySegment.ofArray(text.getBytes(UTF_8)), position);
  }

  static String read(HostOpenFile file, int length, long position) throws ErrnoException {
    byte[] bytes = new byte[length];
    long count = file.read(MemorySegment.ofArray(bytes), position);
    return new String(bytes, 0, (int) count, UTF_8);
  }

  @Test
  void fileOfTheHost_isReadAtAnyPosition() throws IOException {
    Files.writeString(host.resolve("f"), "contents");
    try (HostOpenFile open = open((RegularFile) root.lookup("f").orElseThrow())) {
      assertThat(read(open, 100, 3)).isEqualTo("tents");
      assertThat(read(open, 2, 0)).isEqualTo("co");
      assertThat(read(open, 5, 8)).isEmpty();
      assertThat(read(open, 5, 1000)).isEmpty();
    }
  }

  @Test
  void file06_fileWithoutAName_livesAsLongAsItIsOpen() throws IOException {
    Directory d = directory(root, "d");
    RegularFile nameless = d.tmpfile(NewInode.regularFile(0600));
    try (HostOpenFile open = open(nameless)) {
      assertThat(d.entries()).isEmpty();
      assertThat(write(open, "text", 2)).isEqualTo(4);
      assertThat(read(open, 10, 2)).isEqualTo("text");
      assertThat(nameless.attributes().links()).isZero();
      assertThat(nameless.attributes().size()).isEqualTo(6);
      nameless.truncate(3);
      assertThat(nameless.attributes().size()).isEqualTo(3);
    }
    assertThat(fileSystem.knownInodes()).isEqualTo(1);
    root.rmdir("d");
  }

  @Test
  void memoryOfAnyKind_isReadAndWritten() throws IOException {
    byte[] bytes = "twenty-four bytes of it!".getBytes(UTF_8);
    long[] words = new long[3];
    MemorySegment.ofArray(words).copyFrom(MemorySegment.ofArray(bytes));
    try (HostOpenFile open = open(file(root, "f"))) {
      assertThat(open.write(MemorySegment.ofArray(words).asReadOnly(), 0)).isEqualTo(24);
      assertThat(read(open, 30, 0)).isEqualTo("twenty-four bytes of it!");
      char[] chars = new char[13];
      assertThat(open.read(MemorySegment.ofArray(chars), 2)).isEqualTo(22);
      assertThat(MemorySegment.ofArray(chars).asSlice(0, 22).toArray(ValueLayout.JAVA_BYTE))
          .isEqualTo(Arrays.copyOfRange(bytes, 2, 24));
    }
  }

  @Test
  void bdi03_noBackingDeviceInfo_soThatFilesAreCopied() throws IOException {
    try (HostOpenFile open = open(file(root, "f"))) {
      assertThat(open.backingDeviceInfo()).isEmpty();
    }
  }

  @Test
  void write_reachesTheHostAndGrowsTheFile() throws IOException {
    RegularFile file = file(root, "f");
    try (HostOpenFile open = open(file)) {
      assertThat(write(open, "abc", 2)).isEqualTo(3);
      open.fsync();
    }
    assertThat(Files.readString(host.resolve("f"))).isEqualTo("\0\0abc");
    assertThat(file.attributes().size()).isEqualTo(5);
    assertThat(file.attributes().blocks()).isEqualTo(1);
    assertThat(file.attributes().links()).isEqualTo(1);
  }

  @Test
  void truncate_cutsAndGrowsWithZeros_openOrNot() throws IOException {
    RegularFile file = file(root, "f");
    try (HostOpenFile open = open(file)) {
      write(open, "abcdef", 0);
      file.truncate(2);
    }
    file.truncate(4);
    assertThat(Files.readString(host.resolve("f"))).isEqualTo("ab\0\0");
    file.truncate(4);
    file.truncate(0);
    assertThat(file.attributes().size()).isZero();
  }

  @Test
  void unlinkedFile_staysGoodWhileItIsOpen() throws IOException {
    RegularFile file = file(root, "f");
    try (HostOpenFile open = open(file)) {
      write(open, "keep", 0);
      root.unlink("f");
      assertThat(root.lookup("f")).isEmpty();
      file(root, "f").truncate(100);
      assertThat(read(open, 10, 0)).isEqualTo("keep");
      assertThat(file.attributes().size()).isEqualTo(4);
      assertThat(file.attributes().links()).isZero();
      file.truncate(2);
      assertThat(read(open, 10, 0)).isEqualTo("ke");
    }
    assertErrno(Errno.ENOENT, () -> open(file));
    assertErrno(Errno.ENOENT, () -> file.truncate(0));
  }

  @Test
  void unlinkedFile_isForgottenWithItsLastUse() throws IOException {
    for (int i = 0; i < 20; i++) {
      RegularFile file = file(root, "f");
      try (HostOpenFile open = open(file)) {
        write(open, "x", 0);
        root.unlink("f");
      }
      file(root, "g");
      root.unlink("g");
    }
    assertThat(fileSystem.knownInodes()).isZero();
  }

  @Test
  void number_isTheSameInEveryLookupAndListingAndAfterRename() throws IOException {
    Directory below = directory(root, "d");
    RegularFile file = file(below, "f");
    assertThat(below.lookup("f").orElseThrow().number()).isEqualTo(file.number());
    assertThat(below.entries())
        .containsExactly(DirectoryEntry.of("f", file.number(), FileKind.REGULAR));
    below.rename("f", root, "g");
    assertThat(root.lookup("g").orElseThrow().number()).isEqualTo(file.number());
    assertThat(file(below, "f").number()).isNotEqualTo(file.number());
  }

  @Test
  void directoryThatIsRenamed_takesTheInodesBelowAlong() throws IOException {
    Directory below = directory(directory(root, "a"), "b");
    RegularFile file = file(below, "f");
    root.rename("a", root, "z");
    try (HostOpenFile open = open(file)) {
      write(open, "moved", 0);
    }
    assertThat(Files.readString(host.resolve("z").resolve("b").resolve("f"))).isEqualTo("moved");
    assertThat(below.lookup("f")).containsSame(file);
  }

  @Test
  void entries_areAlphabeticalAndOfAllKinds() throws IOException {
    Files.createSymbolicLink(host.resolve("link"), host.getFileSystem().getPath("f"));
    file(root, "f");
    directory(root, "d");
    assertThat(root.entries()).extracting(DirectoryEntry::name).containsExactly("d", "f", "link");
    assertThat(root.entries())
        .extracting(DirectoryEntry::kind)
        .containsExactly(FileKind.DIRECTORY, FileKind.REGULAR, FileKind.SYMBOLIC_LINK);
  }

  @Test
  void create_onATakenName_isEexist() throws IOException {
    Files.writeString(host.resolve("f"), "precious");
    assertErrno(Errno.EEXIST, () -> file(root, "f"));
    assertErrno(Errno.EEXIST, () -> directory(root, "f"));
    assertThat(Files.readString(host.resolve("f"))).isEqualTo("precious");
  }

  @Test
  void linksDevicesAndPipes_cannotBeMadeOnTheHost() {
    DeviceNumber number = new DeviceNumber(1, 3);
    for (NewInode what :
        List.of(
            NewInode.symbolicLink("/etc/passwd"),
            NewInode.deviceFile(0600, DeviceFile.Kind.CHARACTER, number),
            NewInode.fifo(0600))) {
      assertErrno(Errno.EPERM, () -> root.create("x", what));
    }
    assertThat(host.resolve("x")).doesNotExist();
  }

  @Test
  void unlinkAndRmdir_eachWantTheirKind() throws IOException {
    file(directory(root, "d"), "below");
    file(root, "f");
    assertErrno(Errno.EISDIR, () -> root.unlink("d"));
    assertErrno(Errno.ENOTDIR, () -> root.rmdir("f"));
    assertErrno(Errno.ENOTEMPTY, () -> root.rmdir("d"));
    assertErrno(Errno.ENOENT, () -> root.unlink("none"));
    Directory gone = directory(root, "e");
    root.rmdir("e");
    assertThat(host.resolve("e")).doesNotExist();
    assertErrno(Errno.ENOENT, () -> file(gone, "x"));
  }

  @Test
  void rename_replacesAFileOrAnEmptyDirectory() throws IOException {
    RegularFile old = file(root, "old");
    try (HostOpenFile open = open(file(root, "new"))) {
      write(open, "new", 0);
    }
    root.rename("new", root, "old");
    assertThat(Files.readString(host.resolve("old"))).isEqualTo("new");
    assertThat(old.attributes().links()).isZero();
    directory(root, "a");
    directory(root, "b");
    root.rename("a", root, "b");
    assertThat(root.entries()).extracting(DirectoryEntry::name).containsExactly("b", "old");
  }

  @Test
  void rename_refusesWrongKindsAndStrangers() throws IOException {
    file(directory(root, "d"), "below");
    directory(root, "e");
    file(root, "f");
    assertErrno(Errno.EISDIR, () -> root.rename("f", root, "d"));
    assertErrno(Errno.ENOTDIR, () -> root.rename("d", root, "f"));
    assertErrno(Errno.ENOTEMPTY, () -> root.rename("e", root, "d"));
    assertErrno(Errno.ENOENT, () -> root.rename("none", root, "x"));
    HostFileSystem other = new HostFileSystem(fileSystem.tree(), 4096);
    assertErrno(Errno.EXDEV, () -> root.rename("f", other.root(), "x"));
    root.rename("f", root, "f");
    assertThat(host.resolve("f")).exists();
  }

  @Test
  void fileTheHostReplaced_isNotTakenForTheOldOne() throws IOException {
    RegularFile old = file(root, "f");
    try (HostOpenFile open = open(old)) {
      Files.delete(host.resolve("f"));
      Files.createDirectory(host.resolve("f"));
      assertThat(root.lookup("f").orElseThrow().number()).isNotEqualTo(old.number());
      assertErrno(Errno.ENOENT, () -> old.open(OpenFlags.of(AccessMode.READ)));
      assertThat(read(open, 1, 0)).isEmpty();
    }
  }

  @Test
  void fileTheHostPutInThePlaceOfAnOpenOne_isAnotherInode() throws IOException {
    RegularFile old = file(root, "f");
    try (HostOpenFile open = open(old)) {
      write(open, "old", 0);
      Files.delete(host.resolve("f"));
      Files.writeString(host.resolve("f"), "a new one");
      assertErrno(Errno.ENOENT, () -> old.open(OpenFlags.of(AccessMode.READ)));
      assertThat(old.attributes().size()).isEqualTo(3);
      assertThat(root.lookup("f").orElseThrow().number()).isNotEqualTo(old.number());
      assertThat(read(open, 9, 0)).isEqualTo("old");
    }
  }

  @Test
  void pendingInterrupt_neitherDisturbsTheHostNorIsLost() throws IOException {
    try (HostOpenFile open = open(file(root, "f"))) {
      Thread.currentThread().interrupt();
      write(open, "abc", 0);
      assertThat(read(open, 3, 0)).isEqualTo("abc");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void statistics_haveTheMagicOfHostfs() {
    assertThat(fileSystem.statistics().magic()).isEqualTo(0x00c0ffeeL);
    assertThat(fileSystem.statistics().blocks()).isPositive();
  }

  @Test
  void own01_owner_isKeptAsLongAsTheMount() throws IOException {
    Owner somebody = new Owner(1000, 100);
    Inode made = root.create("f", NewInode.regularFile(0644).with(0644, somebody));
    assertThat(made.attributes().owner()).isEqualTo(somebody);
    assertThat(root.lookup("f").orElseThrow().attributes().owner()).isEqualTo(somebody);
    made.chown(new Owner(1, 2), 0644);
    assertThat(root.lookup("f").orElseThrow().attributes().owner()).isEqualTo(new Owner(1, 2));
    assertThat(root.attributes().owner()).isEqualTo(Owner.ROOT);
  }

  @Test
  void own06_times_areToldToTheHost() throws IOException {
    Instant accessed = Instant.parse("2001-02-03T04:05:06Z");
    Instant modified = Instant.parse("2011-12-13T14:15:16Z");
    file(root, "f").setTimes(accessed, modified);
    assertThat(Files.getLastModifiedTime(host.resolve("f")).toInstant()).isEqualTo(modified);
    assertThat(root.lookup("f").orElseThrow().attributes().accessed()).isEqualTo(accessed);
    root.setTimes(accessed, modified);
    assertThat(root.attributes().modified()).isEqualTo(modified);
  }
}
