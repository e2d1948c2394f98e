package dev.nommu.hostfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Jimfs;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.MountRequest;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class HostfsTypeTest {
  private static dev.nommu.api.FileSystem mount(Path directory) throws ErrnoException {
    return new HostfsType().mount(MountRequest.builder("share").hostDirectory(directory).build());
  }

  private static Errno errnoOfMount(Path directory) {
    try {
      mount(directory);
      throw new AssertionError("mounted " + directory);
    } catch (ErrnoException e) {
      return e.errno();
    }
  }

  @Test
  void type_isFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(FileSystemType.class))
        .singleElement()
        .isInstanceOfSatisfying(
            HostfsType.class, type -> assertThat(type.name()).isEqualTo("hostfs"));
  }

  @Test
  void sourceWithoutHostDirectory_isEinvalAndNamed() {
    assertThatThrownBy(() -> new HostfsType().mount(MountRequest.builder("share").build()))
        .hasMessageContaining("\"share\"")
        .isInstanceOfSatisfying(
            ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
  }

  @Test
  void hostDirectory_mustBeOne() throws IOException {
    try (FileSystem jimfs = Jimfs.newFileSystem()) {
      Path file = Files.createFile(jimfs.getPath("file"));
      assertThat(errnoOfMount(file)).isEqualTo(Errno.ENOTDIR);
      assertThat(errnoOfMount(jimfs.getPath("nothing"))).isEqualTo(Errno.ENOENT);
    }
  }

  @Test
  void hostDirectory_mayBeGivenByALink() throws IOException {
    try (FileSystem jimfs = Jimfs.newFileSystem()) {
      Path directory = Files.createDirectory(jimfs.getPath("directory"));
      Files.createFile(directory.resolve("f"));
      Path link = Files.createSymbolicLink(jimfs.getPath("link"), directory);
      assertThat(mount(link).root().lookup("f")).isPresent();
    }
  }
}
