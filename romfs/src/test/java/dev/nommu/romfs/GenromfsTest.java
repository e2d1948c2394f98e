package dev.nommu.romfs;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nommu.api.Errno;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the writer's images with those of the host's genromfs; skipped if it is not installed.
 */
class GenromfsTest {
  private static final RomfsOptions HOST_ORDER =
      RomfsOptions.DEFAULT.withVolume("vol").withOrder(RomfsOptions.Order.HOST);

  @TempDir Path folder;
  private Path memory;

  @BeforeEach
  void makeTree() throws Exception {
    Genromfs.assumeInstalled();
    memory = Genromfs.directoryInMemory();
  }

  @AfterEach
  void deleteTree() throws Exception {
    if (memory == null) {
      return;
    }
    try (Stream<Path> all = Files.walk(memory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  static Stream<Arguments> options() {
    return Stream.of(
        Arguments.of(HOST_ORDER, List.of()),
        Arguments.of(HOST_ORDER.withAlignment(64), List.of("-a", "64")),
        Arguments.of(HOST_ORDER.withAlignment(4096), List.of("-a", "4096")),
        Arguments.of(HOST_ORDER.aligning(256, "*"), List.of("-A", "256,*")),
        Arguments.of(HOST_ORDER.aligning(256, "/*"), List.of("-A", "256,/*")),
        Arguments.of(
            HOST_ORDER.aligning(64, "/sub/deep/*").aligning(512, "h").withAlignment(128),
            List.of("-A", "64,/sub/deep/*", "-A", "512,h", "-a", "128")),
        Arguments.of(HOST_ORDER.excluding("deep"), List.of("-x", "deep")),
        Arguments.of(
            HOST_ORDER.excluding("/sub/d*").excluding("fi[a-e]o"),
            List.of("-x", "/sub/d*", "-x", "fi[a-e]o")),
        Arguments.of(HOST_ORDER.excluding("h"), List.of("-x", "h")));
  }

  @ParameterizedTest
  @MethodSource("options")
  void image_isThatOfGenromfsByteForByte(RomfsOptions options, List<String> arguments)
      throws Exception {
    fillWithAllKinds(memory);
    String[] all =
        Stream.concat(Stream.of("-V", options.volume()), arguments.stream()).toArray(String[]::new);
    assertThat(write(options)).isEqualTo(Genromfs.image(memory, all));
  }

  @Test
  void image_withDevices_isThatOfGenromfsByteForByte() throws Exception {
    assumeTrue(isRoot(), "skipped: only root can make device nodes");
    fillWithAllKinds(memory);
    Genromfs.run(List.of("mknod", memory.resolve("c").toString(), "c", "300", "40000"));
    Genromfs.run(List.of("mknod", memory.resolve("b").toString(), "b", "8", "1"));
    assertThat(write(HOST_ORDER)).isEqualTo(Genromfs.image(memory, "-V", "vol"));
  }

  @Test
  void image_withFilesThatStandForDevices_isThatOfGenromfsByteForByte() throws Exception {
    Path program = Files.createFile(memory.resolve("@console,c,5,1"));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String name :
        List.of(
            "@hd-a_1+,b,3,65535", "@u,u,1,2", "@pipe,p,9,9", "@none", "@x.y,c,1,2", "@z,c,a,2")) {
      Files.createFile(memory.resolve(name));
    }
    Files.write(memory.resolve("@full,c,1,2"), Trees.text("not empty"));
    Files.createDirectory(memory.resolve("@d,c,1,2"));
    RomfsOptions options = HOST_ORDER.aligning(256, "u").excluding("@pi*");
    assertThat(write(options))
        .isEqualTo(Genromfs.image(memory, "-V", "vol", "-A", "256,u", "-x", "@pi*"));
  }

  @Test
  void deviceWithAMinorNumberOfMoreThan16Bits_isEinval() throws Exception {
    assumeTrue(isRoot(), "skipped: only root can make device nodes");
    Genromfs.run(List.of("mknod", memory.resolve("c").toString(), "c", "5", "65536"));
    assertErrno(Errno.EINVAL, () -> write(HOST_ORDER)).withMessageContaining("65536");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "v", "volume name 15", "volume name is 16", "a volume name with many letters"})
  void volumeName_isWrittenAsByGenromfs(String name) throws Exception {
    assertThat(write(HOST_ORDER.withVolume(name))).isEqualTo(Genromfs.image(memory, "-V", name));
  }

  @Test
  void bigTree_isThatOfGenromfsByteForByte() throws Exception {
    Trees.fill(memory);
    assertThat(write(HOST_ORDER)).isEqualTo(Genromfs.image(memory, "-V", "vol"));
  }

  private byte[] write(RomfsOptions options) throws Exception {
    Path image = folder.resolve("image");
    RomfsWriter.write(memory, image, options);
    return Files.readAllBytes(image);
  }

  private static void fillWithAllKinds(Path root) throws Exception {
    Files.createDirectories(root.resolve("sub/deep"));
    Files.createDirectory(root.resolve(".hidden"));
    Files.createDirectory(root.resolve("hollow"));
    Files.setPosixFilePermissions(
        root.resolve("hollow"), PosixFilePermissions.fromString("rw-r--r--"));
    Files.write(root.resolve("sub/file"), Trees.text("some bytes"));
    Files.write(root.resolve("sub/.dot"), Trees.text("hidden"));
    Files.write(root.resolve(".hidden/x"), new byte[1000]);
    Path program = Files.write(root.resolve("sub/deep/h"), new byte[4096]);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("--x------"));
    Files.createLink(root.resolve("a"), program);
    Files.createLink(root.resolve("sub/again"), program);
    Files.createSymbolicLink(root.resolve("link"), Path.of("sub/../nowhere"));
    Files.createLink(root.resolve("link2"), root.resolve("link"));
    Files.write(root.resolve("empty"), new byte[0]);
    Genromfs.run(List.of("mkfifo", root.resolve("fifo").toString()));
  }

  private static boolean isRoot() throws Exception {
    return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
  }
}
