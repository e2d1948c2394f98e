package dev.nommu.ramfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Attributes;
import dev.nommu.api.Directory;
import dev.nommu.api.FileSystem;
import dev.nommu.api.Inode;
import dev.nommu.api.MountRequest;
import dev.nommu.api.NewInode;
import dev.nommu.api.Owner;
import dev.nommu.api.RegularFile;
import dev.nommu.fixtures.FakePages;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The owner and the times of an inode. */
final class RamAttributesTest {
  private static final Owner SOMEBODY = new Owner(1000, 100);

  private Instant now = RamFiles.NOW;
  private Directory root;
  private Inode made;

  @BeforeEach
  void makeFile() throws Exception {
    MountRequest request =
        MountRequest.builder("none").pages(new FakePages(64)).clock(() -> now).build();
    FileSystem fileSystem = new RamfsType().mount(request);
    root = fileSystem.root();
    made = root.create("f", NewInode.regularFile(06755).with(06755, SOMEBODY));
    passTime();
  }

  private void passTime() {
    now = now.plus(Duration.ofMinutes(1));
  }

  private Attributes attributes() throws Exception {
    return made.attributes();
  }

  @Test
  void own01_newInode_isWhoseTheKernelSays() throws Exception {
    assertThat(attributes())
        .isEqualTo(Attributes.builder(06755).owner(SOMEBODY).modified(RamFiles.NOW).build());
  }

  @Test
  void own05_chown_changesOwnerAndModeAtOnce() throws Exception {
    made.chown(new Owner(1, 2), 0755);
    assertThat(attributes())
        .isEqualTo(
            Attributes.builder(0755)
                .owner(new Owner(1, 2))
                .modified(RamFiles.NOW)
                .changed(now)
                .build());
  }

  @Test
  void own06_timesThatAreSet_areKeptToTheNanosecond() throws Exception {
    Instant accessed = Instant.ofEpochSecond(-5, 999_999_999);
    Instant modified = Instant.ofEpochSecond(1L << 40, 1);
    made.setTimes(accessed, modified);
    assertThat(attributes())
        .isEqualTo(
            Attributes.builder(06755)
                .owner(SOMEBODY)
                .accessed(accessed)
                .modified(modified)
                .changed(now)
                .build());
  }

  @Test
  void own06_contentsThatChange_changeTheTimesAgain() throws Exception {
    try (RamOpenFile file = RamFiles.open((RegularFile) made)) {
      RamFiles.write(file, "a", 0);
      made.setTimes(Instant.EPOCH, Instant.EPOCH);
      RamFiles.write(file, "b", 0);
    }
    assertThat(attributes().modified()).isEqualTo(now);
    assertThat(attributes().changed()).isEqualTo(now);
    assertThat(attributes().accessed()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void own06_anotherName_changesTheInodeAndNotItsContents() throws Exception {
    root.link("g", made);
    assertThat(attributes().changed()).isEqualTo(now);
    passTime();
    root.unlink("f");
    assertThat(attributes().changed()).isEqualTo(now);
    assertThat(attributes().modified()).isEqualTo(RamFiles.NOW);
    assertThat(root.attributes().modified()).isEqualTo(now);
  }
}
