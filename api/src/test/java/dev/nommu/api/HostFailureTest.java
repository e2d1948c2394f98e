package dev.nommu.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class HostFailureTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new NoSuchFileException("/a"), Errno.ENOENT),
        Arguments.of(new NotDirectoryException("/a"), Errno.ENOTDIR),
        Arguments.of(new FileAlreadyExistsException("/a"), Errno.EEXIST),
        Arguments.of(new DirectoryNotEmptyException("/a"), Errno.ENOTEMPTY),
        Arguments.of(new AccessDeniedException("/a"), Errno.EACCES),
        Arguments.of(new AtomicMoveNotSupportedException("/a", "/b", null), Errno.EXDEV),
        Arguments.of(new ReadOnlyFileSystemException(), Errno.EROFS),
        Arguments.of(new UnsupportedOperationException(), Errno.EPERM),
        Arguments.of(new FileSystemException("/a", null, "File too large"), Errno.EFBIG),
        Arguments.of(new IOException("No space left on device"), Errno.ENOSPC),
        Arguments.of(new IOException("There is not enough space on the disk"), Errno.ENOSPC),
        Arguments.of(new IOException("out of disk space"), Errno.ENOSPC),
        Arguments.of(new FileSystemException("/my space/a", null, "too deep"), Errno.EIO),
        Arguments.of(new IOException("/srv/my space/a: Input/output error"), Errno.EIO),
        Arguments.of(new IOException("\\\\server\\a spacecraft: gone"), Errno.EIO),
        Arguments.of(new IOException("anything else"), Errno.EIO),
        Arguments.of(new IOException(), Errno.EIO),
        Arguments.of(
            new DirectoryIteratorException(new AccessDeniedException("/a")), Errno.EACCES));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failureOfTheHost_hasTheNumberThatLinuxWouldGive(Exception failure, Errno errno) {
    ErrnoException translated = HostFailure.of("stat of /a", failure);
    assertThat(translated.errno()).isEqualTo(errno);
    assertThat(translated).hasMessageStartingWith("stat of /a: ").hasCause(failure);
  }

  @Test
  void fileThatFailed_isNamedUnlessItWas() {
    assertThat(HostFailure.of("copy /a", new NoSuchFileException("/a/b")))
        .hasMessage("copy /a: /a/b: no such file or directory");
    assertThat(HostFailure.of("copy /a/b", new NoSuchFileException("/a/b")))
        .hasMessage("copy /a/b: no such file or directory");
  }

  @Test
  void failureOfADevice_isEio() {
    assertThat(HostFailure.ofDevice("image /a: read", new NoSuchFileException("/a")))
        .hasMessage("image /a: read: no such file or directory")
        .extracting(ErrnoException::errno)
        .isEqualTo(Errno.EIO);
  }

  @Test
  void failureWithANumber_isItself() {
    ErrnoException already = new ErrnoException(Errno.EINVAL, "a bad image");
    assertThat(HostFailure.of("read", already)).isSameAs(already);
    assertThat(HostFailure.ofDevice("read", already)).isSameAs(already);
  }
}
