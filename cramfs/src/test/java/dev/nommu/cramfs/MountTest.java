package dev.nommu.cramfs;

import static dev.nommu.cramfs.Errors.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AccessMode;
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
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.api.RegularFile;
import dev.nommu.api.Socket;
import dev.nommu.api.SymbolicLink;
import java.time.Instant;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mounted image of mkfs.cramfs, on a disk. */
class MountTest {
  private FileSystem mounted;
  private Directory d;

  @BeforeEach
  void mount() throws Exception {
    mounted = Mounts.mount(MemoryStore.disk(Resources.bytes("little.img")));
    d = (Directory) Mounts.inode(mounted, "d");
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
    assertFails(
        Errno.EINVAL,
        () -> new CramfsType().mount(Mounts.request(Optional.empty(), Profile.DOCUMENT, "")),
        "expected a block device or MTD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mode=755", "ro,xip", "x"})
  void mountWithAnOption_isEinval(String options) {
    MemoryStore store = MemoryStore.disk(Resources.bytes("little.img"));
    assertFails(
        Errno.EINVAL, () -> Mounts.mount(store, Profile.DOCUMENT, options), "expected no options");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ro", "rw,sync"})
  void mountWithOptionsOfAnyType_works(String options) throws Exception {
    MemoryStore store = MemoryStore.disk(Resources.bytes("little.img"));
    Mounts.mount(store, Profile.DOCUMENT, options).close();
  }

  @Test
  void statisticsAreThoseOfTheSuperblock() {
    assertThat(mounted.statistics())
        .isEqualTo(new FileSystem.Statistics(0x28cd3d45L, 4096, 21, 0, 18, 252));
  }

  @Test
  void cramfs21_everybodyMayReadAndSearchTheRoot() {
    assertThat(mounted.root().attributes().permissions()).isEqualTo(0755);
  }

  @Test
  void cramfs23_attributesHaveOneLinkAndNoTime() throws Exception {
    assertThat(Mounts.inode(mounted, "count").attributes())
        .isEqualTo(new Attributes(0600, 1000, 100, 1, 23890, 47, Instant.EPOCH));
  }

  @Test
  void deviceHasNoSize() throws Exception {
    assertThat(d.lookup("c").orElseThrow().attributes())
        .isEqualTo(new Attributes(0666, 0, 0, 1, 0, 0, Instant.EPOCH));
  }

  @Test
  void entriesAreInTheOrderOfTheImage() throws Exception {
    assertThat(d.entries())
        .extracting(DirectoryEntry::name)
        .containsExactly(
            "blk", "c", "e", "fifo", "link", "na\u00efve", "sock", "suid", "\u00e9t\u00e9");
    assertThat(d.entries())
        .contains(new DirectoryEntry("link", inode("link").number(), FileKind.SYMBOLIC_LINK));
  }

  @Test
  void cramfs20_sameContentIsTheSameInode() throws Exception {
    assertThat(Mounts.inode(mounted, "a").number()).isEqualTo(Mounts.inode(mounted, "b").number());
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
  void everyChange_isErofs() throws Exception {
    RegularFile suid = (RegularFile) inode("suid");
    assertFails(Errno.EROFS, () -> suid.open(OpenFlags.of(AccessMode.WRITE)));
    assertFails(Errno.EROFS, () -> suid.open(OpenFlags.of(AccessMode.READ_WRITE)));
    assertFails(Errno.EROFS, () -> suid.truncate(0));
    assertFails(Errno.EROFS, () -> d.create("new", NewInode.regularFile(0644)));
    assertFails(Errno.EROFS, () -> d.link("new", suid));
    assertFails(Errno.EROFS, () -> d.unlink("suid"));
    assertFails(Errno.EROFS, () -> d.rmdir("e"));
    assertFails(Errno.EROFS, () -> d.rename("suid", d, "new"));
    for (DirectoryEntry entry : d.entries()) {
      assertFails(Errno.EROFS, () -> inode(entry.name()).chmod(0));
    }
    assertFails(Errno.EROFS, () -> d.chmod(0));
  }

  @Test
  void cramfs01_fileOnADiskIsOnlyCopied() throws Exception {
    OpenFile file = Mounts.open(mounted, "count");
    assertThat(file).isNotInstanceOf(DirectlyMappableFile.class);
    assertThat(file.backingDeviceInfo()).isEmpty();
  }

  private Inode inode(String name) throws Exception {
    return d.lookup(name).orElseThrow();
  }
}
