package dev.nommu.kernel.device;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.Includes;
import dev.nommu.kernel.AppliedOverlay;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.Probed.Outcome;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.romfs.RomfsOptions;
import dev.nommu.romfs.RomfsWriter;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Devices of the plugins' drivers, plugged and unplugged, with file systems on them. */
@Timeout(20)
final class PluggedDriversTest {
  private static final String BOARD =
      """
      /dts-v1/;
      / { #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        virtio@10000000 { compatible = "virtio,mmio"; reg = <0x10000000 0x1000>; };
        nommu { contents { };  };
      };
      """;

  @RegisterExtension final Machines machines = new Machines();

  private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());
  private final Path directory = files.getPath("/work");
  private Machine machine;
  private TaskCalls p;

  @BeforeEach
  void boot() throws Exception {
    Path tree = Files.createDirectories(directory.resolve("tree"));
    Files.write(tree.resolve("file"), TaskCalls.pattern(2 * PAGE));
    RomfsWriter.write(tree, directory.resolve("romfs.img"), RomfsOptions.DEFAULT);
    machine = machines.boot(Board.parse("board", BOARD, directory), Profile.DOCUMENT);
    p = new TaskCalls(machine.init());
  }

  @AfterEach
  void close() throws IOException {
    machine.close();
    files.close();
  }

  private AppliedOverlay plug(String node, String contents) throws Exception {
    String overlay =
        "/dts-v1/; /plugin/; &{/} { %s }; &{/nommu} { contents { %s }; };"
            .formatted(node, contents);
    AppliedOverlay plugged =
        machine.plug(DeviceTree.parseDts(overlay, "overlay.dtso", Includes.none()));
    assertThat(plugged.nodes())
        .allSatisfy(each -> assertThat(each.outcome()).isInstanceOf(Outcome.Bound.class));
    return plugged;
  }

  private AppliedOverlay plugRom() throws Exception {
    return plug(
        """
        rom@91000000 { compatible = "mtd-rom"; bank-width = <4>;
          reg = <0x91000000 0x10000>; };
        """,
        "rom { device = \"/rom@91000000\"; image = \"romfs.img\"; };");
  }

  private static ErrnoException failure(ThrowingCallable call) {
    return catchThrowableOfType(ErrnoException.class, call);
  }

  @Test
  void hot05_fileSystemOnAnUnpluggedDevice_failsWithEnodevAndCanBeUnmounted() throws Exception {
    AppliedOverlay plugged = plugRom();
    p.task().tree().mkdir("/m", 0755);
    p.task().tree().mount("mtd0", "/m", "romfs", 0, "");
    int file = p.read("/m/file");
    long mapped = p.map(file, 2 * PAGE, PROT_READ, MAP_PRIVATE);
    assertThat(machine.memory().bankAt(mapped).orElseThrow().range().start())
        .isEqualTo(0x9100_0000L);
    plugged.unplug();
    assertThat(failure(() -> p.content(file, PAGE)).errno()).isEqualTo(Errno.ENODEV);
    assertThat(failure(() -> p.task().tree().mount("mtd0", "/m", "romfs", 0, "")).errno())
        .isEqualTo(Errno.ENODEV);
    assertThat(p.bytes(mapped, 2 * PAGE)).isEqualTo(TaskCalls.pattern(2 * PAGE));
    p.task().munmap(mapped, 2 * PAGE);
    p.task().close(file);
    assertThat(machine.memory().bankAt(0x9100_0000L)).isPresent();
    p.task().tree().umount("/m", 0);
    assertThat(machine.memory().bankAt(0x9100_0000L)).isEmpty();
  }

  @Test
  void hot02_mtd_isListedWhileItIsThere() throws Exception {
    String before = p.text("/proc/mtd");
    for (int i = 0; i < 2; i++) {
      AppliedOverlay flash =
          plug(
              """
              flash@92000000 { compatible = "cfi-flash"; bank-width = <4>;
                reg = <0x92000000 0x100000>; };
              """,
              "");
      AppliedOverlay rom = plugRom();
      assertThat(p.text("/proc/mtd"))
          .contains("mtd0: 00100000", "92000000.flash", "mtd1: 00010000");
      flash.unplug();
      assertThat(p.text("/proc/mtd")).doesNotContain("mtd0").contains("mtd1: 00010000");
      rom.unplug();
      assertThat(p.text("/proc/mtd")).isEqualTo(before);
    }
  }

  @Test
  void hot02_frameBuffer_getsTheNumberThatIsFree() throws Exception {
    for (int i = 0; i < 2; i++) {
      AppliedOverlay screen =
          plug(
              """
              screen@93000000 { compatible = "simple-framebuffer"; reg = <0x93000000 0x1000>;
                width = <16>; height = <16>; stride = <64>; format = "a8r8g8b8"; };
              """,
              "");
      assertThat(p.text("/proc/fb")).isEqualTo("0 simple\n");
      p.task().close(p.read("/dev/fb0"));
      screen.unplug();
      assertThat(p.text("/proc/fb")).isEmpty();
    }
  }

  @Test
  void hot02_disk_letsGoOfItsImage() throws Exception {
    for (int i = 0; i < 2; i++) {
      Files.write(directory.resolve("disk.img"), TaskCalls.pattern(PAGE));
      AppliedOverlay disk =
          plug(
              "disk@94000000 { compatible = \"virtio,mmio\"; reg = <0x94000000 0x1000>; };",
              "disk { device = \"/disk@94000000\"; image = \"disk.img\"; persistent; };");
      int file = p.write("/dev/vda");
      assertThat(p.content(file, PAGE)).isEqualTo(TaskCalls.pattern(PAGE));
      disk.unplug();
      assertThatThrownBy(() -> p.content(file, PAGE)).isInstanceOf(ErrnoException.class);
      p.task().close(file);
      Files.delete(directory.resolve("disk.img"));
    }
  }
}
