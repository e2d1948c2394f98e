package dev.nommu.cli.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import dev.nommu.cramfs.CramfsOptions;
import dev.nommu.cramfs.CramfsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the matrix tries, on boards made for the purpose. */
final class MatrixSpecimenTest {
  private static final int PAGE = 4096;

  @TempDir private Path directory;

  private MatrixTable matrixOf(String nodes) throws IOException {
    return MatrixTable.of("--board", board(nodes));
  }

  private Path board(String nodes) throws IOException {
    String source =
        """
        /dts-v1/;
        / {
          #address-cells = <1>;
          #size-cells = <1>;
          memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
          %s
        };
        """
            .formatted(nodes);
    return Files.writeString(directory.resolve("board.dts"), source);
  }

  private Path file(String name, int size) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, new byte[size]);
  }

  @Test
  void fileThatCanBeMappedInPlace_isPreferred() throws IOException {
    Path copied = file("tree/a-copied", 2 * PAGE);
    Path direct = file("tree/b-direct", 2 * PAGE);
    CramfsOptions inPlace =
        CramfsOptions.DEFAULT.withInPlace(path -> path.endsWith(direct.getFileName()));
    CramfsWriter.write(copied.getParent(), directory.resolve("cramfs.img"), inPlace);
    MatrixTable matrix =
        matrixOf(
            """
            rom@20000000 {
              compatible = "mtd-rom"; reg = <0x20000000 0x40000>; bank-width = <4>;
              linux,mtd-name = "rom";
            };
            nommu {
              contents { x { device = "/rom@20000000"; image = "cramfs.img"; }; };
              mounts { x { source = "mtd:rom"; target = "/x"; type = "cramfs"; options = "ro"; }; };
            };
            """);
    assertThat(matrix.trial("/x/b-direct", "private", "r")).containsEntry("outcome", "direct");
  }

  @Test
  void fileOfAPage_isPreferredToAShorterOne() throws IOException {
    file("host/a-short", PAGE - 1);
    file("host/b-long", PAGE);
    MatrixTable matrix = matrixOf(hostDirectory(""));
    assertThat(matrix.trial("/x/b-long", "private", "r")).containsEntry("outcome", "copied");
  }

  @Test
  void emptyFileSystem_getsAFileThatIsRemovedAgain() throws IOException {
    Files.createDirectory(directory.resolve("host"));
    MatrixTable matrix = matrixOf(hostDirectory("persistent;"));
    assertThat(matrix.trial("/x/nommu-matrix", "private", "r")).containsEntry("outcome", "copied");
    assertThat(directory.resolve("host")).isEmptyDirectory();
  }

  private static String hostDirectory(String keeping) {
    return """
    nommu {
      host { h { directory = "host"; %s }; };
      mounts { x { source = "h"; target = "/x"; type = "hostfs"; }; };
    };
    """
        .formatted(keeping);
  }

  @Test
  void deviceThatCannotBeOpened_isListedWithTheReason() throws IOException {
    Path board = board(WrongDriver.NODE);
    for (String format : new String[] {"text", "markdown"}) {
      assertThat(Run.of("matrix", "--board", board, "--format", format).out())
          .contains("Could not be opened")
          .contains("EBUSY (Device or resource busy): somebody has it");
    }
  }

  @Test
  void plugin01_answersThatCannotBe_areRefused() throws IOException {
    MatrixTable matrix = matrixOf(WrongDriver.NODE);
    for (String device : new String[] {"/dev/liar", "/dev/broken"}) {
      Map<String, String> trial = matrix.trial(device, "shared", "r");
      assertThat(trial).containsEntry("outcome", "EIO").containsEntry("rule", "PLUGIN-01");
    }
  }

  @Test
  void plugin01_deviceThatCannotSayWhatItOffers_isExplained() throws IOException {
    Run run =
        Run.of(
            "explain",
            "--board",
            board(WrongDriver.NODE),
            "mmap(NULL, 4096, PROT_READ, MAP_SHARED, \"/dev/broken\", 0)");
    assertThat(run.out())
        .containsSubsequence(
            "WrongDriver$Broken.backingDeviceInfo: EIO, ",
            "out of order",
            "BDI-02: ",
            "refused",
            "EIO",
            "PLUGIN-01: ");
  }

  @Test
  void plugin01_placeThatIsNotThePlugins_isExplained() throws IOException {
    Run run =
        Run.of(
            "explain",
            "--board",
            board(WrongDriver.NODE),
            "mmap(NULL, 4096, PROT_READ, MAP_SHARED, \"/dev/liar\", 0)");
    assertThat(run.out())
        .containsSubsequence(
            "WrongDriver$Liar.getUnmappedArea: at 0x1000", "refused", "EIO", "PLUGIN-01: ");
  }
}
