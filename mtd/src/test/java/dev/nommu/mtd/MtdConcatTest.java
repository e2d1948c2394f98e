package dev.nommu.mtd;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PointedRange;
import dev.nommu.api.Profile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several devices as one. */
class MtdConcatTest {
  private final MemorySegment low = MemorySegment.ofArray(new byte[0x2000]);
  private final MemorySegment high = MemorySegment.ofArray(new byte[0x4000]);

  private Mtd ram(MemorySegment memory, long address, long eraseSize) {
    return new Mtd(
        MtdInfo.ram("part", memory.byteSize(), eraseSize), new RamOperations(memory, address, 1));
  }

  private Mtd concat(Profile profile) {
    return MtdConcat.of(
        "whole", List.of(ram(low, 0x10000, 0x1000), ram(high, 0x80000, 0x2000)), profile);
  }

  @Test
  void mtd20_requestThatSpansTwo_isCarriedOutInBoth() throws ErrnoException {
    Mtd mtd = concat(Profile.DOCUMENT);
    mtd.write(MemorySegment.ofArray(new byte[] {1, 2, 3}), 0x1fff);
    assertThat(low.get(ValueLayout.JAVA_BYTE, 0x1fff)).isEqualTo((byte) 1);
    assertThat(high.asSlice(0, 2).toArray(ValueLayout.JAVA_BYTE)).containsExactly(2, 3);
    MemorySegment read = MemorySegment.ofArray(new byte[3]);
    mtd.read(read, 0x1fff);
    assertThat(read.toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2, 3);
    mtd.erase(0x1000, 0x3000);
    assertThat(low.get(ValueLayout.JAVA_BYTE, 0x1fff)).isEqualTo((byte) -1);
    assertThat(high.get(ValueLayout.JAVA_BYTE, 0x1fff)).isEqualTo((byte) -1);
    assertThat(high.get(ValueLayout.JAVA_BYTE, 0x2000)).isZero();
    assertErrno(Errno.EINVAL, () -> mtd.read(read, 0x5ffe));
  }

  @Test
  void mtd20_blocksThatDiffer_areRegions() {
    MtdInfo info = concat(Profile.DOCUMENT).info();
    assertThat(info.size()).isEqualTo(0x6000);
    assertThat(info.eraseSize()).isEqualTo(0x2000);
    assertThat(info.regions())
        .containsExactly(new EraseRegion(0, 0x1000, 2), new EraseRegion(0x2000, 0x2000, 2));
  }

  @Test
  void mtd20_blocksThatAreEqual_areOneRun() {
    Mtd equal =
        MtdConcat.of("whole", List.of(ram(low, 0, 0x1000), ram(high, 0, 0x1000)), Profile.DOCUMENT);
    assertThat(equal.info().regions()).isEmpty();
    assertThat(equal.info().eraseSize()).isEqualTo(0x1000);
  }

  @Test
  void mtd20_rangeInOne_isAddressedInTheDocumentsProfileAlone() throws ErrnoException {
    Mtd mtd = concat(Profile.DOCUMENT);
    assertThat(mtd.point(0x1000, 0x1000).map(PointedRange::address)).hasValue(0x11000L);
    assertThat(mtd.point(0x2000, 0x1000).map(PointedRange::address)).hasValue(0x80000L);
    assertErrno(Errno.EINVAL, () -> mtd.point(0x1000, 0x1001));
    assertThat(concat(Profile.LINUX_6_12).point(0x1000, 0x1000)).isEmpty();
  }

  @Test
  void mtd20_oneThatCanBeWritten_makesTheWholeWriteable() throws ErrnoException {
    Mtd rom = new Mtd(MtdInfo.rom("rom", 0x2000, 0x1000), new RomOperations(low, 0));
    Mtd mtd = MtdConcat.of("whole", List.of(rom, ram(high, 0, 0x1000)), Profile.DOCUMENT);
    assertThat(mtd.has(MtdFlag.WRITEABLE)).isTrue();
    assertErrno(Errno.EROFS, () -> mtd.write(MemorySegment.ofArray(new byte[1]), 0));
    mtd.write(MemorySegment.ofArray(new byte[1]), 0x2000);
  }

  @Test
  void mtd20_locksAreThoseOfEach() throws ErrnoException {
    BlockLocks locks = concat(Profile.DOCUMENT).locks();
    assertErrno(Errno.EOPNOTSUPP, () -> locks.lock(0, 0x1000));
  }

  @Test
  void mtd20_oneAlone_isItself() {
    Mtd one = ram(low, 0, 0x1000);
    assertThat(MtdConcat.of("whole", List.of(one), Profile.DOCUMENT)).isSameAs(one);
  }
}
