package dev.nommu.cramfs;

import static dev.nommu.cramfs.TestImage.DIRECT;
import static dev.nommu.cramfs.TestImage.ENTRY;
import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AccessMode;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.FileSystem;
import dev.nommu.api.Inode;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Page;
import dev.nommu.api.RegularFile;
import dev.nommu.api.Sharing;
import dev.nommu.api.SymbolicLink;
import dev.nommu.fixtures.FakeStore;
import dev.nommu.fixtures.Mounts;
import dev.nommu.image.ByteSource;
import dev.nommu.image.Finding;
import dev.nommu.image.TreeEntry;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Truncated, damaged and malicious images cause errors, and nothing worse. */
@Timeout(120)
class HostileImageTest {
  private static final int FLIPS = 600;

  @ParameterizedTest
  @ValueSource(strings = {"oracle.img", "little.img", "big.img", "boot.img"})
  void truncatedImage_givesErrnosAndFindings(String name) throws Exception {
    byte[] image = Resources.bytes(name);
    for (int length = 0; length < image.length; length += length < 700 ? 1 : 211) {
      byte[] cut = Arrays.copyOf(image, length);
      assertThat(check(cut, name)).as("%s cut to %d bytes", name, length).isNotEmpty();
      readEverything(cut, name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"oracle.img", "little.img", "big.img"})
  void flippedBits_areFoundOrChangeNoData(String name) throws Exception {
    byte[] image = Resources.bytes(name);
    Map<String, String> right = readEverything(image, name);
    Random random = new Random(20261122);
    for (int i = 0; i < FLIPS; i++) {
      byte[] damaged = flip(image, random, i);
      Map<String, String> read = readEverything(damaged, name);
      if (check(damaged, name).isEmpty()) {
        assertThat(read).as("flip %d of %s", i, name).isEqualTo(right);
      }
    }
  }

  @Test
  void flippedBitsUnderARightChecksum_giveErrnos() throws Exception {
    byte[] image = Resources.bytes("oracle.img");
    Random random = new Random(612);
    for (int i = 0; i < FLIPS; i++) {
      TestImage damaged = new TestImage(ByteOrder.LITTLE_ENDIAN, image.length);
      damaged.put(0, flip(image, random, i)).seal();
      check(damaged.array(), "oracle.img");
      readEverything(damaged.array(), "oracle.img");
    }
  }

  @Test
  void directoryThatIsItsOwnChild_endsTheWalk() throws Exception {
    TestImage image = TestImage.withFile(0).node(ENTRY, 0040755, 0, 0, 16, 4, ENTRY);
    try (CramfsImage open = image.open()) {
      assertErrno(Errno.EIO, open::walk, "directory /file", "form a loop");
    }
  }

  @Test
  void directoriesThatShareTheirFiles_endWalkAndCheck() throws Exception {
    TestImage image = new TestImage(ByteOrder.LITTLE_ENDIAN, 65536);
    image.node(TestImage.ROOT, 0040755, 0, 0, 16000, 0, 76);
    for (int i = 0; i < 1000; i++) {
      image.node(76 + 16 * i, 0040755, 0, 0, 32000 - 16 * i, 4, 20000 + 16 * i);
      image.text(88 + 16 * i, "%04d".formatted(i));
    }
    for (int i = 0; i < 2000; i++) {
      image.node(20000 + 16 * i, 0100644, 0, 0, 0, 4, 0).text(20012 + 16 * i, "%04d".formatted(i));
    }
    try (CramfsImage open = image.open()) {
      assertErrno(Errno.EIO, open::walk, "directory /0001", "overlap or form a loop");
    }
    assertThat(check(image.seal().array(), ""))
        .isNotEmpty()
        .allMatch(finding -> finding.expected().equals("entries of its own"));
  }

  @Test
  void filesThatShareTheirPointersInPart_endTheCheck() throws Exception {
    int files = 2000;
    TestImage image = new TestImage(ByteOrder.LITTLE_ENDIAN, 65536);
    image.node(TestImage.ROOT, 0040755, 0, 0, 16 * files, 0, 76);
    byte[] stream = TestImage.deflated(TestImage.pattern(4096));
    for (int i = 0; i < files; i++) {
      image.node(76 + 16 * i, 0100644, 0, 0, 4096 * 4095, 4, 40000 + 4 * i);
      image.text(88 + 16 * i, "%04d".formatted(i));
    }
    for (int at = 40000; at < 65532; at += 4) {
      image.word(at, DIRECT | 9000);
    }
    image.flags(3 | TestImage.EXT_BLOCK_POINTERS).half(36000, stream.length).put(36002, stream);
    assertThat(check(image.seal().array(), ""))
        .anyMatch(finding -> finding.expected().equals("block pointers of its own"));
  }

  @Test
  void fileThatClaims16MiBWithoutPointers_isEioBeforeMemoryIsTaken() throws Exception {
    TestImage image =
        TestImage.withFile(0).node(ENTRY, 0100644, 0, 0, 0xffffff, 4, 65536 - 64).seal();
    assertErrno(Errno.EIO, image::readFile, "16384 bytes");
  }

  private static byte[] flip(byte[] image, Random random, int round) {
    byte[] damaged = image.clone();
    int reach = round % 3 == 0 ? image.length : 600;
    int at = random.nextInt(reach);
    damaged[at] ^= (byte) (round % 2 == 0 ? 1 << random.nextInt(8) : 1 + random.nextInt(255));
    return damaged;
  }

  private static List<Finding> check(byte[] image, String name) throws Exception {
    return CramfsChecker.check(ByteSource.of(FakeStore.disk(image)), Resources.blockSize(name));
  }

  /** Reads everything in both ways and returns it, with an errno for each failure. */
  private static Map<String, String> readEverything(byte[] image, String name) throws Exception {
    mountAndRead(image);
    Map<String, String> all = new TreeMap<>();
    ByteSource source = ByteSource.of(FakeStore.disk(image));
    try (CramfsImage open = CramfsImage.open(source, Resources.blockSize(name))) {
      for (TreeEntry<CramfsNode> entry : open.walk()) {
        all.put(entry.path(), describe(open, entry.node()));
      }
    } catch (ErrnoException e) {
      all.put("error", e.toString());
    }
    return all;
  }

  private static String describe(CramfsImage image, CramfsNode node) {
    try {
      int content =
          node.requireKind() == FileKind.REGULAR ? Arrays.hashCode(image.readAll(node)) : 0;
      String target = node.requireKind() == FileKind.SYMBOLIC_LINK ? image.linkTarget(node) : "";
      return "%o %d %d %d %s %s %s"
          .formatted(
              node.mode(), node.uid(), node.gid(), node.size(), node.device(), target, content);
    } catch (ErrnoException e) {
      return e.toString();
    }
  }

  private static void mountAndRead(byte[] image) throws Exception {
    try (FileSystem mounted = Mounts.mount(new CramfsType(), FakeStore.rom(image))) {
      read(mounted.root(), 3);
    } catch (ErrnoException expected) {
      assertThat(expected.errno()).isIn(Errno.EINVAL, Errno.EIO);
    }
  }

  private static void read(Directory directory, int depth) throws Exception {
    for (DirectoryEntry entry : directory.entries()) {
      try {
        Inode inode = directory.lookup(entry.name()).orElseThrow();
        switch (inode) {
          case Directory child when depth > 0 -> read(child, depth - 1);
          case SymbolicLink link -> link.target();
          case RegularFile file -> read(file);
          default -> assertThat(inode.attributes()).isNotNull();
        }
      } catch (ErrnoException expected) {
        assertThat(expected.errno()).isIn(Errno.EINVAL, Errno.EIO);
      }
    }
  }

  private static void read(RegularFile file) throws Exception {
    OpenFile open = file.open(OpenFlags.of(AccessMode.READ));
    long size = file.attributes().size();
    if (open instanceof DirectlyMappableFile direct) {
      long pages = Math.max(1, Page.count(size));
      direct.getUnmappedArea(Mounts.readOnly(0, pages * 4096, Sharing.SHARED));
    }
    Mounts.read(open, 0, (int) size);
  }
}
