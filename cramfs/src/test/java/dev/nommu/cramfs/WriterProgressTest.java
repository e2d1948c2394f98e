package dev.nommu.cramfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Progress reports while an image is written. */
class WriterProgressTest {
  @TempDir Path directory;

  @Test
  void progress_risesUpToTheSizeOfTheImage() throws Exception {
    Path tree = Files.createDirectory(directory.resolve("tree"));
    Random random = new Random(3);
    for (int i = 0; i < 20; i++) {
      byte[] noise = new byte[10_000];
      random.nextBytes(noise);
      Files.write(tree.resolve("file" + i), noise);
    }
    List<Long> told = new ArrayList<>();
    CramfsSuperblock superblock =
        CramfsWriter.write(tree, directory.resolve("image"), CramfsOptions.DEFAULT, told::add);
    assertThat(told).isSorted().hasSizeGreaterThanOrEqualTo(20);
    assertThat(told.getFirst()).isLessThan(10_000);
    assertThat(told.getLast()).isEqualTo(superblock.size());
  }
}
