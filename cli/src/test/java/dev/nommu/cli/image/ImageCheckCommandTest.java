package dev.nommu.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import dev.nommu.image.TreeEntry;
import dev.nommu.romfs.RomfsImage;
import dev.nommu.romfs.RomfsNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code image check}. */
final class ImageCheckCommandTest {
  private static final Path BOARDS = Path.of("..", "boards", "oracle");
  private static final int MUTATIONS = 200;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "romfs.img, 0, romfs",
    "phram.bin, 0, romfs",
    "rom.bin, 0, romfs",
    "nor.bin, 0x100000, romfs",
    "cramfs.img, 0, cramfs",
    "nor.bin, 0, cramfs",
    "rom.bin, 1M, cramfs"
  })
  void imagesOfTheRecordedMachine_haveNothingWrong(String image, String offset, String format) {
    Run run = Run.of("image", "check", "--offset", offset, BOARDS.resolve(image));
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains(image + ": " + format + " \"oracle\"", "nothing is wrong\n");
  }

  @Test
  void finding_saysWhereAndWhat() throws Exception {
    byte[] bytes = Files.readAllBytes(BOARDS.resolve("romfs.img"));
    bytes[0x20 + 12] ^= 1;
    Path image = Files.write(directory.resolve("image"), bytes);
    Run run = Run.of("image", "check", image);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains(image + ": 0xc header: expected checksum 0x")
        .contains(image + ": 0x2c /: expected checksum 0x")
        .hasLineCount(2);
  }

  @Test
  void guide_showsFindingsThatAreReported() throws Exception {
    Path tree = directory.resolve("rootfs");
    Files.createDirectories(tree.resolve("bin"));
    Files.createDirectories(tree.resolve("etc"));
    Files.writeString(tree.resolve("bin").resolve("hello"), "welcome\n".repeat(100));
    Files.writeString(tree.resolve("etc").resolve("motd"), "good morning\n");
    String ofCramfs = findings("flash.bin", tree, 0x200, "cramfs", "--in-place", "*");
    String ofRomfs = findings("rootfs.img", tree, 0x40f, "romfs");
    String guide = Files.readString(Path.of("..", "docs", "IMAGES.md"));
    assertThat(guide).contains("```\n" + ofCramfs + ofRomfs + "```\n");
  }

  /** Returns the findings for a new image after one of its bytes was changed. */
  private String findings(String name, Path tree, int changed, String... type) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path each : files.toList()) {
        String mode = Files.isDirectory(each) ? "rwxr-xr-x" : "rw-r--r--";
        Files.setPosixFilePermissions(each, PosixFilePermissions.fromString(mode));
      }
    }
    Path image = directory.resolve(name);
    List<Object> arguments = new ArrayList<>(List.of("image", "make", "--type"));
    arguments.addAll(List.of(type));
    arguments.addAll(List.of(tree, image));
    assertThat(Run.of(arguments.toArray()).exitCode()).isZero();
    byte[] bytes = Files.readAllBytes(image);
    bytes[changed] ^= 1;
    Files.write(image, bytes);
    return Run.of("image", "check", image).out().replace(directory + "/", "");
  }

  @Test
  void cramfs22_everyMutationIsFound() throws Exception {
    Path original = BOARDS.resolve("cramfs.img");
    for (Mutation mutation : mutations(22)) {
      Path image = mutation.of(original, directory.resolve("image"));
      boolean found = Run.of("image", "check", image).exitCode() != 0;
      assertThat(found || contents(image).equals(contents(original))).as("%s", mutation).isTrue();
    }
  }

  /** A romfs has no checksum of what is in files: there, and only there, nothing can be found. */
  @Test
  void romfs15_everyMutationIsFoundThatIsNotInTheDataOfAFile() throws Exception {
    Path original = BOARDS.resolve("romfs.img");
    int found = 0;
    for (Mutation mutation : mutations(15)) {
      Path image = mutation.of(original, directory.resolve("image"));
      if (Run.of("image", "check", image).exitCode() != 0) {
        found++;
      } else {
        assertThat(isInData(mutation.at) || contents(image).equals(contents(original)))
            .as("%s", mutation)
            .isTrue();
      }
    }
    assertThat(found).isGreaterThan(MUTATIONS / 5);
  }

  /** A bit of an image that is another. */
  private record Mutation(int at, int bit) {
    Path of(Path original, Path image) throws IOException {
      byte[] bytes = Files.readAllBytes(original);
      bytes[at] ^= (byte) bit;
      return Files.write(image, bytes);
    }
  }

  /** Half of them in the first kilobyte, where more than data is. */
  private static List<Mutation> mutations(long seed) {
    Random random = new Random(seed);
    List<Mutation> mutations = new ArrayList<>();
    for (int i = 0; i < MUTATIONS; i++) {
      int at = random.nextInt(i % 2 == 0 ? 1024 : 98304);
      mutations.add(new Mutation(at, 1 << random.nextInt(8)));
    }
    return mutations;
  }

  private static List<String> contents(Path image) throws IOException {
    List<String> contents = new ArrayList<>();
    ImageBytes bytes = ImageBytes.open(image, 0, OptionalLong.empty(), read -> {});
    try (Volume volume = ImageFormat.of(bytes).open(bytes, OptionalInt.empty())) {
      for (Member member : volume.members()) {
        contents.add(Listing.LONG.line(member) + " " + sum(member));
      }
    }
    return contents;
  }

  private static String sum(Member member) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (member.content() instanceof Content.Data data) {
      data.bytes().copyTo(out);
    }
    return HostTree.sum(out.toByteArray());
  }

  private static boolean isInData(long at) throws IOException {
    try (RomfsImage image = RomfsImage.open(BOARDS.resolve("romfs.img"))) {
      return image.walk().stream()
          .map(TreeEntry::node)
          .filter(node -> node.kind() == RomfsNode.Kind.REGULAR)
          .anyMatch(node -> at >= node.dataOffset() && at < node.end());
    }
  }
}
