package dev.nommu.cramfs;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Attributes;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.Fifo;
import dev.nommu.api.FileKind;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.Inode;
import dev.nommu.api.MountRequest;
import dev.nommu.api.OpenFile;
import dev.nommu.api.Owner;
import dev.nommu.api.RegularFile;
import dev.nommu.api.SeekableDirectory;
import dev.nommu.api.Socket;
import dev.nommu.api.SymbolicLink;
import dev.nommu.fixtures.FakeStore;
import dev.nommu.fixtures.Mounts;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A mounted image by mkfs.cramfs, on a disk. */
class MountTest {
  private FileSystem mounted;
  private Directory d;

  @BeforeEach
  void mount() throws Exception {
    mounted = Mounts.mount(new CramfsType(), FakeStore.disk(Resources.bytes("little.img")));
    d = (Directory) Mounts.at(mounted, "d");
  }

  @AfterEach
  void unmount() throws Exception {
    mounted.close();
  }

  @Test
  void typeIsFoundAsAService() {
    assertThat(ServiceLoader.load(FileSystemType.class))
        .anySatisfy(type -> {
          assertThat(type).isInstanceOf(CramfsType.class);
          assertThat(type.name()).isEqualTo("cramfs");
          assertThat(type.source()).isEqualTo(FileSystemType.Source.STORE);
        });
  }

  @Test
  void mountWithoutStore_isEinval() {
    assertErrno(
        Errno.EINVAL,
        () -> new CramfsType().mount(MountRequest.builder("mtd:test").build()),
        "expected a block device or MTD");
  }

  @Test
  void statisticsAreThoseOfTheSuperblock() {
    assertThat(mounted.statistics())
        .isEqualTo(
            FileSystem.Statistics.builder(0x28cd3d45L)
                .blocks(21, 0)
                .files(18)
                .nameLength(252)
                .build());
  }

  @Test
  void cramfs21_everybodyMayReadAndSearchTheRoot() throws Exception {
    assertThat(mounted.root().attributes().permissions()).isEqualTo(0755);
  }

  @Test
  void cramfs23_attributesHaveOneLinkAndNoTime() throws Exception {
    assertThat(Mounts.at(mounted, "count").attributes())
        .isEqualTo(
            Attributes.builder(0600).owner(new Owner(1000, 100)).size(23890).blocks(47).build());
  }

  @Test
  void deviceHasNoSize() throws Exception {
    assertThat(d.lookup("c").orElseThrow().attributes())
        .isEqualTo(Attributes.builder(0666).build());
  }

  @Test
  void entriesAreInTheOrderOfTheImage() throws Exception {
    assertThat(d.entries())
        .extracting(DirectoryEntry::name)
        .containsExactly(
            "blk", "c", "e", "fifo", "link", "na\udcefve", "sock", "suid", "\u00e9t\u00e9");
    assertThat(d.entries())
        .contains(DirectoryEntry.of("link", inode("link").number(), FileKind.SYMBOLIC_LINK));
  }

  @Test
  void cramfs20_sameContentIsTheSameInode() throws Exception {
    assertThat(Mounts.at(mounted, "a").number()).isEqualTo(Mounts.at(mounted, "b").number());
  }

  @Test
  void everyKindOfFileIsItself() throws Exception {
    assertThat(inode("suid")).isInstanceOf(RegularFile.class);
    assertThat(inode("e")).isInstanceOf(Directory.class);
    assertThat(inode("fifo")).isInstanceOf(Fifo.class);
    assertThat(inode("sock")).isInstanceOf(Socket.class);
    assertThat(((SymbolicLink) inode("link")).target()).isEqualTo("../a");
    DeviceFile character = (DeviceFile) inode("c");
    assertThat(character.kind()).isEqualTo(DeviceFile.Kind.CHARACTER);
    assertThat(character.device()).isEqualTo(new DeviceNumber(5, 1));
    assertThat(((DeviceFile) inode("blk")).kind()).isEqualTo(DeviceFile.Kind.BLOCK);
  }

  @Test
  void lookupOfWhatIsNotThere_isEmpty() throws Exception {
    assertThat(d.lookup("nothing")).isEmpty();
    assertThat(d.lookup("n".repeat(255))).isEmpty();
  }

  @Test
  void fileSystem_isReadOnly() {
    assertThat(mounted.isReadOnly()).isTrue();
  }

  @Test
  void cramfs01_fileOnADiskIsOnlyCopied() throws Exception {
    OpenFile file = Mounts.open(mounted, "count");
    assertThat(file).isNotInstanceOf(DirectlyMappableFile.class);
    assertThat(file.backingDeviceInfo()).isEmpty();
  }

  @Test
  void file07_positions_areOffsetsInTheDirectory() throws Exception {
    SeekableDirectory directory = (SeekableDirectory) d;
    List<String> names = new ArrayList<>();
    long at = 0;
    for (var part = directory.entries(at, 2); !part.isEmpty(); part = directory.entries(at, 2)) {
      part.forEach(entry -> names.add(entry.name()));
      at = part.getLast().next();
    }
    assertThat(names).isEqualTo(d.entries().stream().map(DirectoryEntry::name).toList());
    assertThat(at).isEqualTo(d.attributes().size());
    assertThat(directory.entries(Long.MAX_VALUE - 3, 2)).isEmpty();
    assertErrno(Errno.EINVAL, () -> directory.entries(3, 2));
  }

  private Inode inode(String name) throws Exception {
    return d.lookup(name).orElseThrow();
  }
}
