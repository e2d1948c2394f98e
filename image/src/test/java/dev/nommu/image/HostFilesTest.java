package dev.nommu.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Files of the host: what cannot be read is said with its errno and its name. */
final class HostFilesTest {
  private final FileSystem host = Jimfs.newFileSystem(Configuration.windows());
  private final Path folder = host.getPath("C:\\work");

  @AfterEach
  void close() throws Exception {
    host.close();
  }

  private static void assertFails(Errno errno, ThrowingCallable call, String word) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ErrnoException.class, failure -> assertThat(failure.errno()).isEqualTo(errno))
        .hasMessageContaining(word);
  }

  @Test
  void whatCannotBeListed_hasItsErrno() throws Exception {
    assertThat(HostFiles.list(folder)).isEmpty();
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(HostFiles.list(folder)).containsExactly(file);
    assertFails(Errno.ENOENT, () -> HostFiles.list(folder.resolve("none")), "none");
    assertFails(Errno.ENOTDIR, () -> HostFiles.list(file), "file");
  }

  @Test
  void linksHaveSlashes_whateverTheHostWrites() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), host.getPath("a\\b"));
    assertThat(HostFiles.target(link)).asString().isEqualTo("a/b");
  }

  @Test
  void nameThatTheLocaleCannotTell_isEinval() {
    assertFails(Errno.EINVAL, () -> HostFiles.name(folder.resolve("f\ufffdr")), "C.UTF-8");
  }
}
