package dev.nommu.romfs;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static dev.nommu.romfs.ImageBuilder.CHARACTER_DEVICE;
import static dev.nommu.romfs.ImageBuilder.DIRECTORY;
import static dev.nommu.romfs.ImageBuilder.FIFO;
import static dev.nommu.romfs.ImageBuilder.HARD_LINK;
import static dev.nommu.romfs.ImageBuilder.REGULAR;
import static dev.nommu.romfs.ImageBuilder.SYMBOLIC_LINK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.Errno;
import dev.nommu.image.Finding;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RomfsCheckerTest {
  @Test
  void realImage_isInOrder() throws Exception {
    assertThat(RomfsChecker.check(ImageBuilder.source(OracleImage.bytes()))).isEmpty();
    assertThat(RomfsChecker.check(ImageBuilder.source(OracleImage.store()))).isEmpty();
  }

  @Test
  void check_readsAFileOfAnyHostFileSystem() throws Exception {
    try (FileSystem host = Jimfs.newFileSystem(Configuration.unix())) {
      Path image = Files.write(host.getPath("/image"), new byte[1024]);
      assertThat(RomfsChecker.check(image)).hasSize(1);
      assertErrno(Errno.ENOENT, () -> RomfsChecker.check(host.getPath("/none")));
    }
  }

  @Test
  void volume_tooShort() throws Exception {
    assertFound(check(new byte[511]), 0, "header", "512 bytes or more", "511 bytes");
  }

  @Test
  void volume_wrongMagic() throws Exception {
    byte[] image = new ImageBuilder().node(0x60, REGULAR, 0, 0, "f").bytes();
    image[0] = 0;
    assertFound(check(image), 0, "header", "magic 0x2d726f6d3166732d", "0x00726f6d3166732d");
  }

  @Test
  void volume_cutShort() throws Exception {
    List<Finding> findings = check(Arrays.copyOf(OracleImage.bytes(), 0x10000));
    assertThat(findings).first().extracting(Finding::offset).isEqualTo(8L);
    assertThat(findings)
        .filteredOn(finding -> finding.expected().startsWith("data to end"))
        .extracting(Finding::subject)
        .containsExactly("/big.bin");
  }

  @Test
  void volume_sizeThatHoldsNoRoot() throws Exception {
    assertThat(check(new ImageBuilder().size(16).bytes()))
        .extracting(Finding::expected)
        .containsExactly("a size of 32 to 1024", "the root directory");
  }

  @Test
  void romfs11_volumeChecksum_isGivenAsItShouldBe() throws Exception {
    byte[] image = OracleImage.bytes();
    image[0x90]++;
    assertThat(check(image))
        .containsExactly(
            new Finding(12, "header", "checksum 0xfc37ec6b of the first 512 bytes", "0xfd37ec6b"));
  }

  @Test
  void volume_nameWithoutEnd() throws Exception {
    ImageBuilder builder = new ImageBuilder().text(0x10, "n".repeat(140));
    builder.node(0xa0, DIRECTORY, 0xa0, 0, ".");
    assertFound(check(builder.bytes()), 16, "header", "a volume name", "no NUL");
  }

  @Test
  void root_thatIsNoDirectory() throws Exception {
    byte[] image = new ImageBuilder().node(0x20, REGULAR, 0, 0, "f").bytes();
    assertFound(check(image), 0x20, "/", "the root directory", "REGULAR");
  }

  @Test
  void romfs15_nodeChecksum_isGivenAsItShouldBe() throws Exception {
    byte[] image = OracleImage.bytes();
    image[0xeb20 + 8] ^= 0x40;
    assertThat(check(image))
        .first()
        .extracting(
            Finding::offset,
            Finding::subject,
            finding -> word(finding.found()) - word(finding.expected()))
        .containsExactly(0xeb2cL, "/page.bin", 0x40000000);
  }

  @Test
  void node_nextOutsideTheVolume() throws Exception {
    byte[] image = new ImageBuilder().node(0x60, 0x400 | REGULAR, 0, 0, "f").bytes();
    assertFound(check(image), 0x60, "/f", "offset of a node below 0x400", "0x400");
  }

  @Test
  void node_nextThatComesBack() throws Exception {
    byte[] image = new ImageBuilder().node(0x60, 0x40 | REGULAR, 0, 0, "f").bytes();
    assertFound(check(image), 0x60, "/f", "not met before", "0x40 again");
  }

  @Test
  void romfs18_directoryThatHoldsItself() throws Exception {
    byte[] image = new ImageBuilder().node(0x60, DIRECTORY, 0x60, 0, "d").bytes();
    assertFound(check(image), 0x60, "/d", "not met before", "0x60 again");
  }

  @Test
  void directory_thatHoldsItsParent() throws Exception {
    byte[] image =
        new ImageBuilder()
            .node(0x60, DIRECTORY, 0x80, 0, "d")
            .node(0x80, DIRECTORY, 0x60, 0, "e")
            .bytes();
    assertFound(check(image), 0x80, "/d/e", "not met before", "0x60 again");
  }

  @Test
  void node_inTheDataOfAnother() throws Exception {
    byte[] image =
        new ImageBuilder()
            .node(0x60, 0xa0 | REGULAR, 0, 0x21, "long")
            .node(0xa0, REGULAR, 0, 0, "in")
            .bytes();
    assertFound(check(image), 0xa0, "/in", "where an earlier node ends", "0xa0");
  }

  @Test
  void romfs20_gapBetweenNodes_isInOrder() throws Exception {
    byte[] image =
        new ImageBuilder()
            .node(0x60, 0x200 | REGULAR, 0, 0x20, "f")
            .node(0x200, REGULAR, 0, 0x200 - 0x20, "last")
            .bytes();
    assertThat(check(image)).isEmpty();
  }

  @Test
  void data_pastTheVolume() throws Exception {
    byte[] image = new ImageBuilder().node(0x60, REGULAR, 0, 0x381, "f").bytes();
    assertFound(check(image), 0x68, "/f", "data to end at 0x400", "0x401");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4096})
  void symbolicLink_ofImpossibleLength(int size) throws Exception {
    byte[] image = new ImageBuilder().size(0x4000).node(0x60, SYMBOLIC_LINK, 0, size, "l").bytes();
    assertFound(check(image), 0x68, "/l", "a path of 1 to 4095 bytes", String.valueOf(size));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b"})
  void name_thatIsNone(String name) throws Exception {
    byte[] image = new ImageBuilder().node(0x60, REGULAR, 0, 0, name).bytes();
    assertFound(check(image), 0x60, "/" + name, "without a slash", "\"" + name + "\"");
  }

  @Test
  void name_withoutEnd() throws Exception {
    byte[] image = new ImageBuilder().node(0x60, REGULAR, 0, 0, "n".repeat(129)).bytes();
    assertFound(check(image), 0x60, "/", "and a NUL", "129 bytes without one");
  }

  @Test
  void name_thatComesTwice() throws Exception {
    byte[] image =
        new ImageBuilder()
            .node(0x60, 0x80 | REGULAR, 0, 0, "f")
            .node(0x80, FIFO, 0, 0, "f")
            .bytes();
    assertFound(check(image), 0x80, "/f", "each name once", "\"f\" again");
  }

  @Test
  void hardLink_toNoNode() throws Exception {
    byte[] image = new ImageBuilder().node(0x60, HARD_LINK, 0x200, 0, "l").bytes();
    assertFound(check(image), 0x60, "/l", "a link to the offset of a node", "0x200");
  }

  @Test
  void romfs17_hardLinkToItself() throws Exception {
    byte[] image = new ImageBuilder().node(0x60, HARD_LINK, 0x60, 0, "l").bytes();
    assertFound(check(image), 0x60, "/l", "64 hard links or less", "more");
  }

  @Test
  void romfs18_dotThatIsSomewhereElse() throws Exception {
    byte[] image =
        new ImageBuilder()
            .node(0x60, DIRECTORY, 0x80, 0, "d")
            .node(0x80, 0xa0 | HARD_LINK, 0x20, 0, ".")
            .node(0xa0, HARD_LINK, 0x20, 0, "..")
            .bytes();
    assertFound(check(image), 0x84, "/d/.", "HARD_LINK 0x60", "HARD_LINK 0x20");
  }

  @Test
  void romfs18_dotDotThatIsSomewhereElse() throws Exception {
    byte[] image =
        new ImageBuilder()
            .node(0x60, DIRECTORY, 0x80, 0, "d")
            .node(0x80, HARD_LINK, 0x60, 0, "..")
            .bytes();
    assertFound(check(image), 0x84, "/d/..", "HARD_LINK 0x20", "HARD_LINK 0x60");
  }

  @Test
  void spec_ofAFileIsZero() throws Exception {
    byte[] image = new ImageBuilder().node(0x60, REGULAR, 1, 0, "f").bytes();
    assertFound(check(image), 0x64, "/f", "the spec word of a REGULAR", "0x00000001");
  }

  @Test
  void spec_ofADeviceHasAMajorNumberLinuxKnows() throws Exception {
    byte[] image = new ImageBuilder().node(0x60, CHARACTER_DEVICE, 0x1000_0000, 0, "c").bytes();
    assertFound(check(image), 0x64, "/c", "the spec word of a CHARACTER_DEVICE", "0x10000000");
  }

  @Test
  void finding_isALineForAPerson() throws Exception {
    byte[] image = new ImageBuilder().node(0x60, REGULAR, 0, 0x381, "f").bytes();
    assertThat(check(image).getFirst())
        .hasToString("0x68 /f: expected data to end at 0x400 or before, found 0x401");
  }

  private static List<Finding> check(byte[] image) throws Exception {
    return RomfsChecker.check(ImageBuilder.source(image));
  }

  /** Returns the first word in a text. */
  private static int word(String text) {
    int at = text.indexOf("0x") + 2;
    return Integer.parseUnsignedInt(text.substring(at, at + 8), 16);
  }

  private static void assertFound(
      List<Finding> findings, long offset, String subject, String expected, String found) {
    assertThat(findings)
        .extracting(Finding::offset, Finding::subject, Finding::found)
        .containsExactly(tuple(offset, subject, found));
    assertThat(findings.getFirst().expected()).contains(expected);
  }
}
