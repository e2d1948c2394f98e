package dev.nommu.devicetree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /incbin/}: bytes of a file as a value. */
class DtsIncbinTest {
  @TempDir Path directory;

  private static String value(Path file) throws IOException {
    byte[] bytes = DeviceTree.read(file).root().requireProperty("a").bytes();
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static Path tree(Path file, String value) throws IOException {
    return Files.writeString(file, "/dts-v1/; / { a = " + value + "; };");
  }

  @Test
  void bytes_areOfTheFileBesideTheOneThatAsks() throws IOException {
    Path parts = Files.createDirectories(directory.resolve("parts"));
    Files.writeString(parts.resolve("logo.bin"), "0123456789");
    Files.writeString(directory.resolve("logo.bin"), "wrong");
    Files.writeString(parts.resolve("part.dtsi"), "/ { a = /incbin/(\"logo.bin\", 2, (1 + 2)); };");
    Path board =
        Files.writeString(directory.resolve("b.dts"), "/dts-v1/; /include/ \"parts/part.dtsi\"");

    assertThat(value(board)).isEqualTo("234");
  }

  @Test
  void bytes_mayLieInAnArchive() throws IOException {
    Path archive = directory.resolve("boards.zip");
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      Files.writeString(zip.getPath("/f.bin"), "abcdefgh");
      Path board = tree(zip.getPath("/b.dts"), "/incbin/(\"f.bin\", 3, 2), /incbin/(\"f.bin\")");

      assertThat(value(board)).isEqualTo("deabcdefgh");
    }
  }

  @Test
  void fileThatIsShorter_givesWhatItHas() throws IOException {
    Files.writeString(directory.resolve("f"), "abc");
    Path board = tree(directory.resolve("b.dts"), "/incbin/(\"f\", 2, 9), /incbin/(\"f\", 9, 2)");

    assertThat(value(board)).isEqualTo("c");
  }

  @Test
  void fileThatIsNotThere_isAnErrorWhereItIsNamed() throws IOException {
    Path board = tree(directory.resolve("b.dts"), "\n  /incbin/ (\"none.bin\")");

    assertThatThrownBy(() -> DeviceTree.read(board))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageStartingWith(
            board + ":2:13: /incbin/ 'none.bin': expected a readable file, found ")
        .hasMessageContaining("NoSuchFileException");
  }

  @Test
  void deviceWithoutAnEnd_isNotReadForEver() throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/zero")), "no /dev/zero here");
    Path board = tree(directory.resolve("b.dts"), "/incbin/(\"/dev/zero\", 0x7fffffffffffffff, 1)");

    assertThatThrownBy(() -> DeviceTree.read(board))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageEndingWith("expected a readable file, found IOException: not a regular file");
  }

  @Test
  void bytesOfAllFiles_areBoundedInTotal() throws IOException {
    Files.write(directory.resolve("f"), new byte[3 << 20]);
    Path board = tree(directory.resolve("b.dts"), "/incbin/(\"f\"), /incbin/(\"f\")");

    assertThatThrownBy(() -> DeviceTree.read(board))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageStartingWith(board + ":1:43: text 'f': ")
        .hasMessageEndingWith("at most 4194304 characters with all it includes, found more");
  }
}
