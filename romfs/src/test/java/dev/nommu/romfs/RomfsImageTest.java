package dev.nommu.romfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

class RomfsImageTest {
  static byte[] resource(String name) throws Exception {
    try (InputStream in = RomfsImageTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  @Test
  void realImage_filesAreWhatTheyWereMadeOf() throws Exception {
    RomfsImage image =
        RomfsImage.open(ByteSource.of(MemorySegment.ofArray(resource("/oracle.romfs"))));
    List<RomfsEntry> tree = image.walk();
    assertThat(tree).hasSize(10);
    for (RomfsEntry entry : tree.subList(1, tree.size())) {
      assertThat(image.readAll(entry.node()))
          .as(entry.path())
          .isEqualTo(resource("/oracle" + entry.path()));
    }
  }
}
