package dev.nommu.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Bytes of an image, wherever they are: exactly those that were asked for, or an error. */
final class ByteSourceTest {
  private static byte[] read(ByteSource source, long offset, int length) throws ErrnoException {
    byte[] bytes = new byte[length];
    source.read(MemorySegment.ofArray(bytes), offset);
    return bytes;
  }

  private static void assertFails(Errno errno, ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ErrnoException.class, failure -> assertThat(failure.errno()).isEqualTo(errno))
        .hasMessageContainingAll(words);
  }

  @Test
  void memory_isReadWithinItsBoundsOnly() throws Exception {
    ByteSource source = ByteSource.of(MemorySegment.ofArray(new byte[] {1, 2, 3, 4}));
    assertThat(source.size()).isEqualTo(4);
    assertThat(read(source, 2, 2)).containsExactly(3, 4);
    assertFails(Errno.EIO, () -> read(source, 3, 2), "2 bytes at 0x3", "end at 0x4");
    assertFails(Errno.EIO, () -> read(source, -1, 1), "end at 0x4");
    assertFails(Errno.EIO, () -> read(source, Long.MAX_VALUE, 1), "end at 0x4");
  }

  @Test
  void file_thatIsCutWhileItIsOpen_isEioThatNamesIt() throws Exception {
    try (FileSystem host = Jimfs.newFileSystem(Configuration.unix())) {
      Path image = Files.write(host.getPath("/image"), new byte[] {1, 2, 3, 4});
      try (ByteSource source = ByteSource.open(image)) {
        assertThat(read(source, 1, 3)).containsExactly(2, 3, 4);
        Files.write(image, new byte[] {1, 2});
        assertFails(
            Errno.EIO, () -> read(source, 1, 3), "/image", "2 more bytes", "the end of the file");
      }
    }
  }

  @Test
  void file_thatIsNotThere_isEnoent() throws Exception {
    try (FileSystem host = Jimfs.newFileSystem(Configuration.unix())) {
      assertFails(Errno.ENOENT, () -> ByteSource.open(host.getPath("/none")), "/none");
    }
  }
}
