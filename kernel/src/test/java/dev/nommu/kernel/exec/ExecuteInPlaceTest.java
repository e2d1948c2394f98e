package dev.nommu.kernel.exec;

import static dev.nommu.kernel.exec.ElfImage.R;
import static dev.nommu.kernel.exec.ElfImage.W;
import static dev.nommu.kernel.exec.ElfImage.X;
import static dev.nommu.kernel.exec.ElfImage.filled;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.LoadMap;
import dev.nommu.api.LoadedImage;
import dev.nommu.api.Profile;
import dev.nommu.kernel.mmap.Mapping;
import dev.nommu.kernel.mmap.RegionKind;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.romfs.RomfsOptions;
import dev.nommu.romfs.RomfsWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Executables in a romfs in a ROM: their text runs where it lies. */
final class ExecuteInPlaceTest {
  private static final long ROM = 0x2000_0000L;
  private static final byte[] TEXT = TaskCalls.pattern(PAGE + 100);
  private static final byte[] DATA = TaskCalls.pattern(500);

  @RegisterExtension final Machines machines = new Machines();

  private TaskCalls init(Profile profile, byte[] executable) throws Exception {
    Path root =
        Jimfs.newFileSystem(Configuration.unix().toBuilder().setAttributeViews("posix").build())
            .getPath("/work");
    Files.createDirectories(root.resolve("tree"));
    Path file = Files.write(root.resolve("tree/program"), executable);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.write(root.resolve("tree/zlast"), new byte[2 * PAGE]);
    RomfsWriter.write(root.resolve("tree"), root.resolve("image"), RomfsOptions.DEFAULT);
    TestBoard board =
        TestBoard.withMebibytes(8)
            .node(
                """
                rom@20000000 {
                  compatible = "mtd-rom"; bank-width = <4>;
                  reg = <0 0x20000000 0 0x10000>; linux,mtd-name = "rom";
                };
                """)
            .content("/rom@20000000", root.resolve("image"))
            .mount("mtd:rom", "/rom", "romfs", "ro");
    return new TaskCalls(machines.boot(board.build(), profile).init());
  }

  private static void assertInRom(TaskCalls child, long address) {
    assertThat(address).isBetween(ROM, ROM + 0x10000);
    Mapping mapping = child.task().mapping(address).orElseThrow();
    assertThat(mapping.region().kind()).isEqualTo(RegionKind.STORE);
  }

  private static byte[] littleEndian(int word) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(word).array();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void exec04_textInRom_isExecutedInPlace(Profile profile) throws Exception {
    byte[] file =
        new FlatFile().text(TEXT).data(0, 16).relocations(TEXT.length + 4).bss(100).bytes();
    TaskCalls p = init(profile, file);
    TaskCalls child = Exec.child(p, "/rom/program", "program");
    LoadedImage image = Exec.image(child);
    assertInRom(child, image.entry());
    assertThat(child.bytes(image.entry(), TEXT.length)).isEqualTo(TEXT);
    assertThat(child.bytes(image.startBrk() - 100 - 4, 4))
        .as("the address in data is that in the ROM")
        .isEqualTo(littleEndian((int) image.entry() + 16));
    assertThat(Exec.image(Exec.child(p, "/rom/program", "again")).entry()).isEqualTo(image.entry());
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void exec07_textInRom_isExecutedInPlace(Profile profile) throws Exception {
    byte[] file =
        ElfImage.fdpic()
            .entry(0x10010)
            .load(R | X, 0, 0x10000, PAGE, filled(PAGE, 0x11))
            .load(R | W, PAGE, 0x20000, 0x900, DATA)
            .bytes();
    TaskCalls child = Exec.child(init(profile, file), "/rom/program", "program");
    LoadMap map = Exec.image(child).loadMap().orElseThrow();
    assertInRom(child, map.segments().get(0).address());
    long data = map.segments().get(1).address();
    assertThat(child.task().mapping(data).orElseThrow().region().kind()).isEqualTo(RegionKind.COPY);
    assertThat(child.bytes(data, DATA.length)).isEqualTo(DATA);
    assertThat(child.bytes(data + DATA.length, 0x900 - DATA.length)).containsOnly(0);
  }
}
