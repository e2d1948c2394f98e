package dev.nommu.mtd;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Memparse;
import dev.nommu.fixtures.FakeNode;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions from all sources. */
class PartitioningTest {
  private static final int SIZE = 0x100000;
  private static final EraseRegion SMALL = new EraseRegion(0, 0x4000, 4);
  private static final EraseRegion LARGE = new EraseRegion(0x10000, 0x10000, 15);

  private final List<String> log = new ArrayList<>();
  private final MemorySegment memory = MemorySegment.ofArray(new byte[SIZE]);
  private final Mtd nor =
      new Mtd(
          new MtdInfo(
              "nor", MtdType.NORFLASH, MtdInfo.CAP_NORFLASH, SIZE, 0x10000, List.of(SMALL, LARGE)),
          new RamOperations(memory, 0, 1));

  private static Partition at(long offset, long size) {
    return new Partition(
        "p", OptionalLong.of(offset), OptionalLong.of(size), Set.of(), Optional.empty());
  }

  private Mtd cut(Partition partition) {
    return Partitioning.cut(nor, List.of(partition), log::add).getFirst();
  }

  @Test
  void mtd16_startPastTheEnd_hasSizeZero() {
    assertThat(cut(at(SIZE, 1)).size()).isZero();
    assertThat(cut(at(-1, 1)).size()).isZero();
  }

  @Test
  void mtd16_endPastTheEnd_isTruncated() {
    assertThat(cut(at(0xf0000, 0x20000)).size()).isEqualTo(0x10000);
    assertThat(cut(at(0xf0000, -1)).size()).isEqualTo(0x10000);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0x4000, true",
    "0x4000, 0x1c000, true",
    "0x1000, 0x3000, false",
    "0, 0x5000, false",
    "0x10000, 0x4000, false",
  })
  void mtd16_partsOfEraseBlocks_areReadOnly(String offset, String size, boolean writeable) {
    Mtd part = cut(at(Long.decode(offset), Long.decode(size)));

    assertThat(part.has(MtdFlag.WRITEABLE)).isEqualTo(writeable);
  }

  @Test
  void mtd16_eraseSizeIsTheLargestTouched() {
    assertThat(cut(at(0, 0x10000)).info().eraseSize()).isEqualTo(0x4000);
    assertThat(cut(at(0xc000, 0x14000)).info().eraseSize()).isEqualTo(0x10000);
  }

  @Test
  void mtd16_ramHasBoundariesEverywhere() {
    Mtd ram = new Mtd(MtdInfo.ram("ram", SIZE, 0x10000), new RamOperations(memory, 0, 1));

    assertThat(Partitioning.cut(ram, List.of(at(3, 5)), log::add).getFirst().has(MtdFlag.WRITEABLE))
        .isTrue();
  }

  @Test
  void mtd13_partitionBeginsAtItsOffset() throws ErrnoException {
    memory.set(ValueLayout.JAVA_BYTE, 0x10003, (byte) 'x');

    assertThat(Texts.read(new MtdStore(cut(at(0x10000, 0x10000))), 3, 1)).isEqualTo("x");
  }

  @Test
  void mtd07_readPastTheEndOfAPartition_isEinval() {
    Mtd part = cut(at(0x10000, 0x10000));

    assertErrno(Errno.EINVAL, () -> part.read(MemorySegment.ofArray(new byte[2]), 0xffff));
  }

  @Test
  void cmdline_partitionsFollowOneAnother() throws ErrnoException {
    List<Mtd> parts =
        Partitioning.cut(
            nor,
            CommandLinePartitions.of("x:1(y);nor:64k(a)ro,0x20000@512Ki,-(c)lk", "nor"),
            log::add);

    assertThat(parts).extracting(Mtd::name).containsExactly("a", "Partition_001", "c");
    assertThat(parts).extracting(Mtd::size).containsExactly(0x10000L, 0x20000L, 0x60000L);
    assertThat(parts.getFirst().has(MtdFlag.WRITEABLE)).isFalse();
    assertThat(parts.getLast().has(MtdFlag.WRITEABLE)).isTrue();
  }

  @Test
  void cmdline_ofAnotherDevice_isNothing() throws ErrnoException {
    assertThat(CommandLinePartitions.of("nor:64k(a)", "rom")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nor:",
        "nor:,",
        "nor:64k,",
        "nor:64q",
        "nor:-,1k",
        "nor:1k(a",
        "nor:1k@(a)",
        "nor:1k(a)rw",
        "nor:99999999999999999999",
        "nor:9999999999G",
        "nor:0xfffffffffffffffff"
      })
  void cmdline_malformed_isEinval(String mtdparts) {
    assertErrno(Errno.EINVAL, () -> CommandLinePartitions.of(mtdparts, "nor"));
  }

  @ParameterizedTest
  @CsvSource({
    "4096, 4096",
    "0x1000, 4096",
    "4k, 4096",
    "4Ki, 4096",
    "1M, 1048576",
    "2Gi, 2147483648"
  })
  void suffixedNumbersAreThoseOfMemparse(String text, long number) throws ErrnoException {
    assertThat(Memparse.parse(text, "size")).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p",
        "p,0x1000",
        "p,0x1000,4k,1k,1",
        "p,x,4k",
        "p,0,0",
        "p,0,4k,0",
        "p,0,4k,3",
        "p,0x7fffffffffffffff,2"
      })
  void phram_malformed_isEinval(String value) {
    assertErrno(Errno.EINVAL, () -> PhramParameter.parse(value));
  }

  @Test
  void devicetree_olderTreesHavePartitionsInTheFlashItself() throws ErrnoException {
    FakeNode flash =
        Chips.device("rom@0", "mtd-rom", 0, SIZE)
            .withChildren(
                Chips.part("boot", 0, 0x1000).with("read-only", true),
                Chips.device("other@0", "some,device", 0, 1));

    assertThat(FirmwarePartitions.of(flash))
        .containsExactly(
            new Partition(
                "boot",
                OptionalLong.of(0),
                OptionalLong.of(0x1000),
                Set.of(MtdFlag.WRITEABLE),
                Optional.of(flash.children().getFirst())));
  }

  @Test
  void devicetree_partitionsOfAnotherFormat_areNotRead() throws ErrnoException {
    FakeNode table =
        Chips.table(Chips.part("x", 0, 1)).withCompatible("brcm,bcm947xx-cfe-partitions");

    assertThat(FirmwarePartitions.of(Chips.device("rom@0", "mtd-rom", 0, SIZE).withChildren(table)))
        .isEmpty();
  }
}
