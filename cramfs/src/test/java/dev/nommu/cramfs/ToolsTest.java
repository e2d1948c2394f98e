package dev.nommu.cramfs;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.FileKind;
import dev.nommu.image.TreeEntry;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A tree of a few thousand files, written by mkfs.cramfs and read here, and vice versa. Skipped if
 * util-linux's tools are not installed.
 */
class ToolsTest {
  private static final int FILES = 2000;

  @TempDir static Path directory;
  private static Path tree;
  private static Map<String, String> expected;

  @BeforeAll
  static void makeTree() throws Exception {
    tree = Files.createDirectory(directory.resolve("tree"));
    Random random = new Random(41);
    Path deep = tree;
    for (int i = 0; i < 40; i++) {
      deep = Files.createDirectory(deep.resolve("deep" + i));
      Files.writeString(deep.resolve("here"), "level " + i);
    }
    Path wide = Files.createDirectory(tree.resolve("wide"));
    for (int i = 0; i < FILES; i++) {
      Files.write(wide.resolve("file" + i), content(random, i));
    }
    Files.write(tree.resolve("large"), compressible(random, 3_000_001));
    Files.createDirectory(tree.resolve("empty"));
    Files.writeString(tree.resolve("n".repeat(252)), "long name");
    Files.createSymbolicLink(tree.resolve("link"), Path.of("wide/../nowhere"));
    Files.createSymbolicLink(tree.resolve("long link"), Path.of("x/".repeat(900) + "y"));
    Files.createLink(tree.resolve("hard"), tree.resolve("large"));
    Files.writeString(tree.resolve("\u00fcml\u00e4ut"), "UTF-8");
    expected = describeTree(tree);
  }

  @ParameterizedTest
  @CsvSource({"big,''", "little,''", "big,-z", "little,-z", "little,-p"})
  void imageOfMkfsCramfs_isReadByteForByte(String order, String option) throws Exception {
    Path image = directory.resolve("mkfs" + order + option + ".img");
    run("mkfs.cramfs", ("-N " + order + " " + option).strip(), tree, image);
    assertThat(CramfsChecker.check(image, 4096)).isEmpty();
    assertThat(describe(image, 4096)).isEqualTo(expected);
  }

  @Test
  void imageOfMkfsCramfsWithLargerPages_isReadByteForByte() throws Exception {
    Path image = directory.resolve("mkfs64k.img");
    run("mkfs.cramfs", "-b 65536", tree, image);
    assertThat(CramfsChecker.check(image, 65536)).isEmpty();
    assertThat(describe(image, 65536)).isEqualTo(expected);
  }

  @Test
  void imageOfOurs_isAcceptedAndExtractedByFsckCramfs() throws Exception {
    Path image = directory.resolve("ours.img");
    CramfsWriter.write(tree, image, CramfsOptions.DEFAULT);
    run("fsck.cramfs", "", image);
    Path extracted = directory.resolve("extracted");
    run("fsck.cramfs", "--extract=" + extracted, image);
    assertThat(describeTree(extracted)).isEqualTo(expected);
    assertThat(describe(image, 4096)).isEqualTo(expected);
  }

  @Test
  void imageOfOursThatIsBigEndian_isAcceptedByFsckCramfs() throws Exception {
    Path image = directory.resolve("big.img");
    CramfsWriter.write(tree, image, CramfsOptions.DEFAULT.withByteOrder(ByteOrder.BIG_ENDIAN));
    run("fsck.cramfs", "--extract", image);
    assertThat(describe(image, 4096)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"little", "big"})
  void imageOfOursBehindBootCode_isAcceptedAndExtractedByFsckCramfs(String order) throws Exception {
    Path image = directory.resolve("boot" + order);
    ByteOrder byteOrder = order.equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    CramfsOptions options = CramfsOptions.DEFAULT.withFront(CramfsOptions.Front.BOOT_CODE);
    CramfsWriter.write(tree, image, options.withByteOrder(byteOrder));
    run("fsck.cramfs", "", image);
    Path extracted = directory.resolve("extracted" + order);
    run("fsck.cramfs", "--extract=" + extracted, image);
    assertThat(describeTree(extracted)).isEqualTo(expected);
    assertThat(describe(image, 4096)).isEqualTo(expected);
  }

  @Test
  void imageOfOursWithLargerPages_isAcceptedByFsckCramfs() throws Exception {
    Path image = directory.resolve("ours16k.img");
    CramfsWriter.write(tree, image, CramfsOptions.DEFAULT.withBlockSize(16384));
    run("fsck.cramfs", "-b 16384 --extract", image);
    assertThat(describe(image, 16384)).isEqualTo(expected);
  }

  @Test
  void imageOfOurs_isAsSmallAsThatOfMkfsCramfs() throws Exception {
    Path theirs = directory.resolve("theirs.img");
    Path ours = directory.resolve("small.img");
    run("mkfs.cramfs", "", tree, theirs);
    CramfsWriter.write(tree, ours, CramfsOptions.DEFAULT);
    assertThat((double) Files.size(ours)).isLessThan(Files.size(theirs) * 1.01);
  }

  @Test
  void whatFsckCramfsFinds_isFound() throws Exception {
    Path damaged = directory.resolve("damaged.img");
    Random random = new Random(22);
    int refused = 0;
    for (int i = 0; i < 150; i++) {
      TestImage image = new TestImage(ByteOrder.LITTLE_ENDIAN, 24576);
      image.put(0, Resources.bytes("little.img"));
      int at = random.nextInt(i % 2 == 0 ? 0x340 : 0x2340);
      image.bytes.put(at, (byte) (image.bytes.get(at) ^ 1 << random.nextInt(8)));
      Files.write(damaged, image.seal().array());
      if (start("fsck.cramfs", "--extract", damaged).waitFor() != 0) {
        refused++;
        assertThat(CramfsChecker.check(damaged, 4096)).as("bit flipped at 0x%x", at).isNotEmpty();
      }
    }
    assertThat(refused).isGreaterThan(30);
  }

  @Test
  void specialFilesAndOwners_areWrittenAsTheyAre() throws Exception {
    Path special = Files.createDirectory(directory.resolve("special"));
    run("mkfifo", "-m 640", special.resolve("fifo"));
    boolean root = "root".equals(System.getProperty("user.name"));
    assumeTrue(root, "only root can make device nodes");
    run("mknod", "-m 600", special.resolve("tty"), Path.of("c"), Path.of("5"), Path.of("1"));
    run("chown", "1000:100", special.resolve("fifo"));
    Path image = directory.resolve("special.img");
    CramfsWriter.write(special, image, CramfsOptions.DEFAULT);
    try (CramfsImage read = CramfsImage.open(image)) {
      assertThat(read.children(read.root())).allMatch(node -> node.uid() == 0 && node.gid() == 0);
    }
    CramfsWriter.write(special, image, CramfsOptions.DEFAULT.withOwners(CramfsOptions.Owners.KEPT));
    try (CramfsImage read = CramfsImage.open(image)) {
      CramfsNode fifo = read.lookup(read.root(), "fifo").orElseThrow();
      assertThat(fifo.mode()).isEqualTo(0010640);
      assertThat(fifo.uid()).isEqualTo(1000);
      assertThat(fifo.gid()).isEqualTo(100);
      CramfsNode tty = read.lookup(read.root(), "tty").orElseThrow();
      assertThat(tty.requireKind()).isEqualTo(FileKind.CHARACTER_DEVICE);
      assertThat(tty.device()).isEqualTo(new DeviceNumber(5, 1));
    }
    run("chown", "0:256", special.resolve("fifo"));
    assertErrno(
        Errno.EOVERFLOW,
        () ->
            CramfsWriter.write(
                special, image, CramfsOptions.DEFAULT.withOwners(CramfsOptions.Owners.KEPT)),
        "a group below 256",
        "found 256");
  }

  private static byte[] content(Random random, int i) {
    return switch (i % 5) {
      case 0 -> new byte[i % 3 == 0 ? 0 : i];
      case 1 -> ("the same in many files\n" + i % 50).getBytes(StandardCharsets.UTF_8);
      case 2 -> compressible(random, i * 7);
      default -> {
        byte[] noise = new byte[i];
        random.nextBytes(noise);
        yield noise;
      }
    };
  }

  private static byte[] compressible(Random random, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(4));
    }
    return bytes;
  }

  private static Map<String, String> describe(Path image, int blockSize) throws Exception {
    Map<String, String> all = new TreeMap<>();
    try (CramfsImage read = CramfsImage.open(image, blockSize)) {
      for (TreeEntry<CramfsNode> entry : read.walk()) {
        CramfsNode node = entry.node();
        String what =
            switch (node.requireKind()) {
              case REGULAR -> sum(read.readAll(node));
              case SYMBOLIC_LINK -> read.linkTarget(node);
              default -> "";
            };
        all.put(entry.path(), "%o %s".formatted(node.mode(), what));
      }
    }
    return all;
  }

  private static Map<String, String> describeTree(Path root) throws Exception {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        String what = "";
        if (Files.isSymbolicLink(path)) {
          what = Files.readSymbolicLink(path).toString();
        } else if (Files.isRegularFile(path)) {
          what = sum(Files.readAllBytes(path));
        }
        all.put("/" + root.relativize(path), "%o %s".formatted(mode, what));
      }
    }
    return all;
  }

  private static String sum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return bytes.length + " " + crc.getValue();
  }

  private static void run(String tool, String options, Path... paths) throws Exception {
    assertThat(start(tool, options, paths).waitFor()).as("%s %s", tool, options).isZero();
  }

  private static Process start(String tool, String options, Path... paths) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(tool(tool));
    Stream.of(options.split(" ")).filter(option -> !option.isEmpty()).forEach(command::add);
    Stream.of(paths).map(Path::toString).forEach(command::add);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Finds a tool; those for file systems are often not on the path. */
  private static String tool(String name) {
    String path = System.getenv("PATH") + ":/usr/sbin:/sbin";
    for (String folder : path.split(":")) {
      Path candidate = Path.of(folder, name);
      if (Files.isExecutable(candidate)) {
        return candidate.toString();
      }
    }
    assumeTrue(false, name + " is not installed (Debian: util-linux-extra)");
    return name;
  }
}
