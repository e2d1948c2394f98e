package dev.nommu.hostfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Jimfs;
import dev.nommu.api.AccessMode;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.MountRequest;
import dev.nommu.api.PageSource;
import dev.nommu.api.Profile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class HostfsTypeTest {
  private static final PageSource NO_PAGES =
      new PageSource() {
        @Override
        public long maximumRun() {
          throw new AssertionError("hostfs needs no pages");
        }

        @Override
        public long allocateRun(long pages) {
          throw new AssertionError("hostfs needs no pages");
        }

        @Override
        public long allocatePage() {
          throw new AssertionError("hostfs needs no pages");
        }

        @Override
        public void free(long address, long pages) {
          throw new AssertionError("hostfs has no pages");
        }

        @Override
        public MemorySegment memory(long address, long length) {
          throw new AssertionError("hostfs has no pages");
        }
      };

  private static dev.nommu.api.FileSystem mount(Optional<Path> directory) throws ErrnoException {
    return mount(directory, "");
  }

  private static dev.nommu.api.FileSystem mount(Optional<Path> directory, String options)
      throws ErrnoException {
    return new HostfsType()
        .mount(
            new MountRequest(
                "share",
                Optional.empty(),
                directory,
                options,
                AccessMode.READ_WRITE,
                NO_PAGES,
                InstantSource.system(),
                Profile.DOCUMENT));
  }

  private static Errno errnoOfMount(Path directory) {
    try {
      mount(Optional.of(directory));
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
    assertThatThrownBy(() -> mount(Optional.empty()))
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
      assertThat(mount(Optional.of(link)).root().lookup("f")).isPresent();
    }
  }

  @Test
  void mount_ofAnUnknownOption_isEinval() throws Exception {
    try (FileSystem host = Jimfs.newFileSystem()) {
      Path directory = host.getPath("").toAbsolutePath();
      assertThatThrownBy(() -> mount(Optional.of(directory), "sync,readonly"))
          .isInstanceOf(ErrnoException.class)
          .hasMessageContaining("expected no options, found \"readonly\"");
      assertThat(mount(Optional.of(directory), "sync")).isNotNull();
    }
  }
}
