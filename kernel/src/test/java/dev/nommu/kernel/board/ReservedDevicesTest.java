package dev.nommu.kernel.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Errno;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Probed.Outcome;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Devices in memory that is reserved, and in RAM that is not. */
final class ReservedDevicesTest {
  private static final String PICTURE =
      "width = <16>; height = <16>; stride = <64>; format = \"a8r8g8b8\";";

  @RegisterExtension final Machines machines = new Machines();

  @TempDir private Path directory;

  private Machine boot(String before, String nodes) throws BoardException {
    String source =
        """
        /dts-v1/;
        %s
        / { #address-cells = <1>; #size-cells = <1>;
          memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
          %s
        };
        """
            .formatted(before, nodes);
    return machines.boot(Board.parse("board", source, directory), Profile.DOCUMENT);
  }

  private static String reserved(String regions) {
    return "reserved-memory { #address-cells = <1>; #size-cells = <1>; ranges; " + regions + " };";
  }

  private static String frameBuffer(String where) {
    return "fb { compatible = \"simple-framebuffer\"; %s %s };".formatted(where, PICTURE);
  }

  private static Outcome outcome(Machine machine, String place) {
    return machine.nodes().stream()
        .filter(node -> node.place().equals(place))
        .findFirst()
        .orElseThrow()
        .outcome();
  }

  @Test
  void board06_frameBufferInReservedRam_isThereAndTold() throws Exception {
    Machine machine =
        boot("/memreserve/ 0x80400000 0x1000;", frameBuffer("reg = <0x80400000 0x1000>;"));
    TaskCalls p = new TaskCalls(machine.init());
    p.store(0x8040_0000L, "pixels");
    assertThat(p.content(p.read("/dev/fb0"), 6)).asString().isEqualTo("pixels");
    assertThat(machine.log().lines())
        .anyMatch(line -> line.contains(": cannot claim its memory: claim of"));
    assertThat(machine.check()).isEmpty();
  }

  @Test
  void board06_frameBufferInOtherRam_isEbusy() throws Exception {
    Machine machine = boot("", frameBuffer("reg = <0x80400000 0x1000>;"));
    assertThat(outcome(machine, "/fb"))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.reason().errno()).isEqualTo(Errno.EBUSY);
              assertThat(failed.reason()).hasMessageContaining("System RAM that is not reserved");
            });
  }

  @Test
  void board06_phramHalfInRam_isEbusyAndIgnored() throws Exception {
    Machine machine =
        boot(
            "/memreserve/ 0x80ff0000 0x20000;",
            "chosen { bootargs = \"phram.phram=p,0x80ff0000,0x20000\"; };");
    assertThat(outcome(machine, "mtd"))
        .isInstanceOfSatisfying(
            Outcome.NotUsed.class,
            ignored ->
                assertThat(ignored.reason())
                    .startsWith("phram.phram=p,0x80ff0000,0x20000: EBUSY")
                    .contains("phram at 0x80ff0000-0x81010000: only part of it is System RAM"));
  }

  @Test
  void board06_phramInReservedRam_holdsTheImageOfTheBoard() throws Exception {
    Files.writeString(directory.resolve("image"), "kept");
    Machine machine =
        boot(
            "/memreserve/ 0x80400000 0x1000;",
            "chosen { bootargs = \"phram.phram=p,0x80400000,0x1000\"; };"
                + "nommu { contents { #address-cells = <1>; #size-cells = <1>;"
                + " p { reg = <0x80400000 0x1000>; image = \"image\"; }; }; };");
    TaskCalls p = new TaskCalls(machine.init());
    assertThat(p.content(p.read("/dev/mtd0"), 4)).asString().isEqualTo("kept");
    assertThat(p.bytes(0x8040_0000L, 4)).asString().isEqualTo("kept");
  }

  @Test
  void board07_memoryRegion_comesBeforeReg() throws Exception {
    String region = reserved("r: r@80400000 { reg = <0x80400000 0x1000>; no-map; };");
    for (String reg : new String[] {"", "reg = <0x90000000 0x1000>;"}) {
      Machine machine = boot("", region + frameBuffer("memory-region = <&r>; " + reg));
      assertThat(machine.memory().bankAt(0x8040_0000L).orElseThrow().range())
          .isEqualTo(new AddressRange(0x8040_0000L, 0x1000));
      assertThat(machine.memory().bankAt(0x9000_0000L)).isEmpty();
    }
  }

  @Test
  void board07_regionWithoutAPlace_isWhereTheKernelPutIt() throws Exception {
    Machine machine =
        boot(
            "",
            reserved("r: r { size = <0x1000>; no-map; };") + frameBuffer("memory-region = <&r>;"));
    assertThat(machine.memory().bankAt(0x80ff_f000L).orElseThrow().name()).isEqualTo("simplefb");
  }

  @Test
  void board07_neitherRegNorRegion_isEinval() throws Exception {
    Machine machine = boot("", frameBuffer(""));
    assertThat(outcome(machine, "/fb"))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed ->
                assertThat(failed.reason().describe())
                    .contains("EINVAL", "/fb: reg: expected memory, found neither reg nor"));
  }

  private static final String RAMS =
      """
      first: ram@90000000 { compatible = "mtd-ram"; bank-width = <4>; reg = <0x90000000 0x1000>; };
      late: ram@91000000 { compatible = "mtd-ram"; bank-width = <4>; reg = <0x91000000 0x1000>; };
      """;

  @Test
  void board08_alias_isTheNumber() throws Exception {
    Machine machine = boot("", "aliases { mtd0 = &late; mtd7 = &first; };" + RAMS);
    assertThat(new TaskCalls(machine.init()).text("/proc/mtd"))
        .endsWith(
            """
            mtd0: 00001000 00001000 "91000000.ram"
            mtd7: 00001000 00001000 "90000000.ram"
            """);
  }

  @Test
  void board08_numberThatIsTaken_isEbusy() throws Exception {
    Machine machine = boot("", "aliases { mtd0 = &late; };" + RAMS);
    assertThat(outcome(machine, "/ram@91000000"))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed ->
                assertThat(failed.reason().describe())
                    .contains("EBUSY", "/aliases: mtd0 is already \"90000000.ram\""));
  }

  @Test
  void mtd16_partitionsInAPartition_comeAfterIt() throws Exception {
    Machine machine =
        boot(
            "",
            """
            ram@90000000 { compatible = "mtd-ram"; bank-width = <4>; reg = <0x90000000 0x10000>;
              partitions { compatible = "fixed-partitions"; #address-cells = <1>; #size-cells = <1>;
                firmware@1000 { compatible = "fixed-partitions"; reg = <0x1000 0x4000>;
                  #address-cells = <1>; #size-cells = <1>;
                  kernel@0 { reg = <0 0x1000>; };
                  rootfs@1000 { reg = <0x1000 0>; };
                };
                last@5000 { reg = <0x5000 0x1000>; };
              };
            };
            """);
    TaskCalls p = new TaskCalls(machine.init());
    assertThat(p.text("/proc/mtd"))
        .endsWith(
            """
            mtd0: 00004000 00001000 "firmware"
            mtd1: 00001000 00001000 "kernel"
            mtd2: 00003000 00001000 "rootfs"
            mtd3: 00001000 00001000 "last"
            """);
    p.store(0x9000_2000L, "root");
    assertThat(p.content(p.read("/dev/mtd2"), 4)).asString().isEqualTo("root");
  }
}
