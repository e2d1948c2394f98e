package dev.nommu.kernel.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.AddressRange;
import dev.nommu.kernel.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a tree says of RAM, and what becomes of it. */
final class MainMemoryTest {
  private static final long MIB = 1 << 20;

  private static String tree(String nodes) {
    return "/dts-v1/; / { #address-cells = <1>; #size-cells = <1>; " + nodes + " };";
  }

  private static String ram(String reg) {
    return "memory@80000000 { device_type = \"memory\"; reg = " + reg + "; };";
  }

  private static Board board(String nodes, BootLoader loader) throws BoardException {
    return Boards.parse("board", tree(nodes), loader);
  }

  private static Board board(String nodes) throws BoardException {
    return board(nodes, BootLoader.NONE);
  }

  private static BootLoader memory(String... sizes) throws BoardException {
    List<BootLoader.Memory> memory = new ArrayList<>();
    for (String size : sizes) {
      memory.add(BootLoader.Memory.parse(size));
    }
    return new BootLoader(memory, Optional.empty());
  }

  private static AddressRange range(long start, long length) {
    return new AddressRange(start, length);
  }

  @Test
  void board01_banksWithAGap_areBothHandedOut() throws Exception {
    Board board = board(ram("<0x80000000 0x100000>, <0x90000000 0x200000>"));
    assertThat(board.ram().banks())
        .containsExactly(range(0x8000_0000L, MIB), range(0x9000_0000L, 2 * MIB));
    try (Machine machine = Machine.boot(board)) {
      assertThat(machine.freePages() * 4096).isGreaterThan(2 * MIB);
      assertThat(machine.check()).isEmpty();
    }
  }

  @Test
  void board01_severalNodes_areAllRam() throws Exception {
    Board board =
        board(
            ram("<0x80000000 0x100000>")
                + "memory@a0000000 { device_type = \"memory\"; reg = <0xa0000000 0x100000>; };");
    assertThat(board.ram().banks())
        .containsExactly(range(0x8000_0000L, MIB), range(0xa000_0000L, MIB));
  }

  @Test
  void board01_rangesThatOverlap_areOne() throws Exception {
    Board board = board(ram("<0x80080000 0x100000>, <0x80000000 0x100000>"));
    assertThat(board.ram().banks()).containsExactly(range(0x8000_0000L, MIB + MIB / 2));
  }

  @Test
  void board01_partsOfPages_areLeftOut() throws Exception {
    Board board = board(ram("<0x80000800 0x2000>"));
    assertThat(board.ram().banks()).containsExactly(range(0x8000_1000L, 0x1000));
    assertThat(board.memory().unused())
        .containsExactly(
            new MainMemory.Unused(
                "/memory@80000000", "RAM outside of whole pages of 0x80000800+0x2000"));
  }

  @Test
  void board01_noRam_isToldWithTheOptionThatGivesIt() {
    assertThatThrownBy(() -> board(""))
        .isInstanceOf(BoardException.class)
        .hasMessage(
            "board: the tree has no RAM: no node has device_type = \"memory\"; a boot loader fills"
                + " it in: --memory SIZE[@ADDRESS]");
    assertThatThrownBy(() -> board(ram("<0x80000000 0>")))
        .hasMessage(
            "board: the tree has no RAM: /memory@80000000 says 0 bytes; a boot loader fills it in:"
                + " --memory SIZE[@ADDRESS]");
    assertThatThrownBy(() -> board(ram("<0x80000800 0x1000>")))
        .hasMessageContaining("expected whole pages below 2^63, found 0x80000800+0x1000");
  }

  @Test
  void board02_bootLoader_fillsInTheSize() throws Exception {
    assertThat(board(ram("<0x40000000 0>"), memory("8M")).ram().banks())
        .containsExactly(range(0x4000_0000L, 8 * MIB));
    assertThat(board("", memory("8M")).ram().banks()).containsExactly(range(0x8000_0000L, 8 * MIB));
    assertThat(board(ram("<0x80000000 0x100000>"), memory("1M@0x90000000", "4M")).ram().banks())
        .containsExactly(range(0x8000_0000L, 4 * MIB), range(0x9000_0000L, MIB));
  }

  @Test
  void board02_ramBeyondAllAddresses_isRefused() throws Exception {
    String tree =
        "/dts-v1/; / { #address-cells = <2>; #size-cells = <1>; memory { device_type = \"memory\";"
            + " reg = <0x7fffffff 0xfffff000 0>; }; };";
    BootLoader loader = memory("8M");
    assertThatThrownBy(() -> Boards.parse("board", tree, loader))
        .isInstanceOf(BoardException.class)
        .hasMessage(
            "board: --memory: expected RAM below 2^63, found 0x800000 bytes at"
                + " 0x7ffffffffffff000");
  }

  @Test
  void board02_banksWithoutAddresses_areRefused() {
    assertThatThrownBy(() -> board(ram("<0x80000000 0>"), memory("8M", "4M")))
        .isInstanceOf(BoardException.class)
        .hasMessage("board: --memory: expected an address for all banks but one, found none for 2");
  }

  @Test
  void board01_usableMemory_comesBeforeReg() throws Exception {
    Board board =
        board(
            "memory@80000000 { device_type = \"memory\"; reg = <0x80000000 0x1000000>;"
                + " linux,usable-memory = <0x80000000 0x100000>; };");
    assertThat(board.ram().banks()).containsExactly(range(0x8000_0000L, MIB));
  }

  @Test
  void board02_whatIsNoMemory_isRefused() {
    for (String wrong : List.of("", "8Q", "0", "4097", "8M@1", "8M@", "@0", "-1")) {
      assertThatThrownBy(() -> BootLoader.Memory.parse(wrong))
          .as(wrong)
          .isInstanceOf(BoardException.class)
          .hasMessageContaining("like 8M or 1G@0x80000000");
    }
  }

  @Test
  void board03_mem_leavesTheLowestBytes() throws Exception {
    String banks = ram("<0x80000000 0x100000>, <0x90000000 0x200000>");
    assertThat(bootedWith(banks, "mem=2M").ram().banks())
        .containsExactly(range(0x8000_0000L, MIB), range(0x9000_0000L, MIB));
    assertThat(bootedWith(banks, "mem=1M quiet").ram().banks())
        .containsExactly(range(0x8000_0000L, MIB));
    assertThat(bootedWith(banks, "mem=1M@0x90000000").ram().length()).isEqualTo(MIB);
    assertThat(bootedWith(banks, "mem=1G").ram().length()).isEqualTo(3 * MIB);
    assertThat(bootedWith(banks, "mem=x").memory().unused())
        .extracting(MainMemory.Unused::node)
        .containsExactly("/chosen");
    assertThatThrownBy(() -> bootedWith(banks, "mem=0"))
        .isInstanceOf(BoardException.class)
        .hasMessageContaining("mem=");
  }

  private static Board bootedWith(String nodes, String bootArgs) throws BoardException {
    return board(nodes, new BootLoader(List.of(), Optional.of(bootArgs)));
  }

  private static String reserved(String regions) {
    return ram("<0x80000000 0x1000000>")
        + "reserved-memory { #address-cells = <1>; #size-cells = <1>; ranges; "
        + regions
        + " };";
  }

  @Test
  void board04_noMap_isNotRam() throws Exception {
    Board board = board(reserved("a@80400000 { reg = <0x80400800 0x100>; no-map; };"));
    assertThat(board.ram().banks())
        .containsExactly(range(0x8000_0000L, 4 * MIB), range(0x8040_1000L, 12 * MIB - 0x1000));
    assertThat(board.reserved()).isEmpty();
  }

  @Test
  void board04_otherReservedMemory_staysRam() throws Exception {
    Board board = board(reserved("a@80400000 { reg = <0x80400000 0x1000 0x80500000 0x1000>; };"));
    assertThat(board.ram().banks()).hasSize(1);
    assertThat(board.reserved())
        .containsExactly(range(0x8040_0000L, 0x1000), range(0x8050_0000L, 0x1000));
    assertThat(board.memory().isReserved(range(0x8040_0000L, 0x1000))).isTrue();
    assertThat(board.memory().isReserved(range(0x8040_0000L, 0x1001))).isFalse();
  }

  @Test
  void board04_allOfTheRam_cannotBeTakenOut() {
    assertThatThrownBy(
            () -> board(reserved("a@80000000 { reg = <0x80000000 0x1000000>; no-map; };")))
        .isInstanceOf(BoardException.class)
        .hasMessageContaining("no-map");
  }

  @Test
  void board05_regionWithoutAPlace_isTheHighestThatIsFree() throws Exception {
    Board board =
        board(
            reserved(
                "last@80f00000 { reg = <0x80f00000 0x100000>; };"
                    + "pool { size = <0x100000>; alignment = <0x200000>; };"
                    + "low { size = <0x1000>; alloc-ranges = <0x80000000 0x100000>; };"
                    + "large { size = <0x10000000>; };"));
    assertThat(board.memory().regions())
        .containsEntry("/reserved-memory/pool", range(0x80c0_0000L + 2 * MIB, MIB))
        .containsEntry("/reserved-memory/low", range(0x800f_f000L, 0x1000))
        .doesNotContainKey("/reserved-memory/large");
    assertThat(board.memory().unused())
        .extracting(MainMemory.Unused::node)
        .containsExactly("/reserved-memory/large");
  }
}
