package dev.nommu.ramfs;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Fifo;
import dev.nommu.api.FileKind;
import dev.nommu.api.FileSystem;
import dev.nommu.api.Inode;
import dev.nommu.api.NewInode;
import dev.nommu.api.RegularFile;
import dev.nommu.api.Socket;
import dev.nommu.api.SymbolicLink;
import dev.nommu.fixtures.FakePages;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RamTreeTest {
  private final FakePages pages = new FakePages(8);
  private FileSystem fileSystem;
  private Directory root;

  @BeforeEach
  void mount() throws ErrnoException {
    fileSystem = RamFiles.mount(pages);
    root = fileSystem.root();
  }

  private static Directory directory(Directory parent, String name) throws ErrnoException {
    return (Directory) parent.create(name, NewInode.directory(0755));
  }

  private RegularFile file(String name) throws ErrnoException {
    return RamFiles.file(fileSystem, name);
  }

  private List<String> names() throws ErrnoException {
    return root.entries().stream().map(DirectoryEntry::name).toList();
  }

  @Test
  void create_makesEveryKind() throws ErrnoException {
    var device = NewInode.deviceFile(0600, DeviceFile.Kind.BLOCK, new DeviceNumber(31, 2));
    assertThat(root.create("d", NewInode.directory(0755))).isInstanceOf(Directory.class);
    assertThat(root.create("p", NewInode.fifo(0644))).isInstanceOf(Fifo.class);
    assertThat(root.create("s", NewInode.socket(0644))).isInstanceOf(Socket.class);
    Inode link = root.create("l", NewInode.symbolicLink("to/å"));
    assertThat(link).isInstanceOf(SymbolicLink.class);
    assertThat(link.attributes().size()).isEqualTo(5);
    assertThat(root.create("b", device))
        .isInstanceOfSatisfying(
            DeviceFile.class,
            b -> {
              assertThat(b.device()).isEqualTo(new DeviceNumber(31, 2));
              assertThat(b.kind()).isEqualTo(DeviceFile.Kind.BLOCK);
            });
    assertThat(((SymbolicLink) root.lookup("l").orElseThrow()).target()).isEqualTo("to/å");
    assertThat(names()).containsExactly("b", "l", "s", "p", "d");
  }

  @Test
  void memf13_entries_areTheNewestNameFirst() throws ErrnoException {
    RegularFile made = file("made");
    directory(root, "d");
    root.link("linked", made);
    assertThat(names()).containsExactly("linked", "d", "made");
    root.rename("made", root, "moved");
    assertThat(names()).containsExactly("moved", "linked", "d");
    file("replaced");
    file("last");
    root.rename("linked", root, "replaced");
    assertThat(names()).containsExactly("replaced", "last", "moved", "d");
  }

  @Test
  void create_onATakenName_isEexist() throws ErrnoException {
    file("a");
    assertErrno(Errno.EEXIST, () -> file("a"));
  }

  @Test
  void lookup_findsTheInodeThatEntriesName() throws ErrnoException {
    RegularFile made = file("a");
    assertThat(root.lookup("a")).containsSame(made);
    assertThat(root.lookup("b")).isEmpty();
    assertThat(root.entries())
        .containsExactly(DirectoryEntry.of("a", made.number(), FileKind.REGULAR));
  }

  @Test
  void chmod_keepsTheLowTwelveBits() throws ErrnoException {
    RegularFile made = file("a");
    made.chmod(0104755);
    assertThat(made.attributes().permissions()).isEqualTo(04755);
    assertThat(made.attributes().modified()).isEqualTo(RamFiles.NOW);
  }

  @Test
  void links_areCountedForFilesAndDirectories() throws ErrnoException {
    RegularFile made = file("a");
    root.link("b", made);
    Directory below = directory(root, "d");
    assertThat(made.attributes().links()).isEqualTo(2);
    assertThat(below.attributes().links()).isEqualTo(2);
    assertThat(root.attributes().links()).isEqualTo(3);
    root.unlink("a");
    root.rmdir("d");
    assertThat(made.attributes().links()).isEqualTo(1);
    assertThat(root.attributes().links()).isEqualTo(2);
  }

  @Test
  void link_toADirectoryOrAStrangerOrWhatIsGone_isRefused() throws ErrnoException {
    Inode stranger = RamFiles.file(RamFiles.mount(pages), "s");
    RegularFile gone = file("gone");
    root.unlink("gone");
    assertErrno(Errno.EPERM, () -> root.link("x", directory(root, "d")));
    assertErrno(Errno.EXDEV, () -> root.link("x", stranger));
    assertErrno(Errno.ENOENT, () -> root.link("x", gone));
  }

  @Test
  void unlinkAndRmdir_eachWantTheirKind() throws ErrnoException {
    file("f");
    directory(directory(root, "d"), "below");
    assertErrno(Errno.EISDIR, () -> root.unlink("d"));
    assertErrno(Errno.ENOTDIR, () -> root.rmdir("f"));
    assertErrno(Errno.ENOTEMPTY, () -> root.rmdir("d"));
    assertErrno(Errno.ENOENT, () -> root.unlink("none"));
  }

  @Test
  void removedDirectory_takesNoNewNames() throws ErrnoException {
    Directory gone = directory(root, "d");
    file("f");
    root.rmdir("d");
    assertErrno(Errno.ENOENT, () -> directory(gone, "x"));
    assertErrno(Errno.ENOENT, () -> root.rename("f", gone, "x"));
  }

  @Test
  void rename_movesAFileOverAnotherAndFreesThatOne() throws ErrnoException {
    file("old").truncate(4096);
    RegularFile moved = file("new");
    root.rename("new", root, "old");
    assertThat(names()).containsExactly("old");
    assertThat(root.lookup("old")).containsSame(moved);
    assertThat(moved.attributes().links()).isEqualTo(1);
    assertThat(pages.inUse()).isZero();
  }

  @Test
  void rename_movesADirectoryWithItsContents() throws ErrnoException {
    Directory a = directory(root, "a");
    Directory b = directory(root, "b");
    Directory moved = directory(a, "m");
    directory(b, "m");
    a.rename("m", b, "m");
    assertThat(b.lookup("m")).containsSame(moved);
    assertThat(a.attributes().links()).isEqualTo(2);
    assertThat(b.attributes().links()).isEqualTo(3);
    assertThat(moved.attributes().links()).isEqualTo(2);
  }

  @Test
  void rename_ofTwoNamesOfOneInode_doesNothing() throws ErrnoException {
    root.link("b", file("a"));
    root.rename("a", root, "b");
    assertThat(names()).containsExactly("b", "a");
  }

  @Test
  void rename_refusesLoopsAndWrongKinds() throws ErrnoException {
    Directory a = directory(root, "a");
    Directory b = directory(a, "b");
    file("f");
    directory(b, "full");
    Directory stranger = RamFiles.mount(pages).root();
    assertErrno(Errno.EINVAL, () -> root.rename("a", b, "x"));
    assertErrno(Errno.EINVAL, () -> root.rename("a", a, "x"));
    assertErrno(Errno.ENOTDIR, () -> root.rename("a", root, "f"));
    assertErrno(Errno.EISDIR, () -> root.rename("f", root, "a"));
    directory(root, "e");
    assertErrno(Errno.ENOTEMPTY, () -> root.rename("e", a, "b"));
    assertErrno(Errno.ENOENT, () -> root.rename("none", root, "x"));
    assertErrno(Errno.EXDEV, () -> root.rename("f", stranger, "x"));
    assertThat(names()).containsExactly("e", "f", "a");
  }
}
