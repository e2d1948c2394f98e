package dev.nommu.hostfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.Errno;
import dev.nommu.api.RegularFile;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** hostfs on a directory in memory, which has no modes. */
final class HostfsOnJimfsTest extends HostfsEscapeContract {
  private final FileSystem jimfs =
      Jimfs.newFileSystem(
          Configuration.unix().toBuilder().setBlockSize(512).setMaxSize(64 * 512).build());

  @AfterEach
  void closeJimfs() throws IOException {
    jimfs.close();
  }

  @Override
  HostTree emptyTree() throws IOException {
    return HostTree.of(Files.createDirectories(jimfs.getPath("/x/host")));
  }

  @Test
  void withoutModes_theUsualOnesAreShownAndCannotBeChanged() throws IOException {
    Files.createSymbolicLink(host.resolve("l"), host);
    assertThat(file(root, "f").attributes().permissions()).isEqualTo(0644);
    assertThat(directory(root, "d").attributes().permissions()).isEqualTo(0755);
    assertThat(root.lookup("l").orElseThrow().attributes().permissions()).isEqualTo(0777);
    assertErrno(Errno.EPERM, () -> root.lookup("f").orElseThrow().chmod(0600));
  }

  @Test
  void fullHost_isEnospcAndLeavesTheFileAsItWas() throws IOException {
    RegularFile file = file(root, "f");
    try (HostOpenFile open = open(file)) {
      write(open, "abc", 0);
      assertErrno(Errno.ENOSPC, () -> file.truncate(Long.MAX_VALUE));
      assertErrno(Errno.ENOSPC, () -> write(open, "x", 1L << 40));
      assertThat(Files.readString(host.resolve("f"))).isEqualTo("abc");
      file.truncate(60 * 512);
    }
  }

  @Test
  void closedHost_isEio() throws IOException {
    RegularFile file = file(root, "f");
    jimfs.close();
    assertErrno(Errno.EIO, () -> root.lookup("f"));
    assertErrno(Errno.EIO, file::attributes);
  }
}
