package dev.nommu.hostfs;

import static dev.nommu.hostfs.HostfsContract.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AccessMode;
import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.RegularFile;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** hostfs on a directory in an archive, which can be read. */
final class HostfsInArchiveTest {
  @TempDir Path folder;
  private FileSystem archive;
  private Directory root;

  @BeforeEach
  void makeArchive() throws Exception {
    archive = FileSystems.newFileSystem(folder.resolve("a.zip"), Map.of("create", "true"));
    Files.createDirectories(archive.getPath("/host/d"));
    Files.writeString(archive.getPath("/host/d/f"), "content");
    root = new HostFileSystem(HostTree.of(archive.getPath("/host")), 4096).root();
  }

  @AfterEach
  void closeArchive() throws Exception {
    archive.close();
  }

  @Test
  void fileInAnArchive_isListedAndReadAtAnyPosition() throws Exception {
    Directory directory = (Directory) root.lookup("d").orElseThrow();
    assertThat(directory.entries()).extracting(DirectoryEntry::name).containsExactly("f");
    RegularFile file = (RegularFile) directory.lookup("f").orElseThrow();
    try (HostOpenFile open = (HostOpenFile) file.open(OpenFlags.of(AccessMode.READ))) {
      assertThat(HostfsContract.read(open, 4, 3)).isEqualTo("tent");
      assertThat(HostfsContract.read(open, 4, 0)).isEqualTo("cont");
    }
  }

  @Test
  void fileInAnArchive_isNotOpenedForWriting() throws Exception {
    Directory directory = (Directory) root.lookup("d").orElseThrow();
    RegularFile file = (RegularFile) directory.lookup("f").orElseThrow();
    assertErrno(Errno.EROFS, () -> file.open(OpenFlags.of(AccessMode.READ_WRITE)));
    assertThat(Files.readString(archive.getPath("/host/d/f"))).isEqualTo("content");
  }
}
