package dev.nommu.romfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Progress reports while an image is written. */
class WriterProgressTest {
  @TempDir Path directory;

  @Test
  void progress_risesUpToTheSizeOfTheImage() throws Exception {
    Path tree = Files.createDirectory(directory.resolve("tree"));
    for (int i = 0; i < 20; i++) {
      Files.write(tree.resolve("file" + i), new byte[10_000]);
    }
    List<Long> told = new ArrayList<>();
    long size =
        RomfsWriter.write(tree, directory.resolve("image"), RomfsOptions.DEFAULT, told::add).size();
    assertThat(told).isSorted().hasSizeGreaterThanOrEqualTo(20);
    assertThat(told.getFirst()).isLessThan(10_000);
    assertThat(told.getLast()).isBetween(size - 15, size);
  }
}
