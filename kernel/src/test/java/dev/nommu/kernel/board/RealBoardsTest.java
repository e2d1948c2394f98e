package dev.nommu.kernel.board;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_ANONYMOUS;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Probed.Outcome;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small trees that say what trees of real boards say. */
final class RealBoardsTest {
  private static final long MIB = 1 << 20;
  private static final int FBIOGET_VSCREENINFO = 0x4600;
  private static final String HEADER = "dev:    size   erasesize  name\n";

  @RegisterExtension final Machines machines = new Machines();

  private static Path file(String name) throws URISyntaxException {
    URL resource = Objects.requireNonNull(RealBoardsTest.class.getResource(name + ".dts"), name);
    return Path.of(resource.toURI());
  }

  private Machine boot(String name) throws Exception {
    return machines.boot(Board.read(file(name)), Profile.LINUX_6_12);
  }

  private static String text(Machine machine, String path) throws Exception {
    return new TaskCalls(machine.init()).text(path);
  }

  private static void assertMtds(Machine machine, String... lines) throws Exception {
    assertThat(text(machine, "/proc/mtd"))
        .isEqualTo(HEADER + String.join("", List.of(lines).stream().map(l -> l + "\n").toList()));
  }

  private static List<Outcome> failed(Machine machine) {
    return machine.nodes().stream()
        .map(Probed::outcome)
        .filter(Outcome.Failed.class::isInstance)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fb-in-reserved-ram",
        "flash-two-banks",
        "fmt-a1r5g5b5",
        "fmt-r5g6b5",
        "fmt-x8r8g8b8",
        "linux-phandle",
        "memory-2-1-cells",
        "memory-first-range-empty",
        "mtd-ram-in-reserved-ram",
        "mtdparts-after-rest",
        "mtdparts-bad",
        "mtdparts-ro",
        "mtdparts-two",
        "mtdparts",
        "name-property",
        "part-beyond",
        "part-overlap",
        "part-size-zero",
        "partition-unaligned",
        "path-reference",
        "phram-in-reserved-ram",
        "ram-in-neighbouring-banks",
        "reserved-disabled",
        "reserved-without-ranges",
        "rom-and-ram-mtd",
        "two-frame-buffers"
      })
  void eachBootsAndNoDriverFails(String name) throws Exception {
    assertThat(failed(boot(name))).isEmpty();
  }

  @Test
  void board06_frameBufferInMemoryThatIsNotMapped_isWhereTheTreeSays() throws Exception {
    Machine machine = boot("fb-in-reserved-ram");
    TaskCalls p = new TaskCalls(machine.init());
    assertThat(p.map(p.write("/dev/fb0"), 4096, PROT_READ | PROT_WRITE, MAP_SHARED))
        .isEqualTo(0x8300_0000L);
    assertThat(text(machine, "/proc/iomem")).contains("83000000-833fffff : simplefb");
  }

  /** Bits of a pixel, then offset and length of red, green, blue and transparency. */
  @ParameterizedTest
  @CsvSource({
    "fmt-a1r5g5b5, 16, '10 5 5 5 0 5 15 1'",
    "fmt-r5g6b5, 16, '11 5 5 6 0 5 0 0'",
    "fmt-x8r8g8b8, 32, '16 8 8 8 0 8 0 0'"
  })
  void fbFormat_ofTheBinding_hasItsColoursWhereLinuxHasThem(
      String board, int bitsPerPixel, String fields) throws Exception {
    TaskCalls p = new TaskCalls(boot(board).init());
    long screen = p.map(-1, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS);
    p.task().ioctl(p.write("/dev/fb0"), FBIOGET_VSCREENINFO, screen);
    MemorySegment info = p.task().memory(screen, 160);
    assertThat(info.get(ValueLayout.JAVA_INT, 24)).isEqualTo(bitsPerPixel);
    List<String> found = new ArrayList<>();
    for (int colour = 0; colour < 4; colour++) {
      found.add(Integer.toString(info.get(ValueLayout.JAVA_INT, 32 + 12 * colour)));
      found.add(Integer.toString(info.get(ValueLayout.JAVA_INT, 36 + 12 * colour)));
    }
    assertThat(String.join(" ", found)).isEqualTo(fields);
  }

  @Test
  void fbNumbers_areThoseOfTheNodesInOrder() throws Exception {
    assertThat(text(boot("two-frame-buffers"), "/proc/fb")).isEqualTo("0 simple\n1 simple\n");
  }

  @Test
  void nodeThatSaysItsOwnName_isReadAsDtcReadsIt() throws Exception {
    Machine machine = boot("name-property");
    assertThat(
            machine.board().tree().root().child("memory@80000000").orElseThrow().property("name"))
        .isEmpty();
    assertThat(machine.board().ram().banks())
        .containsExactly(new AddressRange(0x8000_0000L, 16 * MIB));
  }

  @Test
  void board06_phramInReservedRam_isWhereTheCommandLineSays() throws Exception {
    Machine machine = boot("phram-in-reserved-ram");
    assertMtds(machine, "mtd0: 00100000 00001000 \"keep\"");
    TaskCalls p = new TaskCalls(machine.init());
    p.task().write(p.write("/dev/mtd0"), MemorySegment.ofArray(new byte[] {42}));
    assertThat(p.bytes(0x87f0_0000L, 1)).containsExactly(42);
  }

  @Test
  void board06_mtdRamInReservedRam_isThere() throws Exception {
    assertMtds(boot("mtd-ram-in-reserved-ram"), "mtd0: 00100000 00001000 \"87f00000.ram\"");
  }

  @Test
  void mtd20_flashOfTwoRanges_isOneMtd() throws Exception {
    assertMtds(boot("flash-two-banks"), "mtd0: 00800000 00040000 \"20000000.flash\"");
  }

  @Test
  void board01_neighbours_areOnePiece() throws Exception {
    Machine machine = boot("ram-in-neighbouring-banks");
    assertThat(machine.board().ram().banks())
        .containsExactly(new AddressRange(0x8000_0000L, 8 * MIB));
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.file("/tmp/f", new byte[0]);
    p.task().ftruncate(file, MIB + MIB / 2);
    assertThat(p.map(file, MIB + MIB / 2, PROT_READ | PROT_WRITE, MAP_SHARED)).isPositive();
  }

  @Test
  void mtd16_partitionOfNoSize_reachesToTheEnd() throws Exception {
    assertMtds(
        boot("part-size-zero"),
        "mtd0: 00100000 00020000 \"a\"",
        "mtd1: 00300000 00020000 \"rest\"");
  }

  @Test
  void mtd16_partitionBeyondTheEnd_isToldOfAndHasNoBytes() throws Exception {
    Machine machine = boot("part-beyond");
    assertMtds(machine, "mtd0: 00100000 00020000 \"a\"", "mtd1: 00000000 00020000 \"b\"");
    assertThat(log(machine)).contains("partition \"b\" is out of reach of \"20000000.flash\"");
  }

  private static String log(Machine machine) {
    return String.join("\n", machine.log().lines());
  }

  @Test
  void board02_ramToBeFilledIn_isGivenByTheBootLoader() throws Exception {
    assertThatThrownBy(() -> boot("memory-to-be-filled-in"))
        .hasMessageContaining("--memory SIZE[@ADDRESS]");
    BootLoader loader = new BootLoader(List.of(BootLoader.Memory.parse("16M")), Optional.empty());
    Board board = Board.read(file("memory-to-be-filled-in"), loader);
    Machine machine = machines.boot(board, Profile.LINUX_6_12);
    assertThat(machine.board().ram().banks())
        .containsExactly(new AddressRange(0x8000_0000L, 16 * MIB));
  }

  @Test
  void board01_emptyRange_isPassedOver() throws Exception {
    assertThat(boot("memory-first-range-empty").board().ram().banks())
        .containsExactly(new AddressRange(0x8000_0000L, 16 * MIB));
  }

  @Test
  void board01_widthsOfTheRoot_areThoseOfItsReg() throws Exception {
    assertThat(boot("memory-2-1-cells").board().ram().banks())
        .containsExactly(
            new AddressRange(0x8000_0000L, 0x3b40_0000L),
            new AddressRange(0xc000_0000L, 0x3c00_0000L));
  }

  @Test
  void board04_disabledRegion_takesNothing() throws Exception {
    MainMemory memory = boot("reserved-disabled").board().memory();
    assertThat(memory.ram().banks()).containsExactly(new AddressRange(0x8000_0000L, 16 * MIB));
    assertThat(memory.regions())
        .containsOnlyKeys("/reserved-memory/dynamic", "/reserved-memory/outside@90000000");
    assertThat(memory.regions().get("/reserved-memory/dynamic"))
        .isEqualTo(new AddressRange(0x80e0_0000L, 2 * MIB));
  }

  @Test
  void board04_withoutRanges_allIsIgnoredAndTold() throws Exception {
    MainMemory memory = boot("reserved-without-ranges").board().memory();
    assertThat(memory.reserved()).isEmpty();
    assertThat(memory.unused())
        .containsExactly(
            new MainMemory.Unused(
                "/reserved-memory",
                "reserved memory: expected #address-cells = <2>, as of the root"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mtdparts            | mtd0: 00040000 00020000 "boot";mtd1: 003c0000 00020000 "rootfs"
          mtdparts-two        | mtd0: 00100000 00020000 "a";mtd1: 00700000 00020000 "b";\
          mtd2: 00010000 00001000 "c";mtd3: 00010000 00001000 "d"
          mtdparts-ro         | mtd0: 00080000 00020000 "boot0";mtd1: 00080000 00020000 "boot1";\
          mtd2: 00010000 00020000 "eeprom";mtd3: 006f0000 00020000 "rest";\
          mtd4: 00100000 00001000 "second"
          mtdparts-bad        | mtd0: 00800000 00020000 "phys_mapped_flash";\
          mtd1: 00100000 00001000 "second"
          mtdparts-after-rest | mtd0: 00800000 00020000 "phys_mapped_flash";\
          mtd1: 00100000 00001000 "second"
          part-overlap        | mtd0: 00200000 00020000 "a";mtd1: 00200000 00020000 "b"
          partition-unaligned | mtd0: 00134000 00020000 "kernel";mtd1: 002cc000 00020000 "rootfs"
          rom-and-ram-mtd     | mtd0: 00200000 00001000 "18000000.sram";\
          mtd1: 00200000 00200000 "c000000.rom"
          """)
  void mtd16_partitionsAreThoseOfLinux(String board, String mtds) throws Exception {
    assertMtds(boot(board), mtds.split(";"));
  }

  @Test
  void pathAfterALabel_isTakenAsDtcDoes() throws Exception {
    Board board = Board.read(file("path-reference"));
    assertThat(board.tree().node("/soc/inner").orElseThrow().properties())
        .extracting(property -> property.name())
        .containsExactly("x", "y", "z");
  }

  @Test
  void mtd16_badMtdparts_isTold() throws Exception {
    assertThat(log(boot("mtdparts-bad")))
        .contains(": phys_mapped_flash: expected a size of 1 or more, found \"0\"");
  }
}
