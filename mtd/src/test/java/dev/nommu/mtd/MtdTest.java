package dev.nommu.mtd;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The checks every request passes, and their order. */
class MtdTest {
  private static final int SIZE = 0x4000;

  private final MemorySegment memory = MemorySegment.ofArray(new byte[SIZE]);
  private final Mtd rom = new Mtd(MtdInfo.rom("rom", SIZE, SIZE), new RomOperations(memory, 0));
  private final Mtd ram =
      new Mtd(MtdInfo.ram("ram", SIZE, 0x1000), new RamOperations(memory, 0, 1));

  private static Mtd part(Mtd master) {
    Partition partition =
        new Partition(
            "part", OptionalLong.of(0x1000), OptionalLong.of(0x1000), Set.of(), Optional.empty());
    return Partitioning.cut(master, List.of(partition), warning -> {}).getFirst();
  }

  @Test
  void mtd08_eraseOutOfRangeIsEinvalBeforeReadOnlyIsErofs() {
    assertErrno(Errno.EINVAL, () -> rom.erase(SIZE, 1));
    assertErrno(Errno.EROFS, () -> rom.erase(0, 0));
  }

  @Test
  void mtd06_writeToReadOnlyIsErofsBeforeOutOfRangeIsEinval() {
    assertErrno(Errno.EROFS, () -> rom.write(Texts.bytes("a"), SIZE));
    assertErrno(Errno.EINVAL, () -> ram.write(Texts.bytes("ab"), SIZE - 1));
  }

  @Test
  void mtd15_mapRomItselfRefusesWritesAndErasures() {
    RomOperations operations = new RomOperations(memory, 0);

    assertErrno(Errno.EROFS, () -> operations.write(Texts.bytes("a"), 0));
    assertErrno(Errno.EROFS, () -> operations.erase(0, 1));
  }

  @Test
  void partitionIsWrittenAndErasedAtItsOffset() throws ErrnoException {
    part(ram).write(Texts.bytes("a"), 1);
    part(ram).erase(2, 1);

    assertThat(Texts.read(new MtdStore(ram), 0x1000, 4)).isEqualTo("\0a\377\0");
  }

  @Test
  void storeOfAReadOnlyMtd_isErofsAndOutOfRangeEio() {
    assertErrno(Errno.EROFS, () -> new MtdStore(rom).write(Texts.bytes("a"), 0));
    assertErrno(Errno.EIO, () -> new MtdStore(ram).write(Texts.bytes("a"), SIZE));
    assertErrno(Errno.EIO, () -> Texts.read(new MtdStore(ram), SIZE - 1, 2));
  }
}
