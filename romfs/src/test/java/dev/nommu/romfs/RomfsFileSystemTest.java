package dev.nommu.romfs;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static dev.nommu.romfs.ImageBuilder.BLOCK_DEVICE;
import static dev.nommu.romfs.ImageBuilder.CHARACTER_DEVICE;
import static dev.nommu.romfs.ImageBuilder.DIRECTORY;
import static dev.nommu.romfs.ImageBuilder.EXECUTABLE;
import static dev.nommu.romfs.ImageBuilder.FIFO;
import static dev.nommu.romfs.ImageBuilder.HARD_LINK;
import static dev.nommu.romfs.ImageBuilder.REGULAR;
import static dev.nommu.romfs.ImageBuilder.SOCKET;
import static dev.nommu.romfs.ImageBuilder.SYMBOLIC_LINK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.nommu.api.Attributes;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.FileKind;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.Inode;
import dev.nommu.api.MountRequest;
import dev.nommu.api.SeekableDirectory;
import dev.nommu.api.SymbolicLink;
import dev.nommu.fixtures.FakeStore;
import dev.nommu.fixtures.Mounts;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RomfsFileSystemTest {
  @Test
  void type_isFoundAsAService() {
    assertThat(ServiceLoader.load(FileSystemType.class))
        .extracting(FileSystemType::name, FileSystemType::source)
        .containsExactly(tuple("romfs", FileSystemType.Source.STORE));
  }

  @Test
  void mount_withoutStore_isEinval() {
    assertErrno(Errno.EINVAL, () -> new RomfsType().mount(MountRequest.builder("mtd0").build()))
        .withMessageContaining("mtd0");
  }

  @Test
  void romfs12_imageLongerThanTheMtd_isEinval() {
    byte[] image = new ImageBuilder().size(0x401).bytes();
    byte[] cut = Arrays.copyOf(image, 0x400);
    assertErrno(Errno.EINVAL, () -> Mounts.mount(new RomfsType(), FakeStore.flash(cut)))
        .withMessageContaining("1024")
        .withMessageContaining("1025");
  }

  @Test
  void romfs12_imageLongerThanTheDisk_isMounted() throws Exception {
    byte[] image = new ImageBuilder().size(0x401).node(0x60, REGULAR, 0, 0, "f").bytes();
    byte[] cut = Arrays.copyOf(image, 0x400);
    assertThat(Mounts.mount(new RomfsType(), FakeStore.disk(cut)).root().entries()).hasSize(1);
  }

  @Test
  void romfs16_statistics() throws Exception {
    FileSystem romfs = Mounts.mount(new RomfsType(), FakeStore.flash(OracleImage.store()));
    assertThat(romfs.statistics())
        .isEqualTo(
            FileSystem.Statistics.builder(0x7275)
                .blockSize(1024)
                .blocks(75, 0)
                .nameLength(128)
                .build());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0644, DIRECTORY",
    "9, 0755, DIRECTORY",
    "2, 0644, REGULAR",
    "10, 0755, REGULAR",
    "3, 0777, SYMBOLIC_LINK",
    "11, 0777, SYMBOLIC_LINK",
    "4, 0600, BLOCK_DEVICE",
    "5, 0600, CHARACTER_DEVICE",
    "13, 0600, CHARACTER_DEVICE",
    "6, 0644, SOCKET",
    "7, 0644, FIFO",
    "15, 0644, FIFO"
  })
  void romfs16_modes(int kind, String mode, FileKind expected) throws Exception {
    byte[] image = new ImageBuilder().node(0x60, kind, 0, 5, "x").bytes();
    Inode inode = Mounts.at(Mounts.mount(new RomfsType(), FakeStore.flash(image)), "x");
    assertThat(FileKind.of(inode)).isEqualTo(expected);
    assertThat(inode.attributes().permissions()).isEqualTo(Integer.parseInt(mode, 8));
  }

  @Test
  void romfs16_ownerTimesAndLinksAreFixed() throws Exception {
    FileSystem romfs = Mounts.mount(new RomfsType(), FakeStore.flash(OracleImage.bytes()));
    assertThat(Mounts.at(romfs, "prog").attributes())
        .isEqualTo(Attributes.builder(0755).size(8192).blocks(16).blockSize(1024).build());
  }

  @ParameterizedTest
  @CsvSource({"1, 32", "15, 32", "16, 48", "128, 160"})
  void romfs16_directorySizeIsThatOfItsMetadata(int nameLength, int size) throws Exception {
    String name = "d".repeat(nameLength);
    byte[] image = new ImageBuilder().node(0x60, DIRECTORY, 0, 99, name).bytes();
    Inode inode = Mounts.at(Mounts.mount(new RomfsType(), FakeStore.flash(image)), name);
    assertThat(inode.attributes().size()).isEqualTo(size);
  }

  @Test
  void romfs17_numberIsTheOffsetOfTheNode() throws Exception {
    FileSystem romfs = Mounts.mount(new RomfsType(), FakeStore.flash(OracleImage.bytes()));
    assertThat(romfs.root().number()).isEqualTo(0x20);
    assertThat(Mounts.at(romfs, "page.bin").number()).isEqualTo(0xeb20);
  }

  @Test
  void romfs17_hardLinkIsTheInodeItStandsFor() throws Exception {
    FileSystem romfs = Mounts.mount(new RomfsType(), FakeStore.flash(sample()));
    assertThat(Mounts.at(romfs, "link").number()).isEqualTo(0x80);
    assertThat(romfs.root().entries()).contains(DirectoryEntry.of("link", 0x80, FileKind.REGULAR));
  }

  @Test
  void romfs17_hardLinkToItself_isEloop() throws Exception {
    byte[] image = new ImageBuilder().node(0x60, HARD_LINK, 0x60, 0, "self").bytes();
    Directory root = Mounts.mount(new RomfsType(), FakeStore.flash(image)).root();
    assertErrno(Errno.ELOOP, () -> root.lookup("self"));
  }

  @Test
  void romfs18_entriesInTheOrderOfTheImageWithoutDots() throws Exception {
    FileSystem romfs = Mounts.mount(new RomfsType(), FakeStore.flash(OracleImage.bytes()));
    assertThat(romfs.root().entries())
        .extracting(DirectoryEntry::name)
        .isEqualTo(OracleImage.FILES);
  }

  @Test
  void romfs18_emptyDirectoryHasNoEntries() throws Exception {
    FileSystem romfs = Mounts.mount(new RomfsType(), FakeStore.flash(sample()));
    assertThat(((Directory) Mounts.at(romfs, "dir", "empty")).entries()).isEmpty();
  }

  @Test
  void romfs19_lookupOfMoreThan128Bytes_isEnametoolong() throws Exception {
    Directory root = Mounts.mount(new RomfsType(), FakeStore.flash(OracleImage.bytes())).root();
    assertThat(root.lookup("n".repeat(128))).isEmpty();
    assertErrno(Errno.ENAMETOOLONG, () -> root.lookup("n".repeat(129)));
    assertErrno(Errno.ENAMETOOLONG, () -> root.lookup("\u00e9".repeat(65)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"page.bi", "page.bin.", "PAGE.BIN", "page"})
  void romfs19_lookupComparesWholeNames(String name) throws Exception {
    assertThat(
            Mounts.mount(new RomfsType(), FakeStore.flash(OracleImage.bytes())).root().lookup(name))
        .isEmpty();
  }

  @Test
  void lookup_readsNothingOfWhatLiesBehindTheName() throws Exception {
    byte[] image =
        new ImageBuilder()
            .node(0x60, 0x80 | REGULAR, 0, 0, "first")
            .node(0x80, 0x60 | REGULAR, 0, 0, "loops")
            .bytes();
    Directory root = Mounts.mount(new RomfsType(), FakeStore.flash(image)).root();
    assertThat(root.lookup("loops")).isPresent();
    assertErrno(Errno.EIO, () -> root.lookup("absent"));
    assertThat(root.lookup("first")).isPresent();
  }

  @Test
  void lookup_readsEachNodeOnce() throws Exception {
    FakeStore store = FakeStore.flash(OracleImage.bytes());
    FileSystem romfs = Mounts.mount(new RomfsType(), store);
    romfs.root().entries();
    long bytesRead = store.bytesRead();
    Mounts.at(romfs, "big.bin");
    romfs.root().lookup("absent");
    assertThat(store.bytesRead()).isEqualTo(bytesRead).isLessThan(4096);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b"})
  void entries_nameThatIsNone_isEio(String name) throws Exception {
    byte[] image = new ImageBuilder().node(0x60, REGULAR, 0, 0, name).bytes();
    Directory root = Mounts.mount(new RomfsType(), FakeStore.flash(image)).root();
    assertErrno(Errno.EIO, root::entries).withMessageContaining("at 0x60");
  }

  @Test
  void symbolicLink_hasItsTarget() throws Exception {
    FileSystem romfs = Mounts.mount(new RomfsType(), FakeStore.flash(sample()));
    SymbolicLink link = (SymbolicLink) Mounts.at(romfs, "dir", "sym");
    assertThat(link.target()).isEqualTo("../file");
    assertThat(link.attributes().size()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "4, 0x80001, BLOCK, 8, 1",
    "5, 0x50140, CHARACTER, 5, 320",
    "5, -1, CHARACTER, 4095, 65535"
  })
  void romfs14_deviceNodes(int kind, String spec, DeviceFile.Kind expected, int major, int minor)
      throws Exception {
    byte[] image =
        new ImageBuilder().node(0x60, kind, Long.decode(spec).intValue(), 0, "x").bytes();
    DeviceFile device =
        (DeviceFile) Mounts.at(Mounts.mount(new RomfsType(), FakeStore.flash(image)), "x");
    assertThat(device.kind()).isEqualTo(expected);
    assertThat(device.device()).isEqualTo(new DeviceNumber(major, minor));
  }

  @Test
  void romfs06_fileSystem_isReadOnly() throws Exception {
    assertThat(Mounts.mount(new RomfsType(), FakeStore.ram(OracleImage.bytes())).isReadOnly())
        .isTrue();
  }

  @Test
  void read_goesStraightIntoTheCallersMemory() throws Exception {
    FakeStore store = FakeStore.flash(OracleImage.bytes());
    RomfsOpenFile file =
        (RomfsOpenFile) Mounts.open(Mounts.mount(new RomfsType(), store), "big.bin");
    byte[] bytes = new byte[12388];
    long before = store.bytesRead();
    assertThat(file.read(MemorySegment.ofArray(bytes), 0)).isEqualTo(12388);
    assertThat(store.bytesRead() - before).isEqualTo(12388);
    assertThat(bytes).isEqualTo(OracleImage.file("big.bin"));
  }

  @Test
  void romfs07_readIsClippedAtTheEndOfTheFile() throws Exception {
    RomfsOpenFile file =
        (RomfsOpenFile)
            Mounts.open(
                Mounts.mount(new RomfsType(), FakeStore.flash(OracleImage.bytes())), "small.txt");
    byte[] bytes = new byte[20];
    assertThat(file.read(MemorySegment.ofArray(bytes), 0)).isEqualTo(13);
    assertThat(bytes)
        .startsWith("hello, world\n".getBytes(StandardCharsets.US_ASCII))
        .endsWith(new byte[7]);
    assertThat(file.read(MemorySegment.ofArray(bytes), 13)).isZero();
  }

  /** A file, a hard link to it, a directory with an empty one and a symbolic link, all kinds. */
  private static byte[] sample() {
    return new ImageBuilder()
        .node(0x60, 0x80 | HARD_LINK, 0x80, 0, "link")
        .node(0x80, 0xc0 | REGULAR, 0, 5, "file")
        .text(0xa0, "hello")
        .node(0xc0, 0x1c0 | DIRECTORY | EXECUTABLE, 0xe0, 0, "dir")
        .node(0xe0, 0x100 | HARD_LINK, 0xc0, 0, ".")
        .node(0x100, 0x120 | HARD_LINK, 0x20, 0, "..")
        .node(0x120, 0x180 | DIRECTORY, 0x140, 0, "empty")
        .node(0x140, 0x160 | HARD_LINK, 0x120, 0, ".")
        .node(0x160, HARD_LINK, 0xc0, 0, "..")
        .node(0x180, SYMBOLIC_LINK, 0, 7, "sym")
        .text(0x1a0, "../file")
        .node(0x1c0, 0x1e0 | BLOCK_DEVICE, 0x80001, 0, "b")
        .node(0x1e0, 0x200 | CHARACTER_DEVICE, 0x50001, 0, "c")
        .node(0x200, 0x220 | SOCKET, 0, 0, "s")
        .node(0x220, 0x240 | FIFO, 0, 0, "p")
        .node(0x240, SYMBOLIC_LINK, 0, 4, "l")
        .text(0x260, "file")
        .bytes();
  }

  @Test
  void file07_positions_areOffsetsOfNodes() throws Exception {
    byte[] image = OracleImage.bytes();
    SeekableDirectory root =
        (SeekableDirectory) Mounts.mount(new RomfsType(), FakeStore.flash(image)).root();
    List<DirectoryEntry> all = root.entries(0, Integer.MAX_VALUE);
    List<DirectoryEntry> pieces = new ArrayList<>();
    long at = 0;
    for (var part = root.entries(at, 2); !part.isEmpty(); part = root.entries(at, 2)) {
      pieces.addAll(part);
      at = part.getLast().next();
    }
    assertThat(pieces).isEqualTo(all);
    assertThat(at).isLessThanOrEqualTo(image.length);
    assertThat(all.stream().map(DirectoryEntry::name).filter(name -> !name.matches("[.]{1,2}")))
        .containsExactlyElementsOf(root.entries().stream().map(DirectoryEntry::name).toList());
  }
}
