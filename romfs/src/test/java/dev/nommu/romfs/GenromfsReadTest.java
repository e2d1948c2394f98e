package dev.nommu.romfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.ErrnoException;
import dev.nommu.fixtures.FakeStore;
import dev.nommu.fixtures.Mounts;
import dev.nommu.image.TreeEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads images by the host's genromfs, with directories in any order. */
class GenromfsReadTest {
  @TempDir Path tree;

  @BeforeEach
  void requireGenromfs() {
    Genromfs.assumeInstalled();
  }

  @Test
  void bigTree_comesBackByteForByteAndIsInOrder() throws Exception {
    Trees.fill(tree);
    byte[] image = Genromfs.image(tree, "-a", "128");
    Trees.assertSame(Mounts.mount(new RomfsType(), FakeStore.flash(image)), tree);
    assertThat(RomfsChecker.check(ImageBuilder.source(image))).isEmpty();
  }

  @Test
  void bigTree_hasTheSameNodesInAnyOrderAsTheWritersOwn() throws Exception {
    Trees.fill(tree.resolve("tree"));
    Path own = tree.resolve("own");
    RomfsWriter.write(tree.resolve("tree"), own, RomfsOptions.DEFAULT);
    RomfsImage other = RomfsImage.open(ImageBuilder.source(Genromfs.image(tree.resolve("tree"))));
    try (RomfsImage written = RomfsImage.open(own)) {
      assertThat(describe(written)).containsExactlyInAnyOrderElementsOf(describe(other).toList());
    }
    assertThat(Files.size(own) % 1024).isZero();
  }

  /** Of names of one file the first in the image is the file and the others links: resolve them. */
  private static Stream<String> describe(RomfsImage image) throws Exception {
    return image.walk().stream().map(entry -> describe(image, entry));
  }

  private static String describe(RomfsImage image, TreeEntry<RomfsNode> entry) {
    try {
      RomfsNode node = image.resolve(entry.node());
      return "%s %s %o %d".formatted(entry, node.kind(), node.permissions(), node.size());
    } catch (ErrnoException e) {
      throw new AssertionError(e);
    }
  }
}
