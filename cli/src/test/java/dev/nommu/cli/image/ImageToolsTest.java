package dev.nommu.cli.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nommu.cli.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Images of a tree of some three thousand files, deep and wide, with empty and large files, links
 * and names of every length: made by genromfs and mkfs.cramfs and unpacked here, and the other way
 * round. Skipped where the tools are not installed.
 */
final class ImageToolsTest {
  private static final int WIDE = 2500;
  private static final int DEEP = 100;

  @TempDir static Path directory;
  private static Path tree;

  @BeforeAll
  static void makeTree() throws Exception {
    tree = Files.createDirectory(directory.resolve("tree"));
    Random random = new Random(3);
    Path wide = Files.createDirectory(tree.resolve("wide"));
    for (int i = 0; i < WIDE; i++) {
      Files.write(wide.resolve("file" + i), noise(random, i % 3 == 0 ? 0 : random.nextInt(500)));
    }
    Path deep = tree;
    for (int level = 0; level < DEEP; level++) {
      deep = Files.createDirectory(deep.resolve("d" + level));
      Files.writeString(deep.resolve("here"), "level " + level);
      Files.createSymbolicLink(deep.resolve("up"), Path.of("../here"));
    }
    Path names = Files.createDirectory(tree.resolve("names"));
    for (int length = 1; length <= 128; length++) {
      Files.write(names.resolve("n".repeat(length)), noise(random, length));
    }
    Files.write(tree.resolve("large"), noise(random, 5_000_001));
    Files.write(tree.resolve("zeros"), new byte[70_000]);
    Files.createDirectory(tree.resolve("hollow"));
    Files.createSymbolicLink(tree.resolve("long link"), Path.of("x/".repeat(500) + "y"));
    Files.createLink(tree.resolve("another"), tree.resolve("large"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a 4096"})
  void imageOfGenromfs_isUnpackedByteForByte(String options) throws Exception {
    Path image = directory.resolve("genromfs" + options);
    run("genromfs", options, "-d", tree, "-f", image);
    assertUnpacked(image, romfsModes());
  }

  @ParameterizedTest
  @CsvSource({"-N little, 4096", "-N big, 4096", "-z -N big, 4096", "-b 16384, 16384"})
  void imageOfMkfsCramfs_isUnpackedByteForByte(String options, int blockSize) throws Exception {
    Path image = directory.resolve("mkfs" + options);
    run("mkfs.cramfs", options, tree, image);
    assertUnpacked(image, HostTree.of(tree), "--block-size", blockSize);
  }

  @ParameterizedTest
  @CsvSource({"--byte-order=little, ''", "--byte-order=big, ''", "--block-size=16K, -b 16384"})
  void cramfsMadeHere_isAcceptedAndUnpackedAlikeByFsckCramfs(String option, String fsckOption)
      throws Exception {
    Path image = directory.resolve("ours" + option);
    assertThat(Run.of("image", "make", "--type", "cramfs", option, tree, image).exitCode())
        .isZero();
    run("fsck.cramfs", fsckOption, image);
    Path theirs = Files.createTempDirectory(directory, "theirs").resolve("out");
    run("fsck.cramfs", fsckOption, "--extract=" + theirs, image);
    assertThat(HostTree.of(theirs)).isEqualTo(HostTree.of(tree));
  }

  @Test
  void devices_areInImagesOfTheToolsAsTheyAreHere() throws Exception {
    Path special = makeDevices();
    Path romfs = directory.resolve("special.romfs");
    run("genromfs", "", "-d", special, "-f", romfs);
    assertThat(Run.of("image", "ls", "-l", romfs).out())
        .containsPattern("crw------- +0 +0 +5, +1 /tty")
        .containsPattern("brw------- +0 +0 +31, +200 /mtd")
        .containsPattern("prw-r--r-- +0 +0 +0 /fifo");
    Path cramfs = directory.resolve("special.cramfs");
    run("mkfs.cramfs", "", special, cramfs);
    assertThat(Run.of("image", "ls", "-l", cramfs).out())
        .containsPattern("crw-r----- +7 +8 +5, +1 /tty")
        .containsPattern("brw-rw---- +0 +0 +31, +200 /mtd")
        .containsPattern("prw-r----- +0 +0 +0 /fifo");
  }

  @Test
  void devicesInACramfsMadeHere_areMadeAgainByFsckCramfs() throws Exception {
    Path special = makeDevices();
    Path image = directory.resolve("ours.special");
    Run.of("image", "make", "--type", "cramfs", "--keep-owners", special, image);
    Path out = directory.resolve("special.out");
    run("fsck.cramfs", "", "--extract=" + out, image);
    assertThat(HostTree.of(out)).isEqualTo(HostTree.of(special)).hasSize(4);
  }

  @Test
  void devicesInARomfsMadeHere_areThoseOfGenromfs() throws Exception {
    Path special = makeDevices();
    Path theirs = directory.resolve("special.theirs");
    Path ours = directory.resolve("special.ours");
    run("genromfs", "", "-d", special, "-f", theirs);
    Run.of("image", "make", "--type", "romfs", special, ours);
    assertThat(Run.of("image", "ls", "-l", ours).out().lines())
        .containsExactlyInAnyOrderElementsOf(
            Run.of("image", "ls", "-l", theirs).out().lines().toList());
  }

  private static Path makeDevices() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can make device nodes");
    Path special = Files.createTempDirectory(directory, "special");
    run("mknod", "-m 640", special.resolve("tty"), "c", "5", "1");
    run("mknod", "-m 660", special.resolve("mtd"), "b", "31", "200");
    run("mkfifo", "-m 640", special.resolve("fifo"));
    run("chown", "7:8", special.resolve("tty"));
    return special;
  }

  private static void assertUnpacked(Path image, Map<String, String> expected, Object... options)
      throws Exception {
    Path out = Files.createTempDirectory(directory, "out");
    Object[] check = arguments("check", options, image);
    assertThat(Run.of(check).exitCode()).isZero();
    assertThat(Run.of(arguments("extract", options, image, out))).isEqualTo(new Run(0, "", ""));
    assertThat(HostTree.of(out)).isEqualTo(expected);
  }

  private static Object[] arguments(String command, Object[] options, Object... files) {
    return Stream.of(new Object[] {"image", command}, options, files).flatMap(Stream::of).toArray();
  }

  private static byte[] noise(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void run(String tool, String options, Object... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(find(tool)));
    Stream.of(options.split(" ")).filter(option -> !option.isEmpty()).forEach(command::add);
    Stream.of(arguments).map(String::valueOf).forEach(command::add);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
  }

  /** Finds a tool; those for file systems are often not on the path. */
  private static String find(String tool) {
    for (String folder : (System.getenv("PATH") + ":/usr/sbin:/sbin").split(":")) {
      if (Files.isExecutable(Path.of(folder, tool))) {
        return Path.of(folder, tool).toString();
      }
    }
    assumeTrue(
        false, "skipped: " + tool + " is not installed (Debian: genromfs, util-linux-extra)");
    return tool;
  }

  /** Returns the tree with the modes that a romfs can keep (rule ROMFS-16). */
  private static Map<String, String> romfsModes() throws IOException {
    Map<String, String> expected = new TreeMap<>(HostTree.of(tree));
    expected.replaceAll((path, what) -> what.replaceFirst("^1006[0-7]{2}", "100644"));
    return expected;
  }
}
