package dev.nommu.romfs;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static dev.nommu.romfs.ImageBuilder.HARD_LINK;
import static dev.nommu.romfs.ImageBuilder.REGULAR;
import static dev.nommu.romfs.ImageBuilder.SYMBOLIC_LINK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hard links and symbolic links of an image. */
class RomfsLinkTest {
  @Test
  void romfs17_upTo64HardLinks_areFollowed() throws Exception {
    RomfsImage image = chainOfLinks(64).open();
    RomfsNode first = image.children(image.root()).get(2);
    assertThat(image.resolve(first).name()).isEqualTo("end");
  }

  @Test
  void romfs17_moreThan64HardLinks_areEloop() throws Exception {
    RomfsImage image = chainOfLinks(65).open();
    RomfsNode first = image.children(image.root()).get(2);
    assertErrno(Errno.ELOOP, () -> image.resolve(first)).withMessageContaining("at 0x60");
  }

  @Test
  void romfs17_hardLinkToItself_isEloop() throws Exception {
    RomfsImage image = new ImageBuilder().node(0x60, HARD_LINK, 0x60, 0, "self").open();
    RomfsNode self = image.children(image.root()).getLast();
    assertErrno(Errno.ELOOP, () -> image.resolve(self));
  }

  @Test
  void romfs17_hardLinkOutOfTheVolume_isEio() throws Exception {
    RomfsImage image = new ImageBuilder().node(0x60, HARD_LINK, 0xfff0, 0, "out").open();
    RomfsNode link = image.children(image.root()).getLast();
    assertErrno(Errno.EIO, () -> image.resolve(link));
  }

  @ParameterizedTest
  @CsvSource({"6, target", "3, tar"})
  void linkTarget_isTheDataOfTheNode(int size, String target) throws Exception {
    RomfsImage image =
        new ImageBuilder().node(0x60, SYMBOLIC_LINK, 0, size, "l").text(0x80, "target").open();
    assertThat(image.linkTarget(image.children(image.root()).getLast())).isEqualTo(target);
  }

  @Test
  void linkTarget_endsAtANul() throws Exception {
    RomfsImage image =
        new ImageBuilder().node(0x60, SYMBOLIC_LINK, 0, 6, "l").text(0x80, "ab\0cde").open();
    assertThat(image.linkTarget(image.children(image.root()).getLast())).isEqualTo("ab");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4096, -1})
  void linkTarget_emptyOrTooLong_isEio(int size) throws Exception {
    ImageBuilder builder = new ImageBuilder().size(0x4000);
    RomfsImage image = builder.node(0x60, SYMBOLIC_LINK, 0, size, "l").text(0x80, "a").open();
    RomfsNode link = image.children(image.root()).getLast();
    assertErrno(Errno.EIO, () -> image.linkTarget(link));
  }

  /** Puts a number of hard links, each to the next, before a file. */
  private static ImageBuilder chainOfLinks(int links) {
    ImageBuilder builder = new ImageBuilder().size(0x2000);
    int at = 0x60;
    for (int i = 0; i < links; i++, at += 0x20) {
      builder.node(at, (at + 0x20) | HARD_LINK, at + 0x20, 0, "l" + i);
    }
    return builder.node(at, REGULAR, 0, 0, "end");
  }
}
