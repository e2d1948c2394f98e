package dev.nommu.hostfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.RegularFile;
import dev.nommu.api.SymbolicLink;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** hostfs on a host with drives and backslashes and without secure directory streams. */
final class HostfsOnWindowsTest extends HostfsEscapeContract {
  private final FileSystem jimfs = Jimfs.newFileSystem(Configuration.windows());

  @AfterEach
  void closeJimfs() throws IOException {
    jimfs.close();
  }

  @Override
  HostTree emptyTree() throws IOException {
    return HostTree.of(Files.createDirectories(jimfs.getPath("C:\\x\\host")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"..\\outside", "C:", "C:\\x", "\\", "a\\b", "a:b"})
  void nameThatIsAPathOnTheHost_isRefused(String name) {
    assertErrno(Errno.EINVAL, () -> root.lookup(name));
    assertErrno(Errno.EINVAL, () -> file(root, name));
  }

  @Test
  void linkTarget_hasSlashes() throws IOException {
    Files.createSymbolicLink(host.resolve("l"), jimfs.getPath("a\\b"));
    assertThat(((SymbolicLink) root.lookup("l").orElseThrow()).target()).isEqualTo("a/b");
  }

  @Test
  void hostfs05_renameToAnotherSpelling_isDone() throws IOException {
    RegularFile file = file(root, "name");
    root.rename("name", root, "Name");
    assertThat(root.entries()).extracting(DirectoryEntry::name).containsExactly("Name");
    assertThat(root.lookup("Name")).containsSame(file);
    directory(root, "d");
    root.rename("d", root, "D");
    root.rename("Name", root, "NAME");
    assertThat(root.entries()).extracting(DirectoryEntry::name).containsExactly("D", "NAME");
  }

  @Test
  void hostfs05_renameToAnotherNameOfTheFile_leavesBoth() throws IOException {
    file(root, "a");
    Files.createLink(host.resolve("b"), host.resolve("a"));
    root.rename("a", root, "b");
    assertThat(root.entries()).extracting(DirectoryEntry::name).containsExactly("a", "b");
  }
}
