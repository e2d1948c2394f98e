package dev.nommu.ramfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Directory;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.NewInode;
import dev.nommu.api.Page;
import dev.nommu.api.RegularFile;
import dev.nommu.fixtures.FakePages;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RamLifetimeTest {
  private final FakePages pages = new FakePages(8);
  private FileSystem fileSystem;
  private RegularFile file;

  @BeforeEach
  void makeFile() throws ErrnoException {
    fileSystem = RamFiles.mount(pages);
    file = RamFiles.file(fileSystem, "f");
    file.truncate(2 * Page.SIZE);
  }

  private static void assertEnoent(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
  }

  @Test
  void pshm02_unlinkedFile_keepsItsPagesWhileItIsOpen() throws ErrnoException {
    RamOpenFile first = RamFiles.open(file);
    RamOpenFile second = RamFiles.open(file);
    RamFiles.write(first, "keep", 0);
    fileSystem.root().unlink("f");
    first.close();
    assertThat(RamFiles.read(second, 4, 0)).isEqualTo("keep");
    second.close();
    assertThat(pages.inUse()).isZero();
  }

  @Test
  void lastLink_notTheFirst_freesThePages() throws ErrnoException {
    fileSystem.root().link("g", file);
    fileSystem.root().unlink("f");
    assertThat(pages.inUse()).isEqualTo(2);
    fileSystem.root().unlink("g");
    assertThat(pages.inUse()).isZero();
  }

  @Test
  void closingAFileThatHasAName_keepsItsPages() throws ErrnoException {
    RamFiles.open(file).close();
    assertThat(pages.inUse()).isEqualTo(2);
  }

  @Test
  void fileThatIsGone_canNeitherBeOpenedNorTakePagesAgain() throws ErrnoException {
    fileSystem.root().unlink("f");
    assertEnoent(() -> RamFiles.open(file));
    assertEnoent(() -> file.truncate(Page.SIZE));
    assertThat(pages.inUse()).isZero();
  }

  @Test
  void close_freesTheFilesOfTheWholeTree() throws ErrnoException {
    Directory directory = fileSystem.root();
    for (int depth = 0; depth < 5; depth++) {
      directory = (Directory) directory.create("d", NewInode.directory(0755));
      ((RegularFile) directory.create("f", NewInode.regularFile(0644))).truncate(1);
    }
    fileSystem.close();
    assertThat(pages.inUse()).isZero();
  }
}
