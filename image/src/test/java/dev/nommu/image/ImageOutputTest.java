package dev.nommu.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An image appears under its name when it is complete, and never before. */
final class ImageOutputTest {
  private final FileSystem host = Jimfs.newFileSystem(Configuration.unix());
  private final Path image = host.getPath("/image");

  @AfterEach
  void close() throws Exception {
    host.close();
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length);
    for (int value : values) {
      bytes.put((byte) value);
    }
    return bytes.flip();
  }

  @Test
  void image_takesThePlaceOfWhatWasThere_whenItIsFinished() throws Exception {
    Files.writeString(image, "old");
    List<Long> told = new ArrayList<>();
    try (ImageOutput output = ImageOutput.create(image, told::add)) {
      output.append(bytes(1, 2));
      output.padTo(4);
      output.stream().write(new byte[] {9, 5, 9}, 1, 1);
      output.overwrite(1, bytes(7));
      assertThat(image).hasContent("old");
      assertThat(output.end()).isEqualTo(5);
      output.finish();
    }
    assertThat(image).hasBinaryContent(new byte[] {1, 7, 0, 0, 5});
    assertThat(told).containsExactly(2L, 4L, 5L);
    assertThat(host.getPath("/image.part")).doesNotExist();
  }

  @Test
  void image_thatIsNotFinished_leavesWhatWasThereAndNothingElse() throws Exception {
    Files.writeString(image, "old");
    try (ImageOutput output = ImageOutput.create(image, written -> {})) {
      output.append(bytes(1));
    }
    assertThat(image).hasContent("old");
    assertThat(host.getPath("/image.part")).doesNotExist();
  }

  @Test
  void written_isReadBackWhileMoreIsToCome() throws Exception {
    try (ImageOutput output = ImageOutput.create(image, written -> {})) {
      output.append(bytes(1, 2, 3));
      byte[] read = new byte[2];
      output.written().read(MemorySegment.ofArray(read), 1);
      assertThat(read).containsExactly(2, 3);
    }
  }

  @Test
  void directoryThatIsNotThere_isEnoent() {
    assertThatThrownBy(() -> ImageOutput.create(host.getPath("/none/image"), written -> {}))
        .isInstanceOfSatisfying(
            ErrnoException.class, failure -> assertThat(failure.errno()).isEqualTo(Errno.ENOENT))
        .hasMessageContaining("/none/image.part");
  }
}
