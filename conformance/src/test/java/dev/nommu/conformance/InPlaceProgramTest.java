package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.cramfs.CramfsOptions;
import dev.nommu.cramfs.CramfsWriter;
import dev.nommu.kernel.console.HostOutput;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import dev.nommu.romfs.RomfsOptions;
import dev.nommu.romfs.RomfsWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A flat program without writable data, whose instructions the processor fetches from flash and in
 * ROM.
 */
@Timeout(60)
final class InPlaceProgramTest {
  private static final long START = 0x2000_0000L;
  private static final long SIZE = 0x10_0000;
  private static final String NODES =
      """
      memory@20000000 { compatible = "%s"; bank-width = <2>; reg = <0x20000000 0x100000>; };
      nommu {
        contents { image { device = "/memory@20000000"; image = "image"; }; };
        mounts {
          image { source = "mtd0"; target = "/rom"; type = "%s"; options = "ro"; };
          proc { source = "proc"; target = "/proc"; type = "proc"; };
        };
      };
      """;

  @TempDir private Path directory;

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = InPlaceProgramTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  @BeforeEach
  void putProgram() throws IOException {
    Path program = Files.createDirectories(directory.resolve("tree")).resolve("in-place");
    Files.write(program, resource("in-place.flat"));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path image() {
    return directory.resolve("image");
  }

  private void writeRomfs() throws IOException {
    RomfsWriter.write(directory.resolve("tree"), image(), RomfsOptions.DEFAULT.withAlignment(4096));
  }

  private void writeCramfs() throws IOException {
    CramfsWriter.write(
        directory.resolve("tree"), image(), CramfsOptions.DEFAULT.withInPlace(path -> true));
  }

  /** Runs the program on a machine whose chip has the image; returns what it says. */
  private List<String> run(String chip, String type, Profile profile) throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (TestMachine machine =
        TestMachine.of(TestMachine.board(directory, "", NODES.formatted(chip, type)), profile)) {
      Task program =
          machine
              .init()
              .spawn(
                  "in-place",
                  task -> {
                    HostOutput file = new HostOutput(output);
                    int opened = task.unnamedFiles().open("stdout", file, OpenFlags.O_WRONLY);
                    if (opened != 1) {
                      task.descriptors().dup3(opened, 1, 0);
                    }
                    task.processes()
                        .executeToRun("/rom/in-place", List.of("/rom/in-place"), List.of());
                    return 127;
                  });
      assertThat(program.join()).isEqualTo(new WaitStatus.Exited(0));
    }
    return output.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static void isInPlace(List<String> said) {
    long pc = Long.parseUnsignedLong(said.getFirst().substring("pc ".length()), 16);
    assertThat(pc).isBetween(START, START + SIZE - 1);
    assertThat(said)
        .filteredOn(each -> each.endsWith("/rom/in-place"))
        .singleElement()
        .satisfies(line -> {
          String[] range = line.substring(0, line.indexOf(' ')).split("-", -1);
          assertThat(pc).isBetween(Long.parseLong(range[0], 16), Long.parseLong(range[1], 16) - 1);
          assertThat(line).contains(" r-x");
        });
  }

  /**
   * A NOR chip is not one that romfs lets be mapped: its files are mapped as their store permits
   * (rule ROMFS-01).
   */
  @ParameterizedTest
  @EnumSource
  void exec04_textInRomfs_isExecutedInRom(Profile profile) throws Exception {
    writeRomfs();
    isInPlace(run("mtd-rom", "romfs", profile));
  }

  @ParameterizedTest
  @EnumSource
  void exec04_textInUncompressedCramfs_isExecutedInNorFlash(Profile profile) throws Exception {
    writeCramfs();
    isInPlace(run("cfi-flash", "cramfs", profile));
  }

  @Test
  void program_isBuiltOfItsSource() throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(resource("in-place.c"));
    assertThat(new String(resource("in-place.sha256"), StandardCharsets.UTF_8))
        .as("build-flat.sh beside the source makes it anew")
        .startsWith(HexFormat.of().formatHex(digest));
  }
}
