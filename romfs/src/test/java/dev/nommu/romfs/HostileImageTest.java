package dev.nommu.romfs;

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
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.nommu.api.AccessMode;
import dev.nommu.api.BackingStore;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Inode;
import dev.nommu.api.MapRequest;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Protection;
import dev.nommu.api.RegularFile;
import dev.nommu.api.Sharing;
import dev.nommu.api.SymbolicLink;
import dev.nommu.fixtures.FakeStore;
import dev.nommu.fixtures.Mounts;
import dev.nommu.image.ByteSource;
import dev.nommu.image.Finding;
import dev.nommu.image.TreeEntry;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Broken images: each operation on them soon returns a value or fails with an errno. Random numbers
 * have a fixed seed.
 */
class HostileImageTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final MemorySegment BUFFER = MemorySegment.ofArray(new byte[8192]);

  static List<byte[]> images() {
    return List.of(OracleImage.bytes(), allKinds());
  }

  @ParameterizedTest
  @MethodSource("images")
  void everyLength_givesAnErrnoOrAValue(byte[] image) {
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          for (int length = 0; length < image.length; length++) {
            askForEverything(MemorySegment.ofArray(image).asSlice(0, length));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("images")
  void flippedBytes_giveAnErrnoOrAValue(byte[] image) {
    Random random = new Random(35);
    int[] metadata = metadata(image).stream().toArray();
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          for (int round = 0; round < 3000; round++) {
            byte[] broken = image.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
              broken[metadata[random.nextInt(metadata.length)]] ^= (byte) (1 + random.nextInt(255));
            }
            askForEverything(MemorySegment.ofArray(withVolumeChecksum(broken)));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("images")
  void romfs11_everyFlipInTheFirst512Bytes_isFound(byte[] image) throws Exception {
    Random random = new Random(36);
    for (int at = 0; at < 512; at++) {
      assertThat(check(flipped(image, at, random))).as("byte 0x%x", at).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void romfs15_everyFlipInANode_isFound(byte[] image) throws Exception {
    Random random = new Random(37);
    for (int at : metadata(image).stream().filter(at -> at >= 0x20).toArray()) {
      byte[] broken = withVolumeChecksum(flipped(image, at, random));
      assertThat(check(broken)).as("byte 0x%x", at).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void everyFlipThatNoChecksumCovers_leavesTheTree(byte[] image) throws Exception {
    Random random = new Random(38);
    BitSet metadata = metadata(image);
    List<String> tree = describe(image);
    for (int round = 0; round < 2000; round++) {
      int at = metadata.nextClearBit(random.nextInt(image.length - 1));
      byte[] changed = withVolumeChecksum(flipped(image, at, random));
      assertThat(describe(changed)).as("byte 0x%x", at).isEqualTo(tree);
    }
  }

  @Test
  void deepestTreeThatFits_takesMemoryInProportion() throws Exception {
    int levels = 100_000;
    ByteBuffer image = ByteBuffer.wrap(Arrays.copyOf(new ImageBuilder().bytes(), levels * 32 + 96));
    image.putInt(8, image.limit());
    for (int at = 0x60; at < image.limit(); at += 32) {
      image.putInt(at, DIRECTORY).putInt(at + 4, at + 32).put(at + 16, (byte) 'd');
    }
    byte[] bytes = withVolumeChecksum(image.array());
    RomfsImage romfs = RomfsImage.open(ImageBuilder.source(bytes));
    assertThat(romfs.walk()).hasSize(levels + 1).allMatch(entry -> entry.path().length() < 4100);
    assertThat(RomfsChecker.check(ImageBuilder.source(bytes))).hasSize(1000);
  }

  @Test
  void directoriesThatAllHoldEachOther_takeTimeAndMemoryInProportion() throws Exception {
    int directories = 20_000;
    byte[] image = chain(directories, DIRECTORY, 0x60);
    RomfsImage romfs = RomfsImage.open(ImageBuilder.source(image));
    assertThat(romfs.walk()).hasSize(directories + 1);
    assertThat(check(image)).hasSize(1000);
    Directory root = Mounts.mount(new RomfsType(), FakeStore.disk(image)).root();
    for (DirectoryEntry entry : root.entries().subList(0, 20)) {
      Directory child = (Directory) root.lookup(entry.name()).orElseThrow();
      assertThat(child.entries()).hasSize(directories);
    }
  }

  /** Returns an image with this many nodes in its root, all of this kind and with this spec. */
  private static byte[] chain(int nodes, int kind, int spec) {
    ByteBuffer image = ByteBuffer.wrap(Arrays.copyOf(new ImageBuilder().bytes(), nodes * 32 + 96));
    image.putInt(8, image.limit());
    for (int at = 0x60; at < image.limit(); at += 32) {
      image.putInt(at, (at + 32) | kind).putInt(at + 4, spec);
      image.put(at + 16, "n%d".formatted(at).getBytes(StandardCharsets.US_ASCII));
    }
    return withVolumeChecksum(image.array());
  }

  private static void askForEverything(MemorySegment image) {
    attempt(() -> RomfsChecker.check(ByteSource.of(image)));
    attempt(() -> readImage(RomfsImage.open(ByteSource.of(image))));
    attempt(() -> readMount(FakeStore.ram(image)));
    attempt(() -> readMount(FakeStore.disk(image)));
  }

  private static void readImage(RomfsImage romfs) throws ErrnoException {
    for (TreeEntry<RomfsNode> entry : romfs.walk()) {
      attempt(() -> romfs.resolve(entry.node()));
      attempt(() -> romfs.readAll(entry.node()));
      attempt(() -> romfs.linkTarget(entry.node()));
    }
  }

  private static void readMount(BackingStore store) throws ErrnoException {
    Deque<Directory> pending =
        new ArrayDeque<>(List.of(Mounts.mount(new RomfsType(), store).root()));
    Set<Long> entered = new HashSet<>();
    while (!pending.isEmpty()) {
      Directory directory = pending.pop();
      if (entered.add(directory.number())) {
        attempt(() -> readDirectory(directory, pending));
      }
    }
  }

  private static void readDirectory(Directory directory, Deque<Directory> pending)
      throws ErrnoException {
    attempt(() -> directory.lookup("absent"));
    for (DirectoryEntry entry : directory.entries()) {
      Inode inode = directory.lookup(entry.name()).orElseThrow();
      assertThat(inode.attributes().size()).isNotNegative();
      switch (inode) {
        case Directory child -> pending.add(child);
        case RegularFile file -> readFile((RomfsOpenFile) file.open(OpenFlags.of(AccessMode.READ)));
        case SymbolicLink link -> attempt(link::target);
        case DeviceFile device -> assertThat(device.device()).isNotNull();
        default -> {}
      }
    }
  }

  private static void readFile(RomfsOpenFile file) {
    MapRequest request = MapRequest.of(0, 4096, Set.of(Protection.READ), Sharing.SHARED);
    attempt(() -> file.read(BUFFER, 4000));
    attempt(() -> file.getUnmappedArea(request));
    attempt(() -> file.mmap(request, FakeStore.BASE));
  }

  /** Runs an operation that may fail with an errno, and with no other exception. */
  private static void attempt(Attempt attempt) {
    try {
      attempt.run();
    } catch (ErrnoException expected) {
      assertThat(expected).hasMessageMatching("(?s).+");
    }
  }

  @FunctionalInterface
  private interface Attempt {
    void run() throws ErrnoException;
  }

  /** Returns the bytes that checksums cover: the volume header, headers and names of nodes. */
  private static BitSet metadata(byte[] image) {
    BitSet metadata = new BitSet();
    metadata.set(0, 12);
    try {
      RomfsImage romfs = RomfsImage.open(ImageBuilder.source(image));
      metadata.set(16, (int) romfs.root().offset());
      for (TreeEntry<RomfsNode> entry : romfs.walk()) {
        set(metadata, entry.node());
        if (entry.node().kind() == RomfsNode.Kind.DIRECTORY) {
          romfs.children(entry.node()).forEach(node -> set(metadata, node));
        }
      }
    } catch (ErrnoException e) {
      throw new AssertionError(e);
    }
    return metadata;
  }

  private static void set(BitSet metadata, RomfsNode node) {
    metadata.set((int) node.offset(), (int) node.dataOffset());
  }

  private static List<Finding> check(byte[] image) throws ErrnoException {
    return RomfsChecker.check(ImageBuilder.source(image));
  }

  private static byte[] flipped(byte[] image, int at, Random random) {
    byte[] copy = image.clone();
    copy[at] ^= (byte) (1 + random.nextInt(255));
    return copy;
  }

  private static List<String> describe(byte[] image) throws ErrnoException {
    return RomfsImage.open(ImageBuilder.source(image)).walk().stream()
        .map(entry -> entry + " " + entry.node())
        .toList();
  }

  /** Corrects the volume's checksum, so that more than the mount's check is reached. */
  private static byte[] withVolumeChecksum(byte[] image) {
    ByteBuffer buffer = ByteBuffer.wrap(image).putInt(12, 0);
    long covered = Math.min(Integer.toUnsignedLong(buffer.getInt(8)), 512);
    buffer.putInt(12, -RomfsFormat.sum(buffer.slice(0, (int) covered)));
    return image;
  }

  /** Returns a small image with every kind of node, most of it headers. */
  private static byte[] allKinds() {
    return new ImageBuilder()
        .node(0x60, 0xa0 | REGULAR | EXECUTABLE, 0, 5, "file")
        .text(0x80, "hello")
        .node(0xa0, 0xc0 | HARD_LINK, 0x60, 0, "again")
        .node(0xc0, 0x160 | DIRECTORY | EXECUTABLE, 0xe0, 0, "dir")
        .node(0xe0, 0x100 | HARD_LINK, 0xc0, 0, ".")
        .node(0x100, 0x120 | HARD_LINK, 0x20, 0, "..")
        .node(0x120, SYMBOLIC_LINK, 0, 7, "sym")
        .text(0x140, "../file")
        .node(0x160, 0x1a0 | BLOCK_DEVICE, 0x80001, 0, "block device, long name")
        .node(0x1a0, 0x1c0 | CHARACTER_DEVICE, 0x50001, 0, "c")
        .node(0x1c0, 0x1e0 | SOCKET, 0, 0, "s")
        .node(0x1e0, 0x200 | FIFO, 0, 0, "p")
        .node(0x200, REGULAR, 0, 0x1e0, "past the first block")
        .bytes();
  }
}
