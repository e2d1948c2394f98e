package dev.nommu.mtd;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PointedRange;
import dev.nommu.fixtures.FakeMachine;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The block device of an MTD and its cache of one erase block. */
class MtdBlockDeviceTest {
  private static final int BLOCK = 4096;
  private static final int SIZE = 4 * BLOCK + 100;

  private final RecordingFlash flash = new RecordingFlash();
  private final Mtd mtd = nor(BLOCK);
  private final MtdBlockDevice device = new MtdBlockDevice(mtd, new MtdStore(mtd));

  private Mtd nor(long eraseSize) {
    return new Mtd(
        new MtdInfo("nor", MtdType.NORFLASH, MtdInfo.CAP_NORFLASH, SIZE, eraseSize, List.of()),
        flash);
  }

  private String raw(long offset, int length) throws ErrnoException {
    return Texts.read(new MtdStore(mtd), offset, length);
  }

  @Test
  void mtdblk01_sizeIsWholeSectors() {
    assertThat(device.size()).isEqualTo(4 * BLOCK);
  }

  @Test
  void mtdblk03_partialWriteKeepsTheRestOfTheBlock() throws ErrnoException {
    device.write(Texts.bytes("abcdef"), 10);
    device.flush();
    device.write(Texts.bytes("XY"), 12);
    device.flush();

    assertThat(raw(9, 8)).isEqualTo("\0abXYef\0");
  }

  @Test
  void mtdblk04_flushErasesThenWritesTheBlock() throws ErrnoException {
    device.write(Texts.bytes("a"), BLOCK + 1);
    device.flush();

    assertThat(flash.log).containsExactly("read 1000+1000", "erase 1000+1000", "write 1000+1000");
  }

  @Test
  void mtdblk04_nothingIsFlushedIfNothingWasWritten() throws ErrnoException {
    Texts.read(device, 0, 10);
    device.flush();
    device.released();

    assertThat(flash.log).containsExactly("read 0+a");
  }

  @Test
  void mtdblk04_failedEraseWritesNothingAndLosesTheData() throws ErrnoException {
    device.write(Texts.bytes("a"), 0);
    flash.eraseFailure = Optional.of(Errno.EIO);
    assertErrno(Errno.EIO, device::flush);
    flash.eraseFailure = Optional.empty();
    device.flush();

    assertThat(flash.log).containsExactly("read 0+1000", "erase 0+1000");
    assertThat(Texts.read(device, 0, 1)).isEqualTo("\0");
  }

  @Test
  void mtdblk05_writeOfAnotherBlockFlushesTheFirst() throws ErrnoException {
    device.write(Texts.bytes("a"), 0);
    device.write(Texts.bytes("b"), BLOCK);

    assertThat(raw(0, 1)).isEqualTo("a");
    assertThat(raw(BLOCK, 1)).isEqualTo("\0");
  }

  @Test
  void mtdblk03_failedFlushOfAnotherBlockStopsTheWrite() throws ErrnoException {
    device.write(Texts.bytes("a"), 0);
    flash.eraseFailure = Optional.of(Errno.EIO);

    assertErrno(Errno.EIO, () -> device.write(Texts.bytes("b"), BLOCK));
    assertThat(Texts.read(device, BLOCK, 1)).isEqualTo("\0");
  }

  @Test
  void mtdblk05_blkflsbufFlushes() throws ErrnoException {
    device.write(Texts.bytes("a"), 0);

    assertThat(device.ioctl(0x1261, 0, new FakeMachine().userMemory())).isZero();
    assertThat(raw(0, 1)).isEqualTo("a");
  }

  @Test
  void otherIoctl_isEnotty() {
    assertErrno(Errno.ENOTTY, () -> device.ioctl(0x1262, 0, new FakeMachine().userMemory()));
  }

  @Test
  void mtdblk05_lastCloseFlushesAndFreesTheCache() throws ErrnoException {
    device.write(Texts.bytes("a"), 0);
    device.released();
    mtd.write(Texts.bytes("b"), 0);

    assertThat(Texts.read(device, 0, 1)).isEqualTo("b");
  }

  @Test
  void mtdblk04_dataStaysDirtyIfTheFlushFailsOtherwiseThanWithEio() throws ErrnoException {
    device.write(Texts.bytes("a"), 0);
    flash.eraseFailure = Optional.of(Errno.EROFS);
    assertErrno(Errno.EIO, device::flush);
    flash.eraseFailure = Optional.empty();
    device.flush();

    assertThat(raw(0, 1)).isEqualTo("a");
  }

  @Test
  void mtdblk05_lastCloseFreesTheCacheEvenIfItCannotBeFlushed() throws ErrnoException {
    device.write(Texts.bytes("a"), 0);
    flash.eraseFailure = Optional.of(Errno.EROFS);
    assertErrno(Errno.EIO, device::released);

    assertThat(Texts.read(device, 0, 1)).isEqualTo("\0");
  }

  @Test
  void mtdblk06_rawDeviceDoesNotSeeTheCacheNorTheCacheTheDevice() throws ErrnoException {
    device.write(Texts.bytes("a"), 0);
    mtd.write(Texts.bytes("z"), 1);

    assertThat(raw(0, 2)).isEqualTo("\0z");
    assertThat(Texts.read(device, 0, 2)).isEqualTo("a\0");
  }

  @Test
  void mtdblk06_readAcrossBlocksTakesEachFromWhereItIs() throws ErrnoException {
    mtd.write(Texts.bytes("zz"), BLOCK - 2);
    device.write(Texts.bytes("ab"), BLOCK);

    assertThat(Texts.read(device, BLOCK - 2, 4)).isEqualTo("zzab");
  }

  @Test
  void mtdblk02_wholeBlockOfOneSectorBypassesTheCache() throws ErrnoException {
    Mtd small = nor(512);
    MtdBlockDevice sectors = new MtdBlockDevice(small, new MtdStore(small));

    sectors.write(MemorySegment.ofArray(new byte[1024]), 512);

    assertThat(flash.log)
        .containsExactly("erase 200+200", "write 200+200", "erase 400+200", "write 400+200");
  }

  @Test
  void mtdblk02_wholeBlockOfOneSectorTakesThePlaceOfACachedPart() throws ErrnoException {
    Mtd small = nor(512);
    MtdBlockDevice sectors = new MtdBlockDevice(small, new MtdStore(small));

    sectors.write(Texts.bytes("part"), 512);
    sectors.write(Texts.bytes("w".repeat(512)), 512);
    sectors.flush();

    assertThat(raw(512, 512)).isEqualTo("w".repeat(512));
  }

  @Test
  void mtdblk02_wholeLargerBlockGoesThroughTheCache() throws ErrnoException {
    device.write(MemorySegment.ofArray(new byte[BLOCK]), 0);

    assertThat(flash.log).containsExactly("read 0+1000");
  }

  @Test
  void mtdblk01_ramIsWrittenStraightThrough() throws ErrnoException {
    Mtd ram = new Mtd(MtdInfo.ram("ram", SIZE, BLOCK), flash);

    new MtdBlockDevice(ram, new MtdStore(ram)).write(Texts.bytes("ab"), 3);

    assertThat(flash.log).containsExactly("write 3+2");
  }

  @Test
  void mtdblk07_readOnlyMtd_isErofs() {
    Mtd rom = new Mtd(MtdInfo.rom("rom", SIZE, BLOCK), flash);
    MtdBlockDevice readOnly = new MtdBlockDevice(rom, new MtdStore(rom));

    assertThat(readOnly.isReadOnly()).isTrue();
    assertThat(device.isReadOnly()).isFalse();
    assertErrno(Errno.EROFS, () -> readOnly.write(Texts.bytes("a"), 0));
  }

  @Test
  void mtdblk05_requestPastTheCapacity_isEio() {
    assertErrno(Errno.EIO, () -> Texts.read(device, 4 * BLOCK - 1, 2));
    assertErrno(Errno.EIO, () -> device.write(Texts.bytes("a"), 4 * BLOCK));
    assertErrno(Errno.EIO, () -> Texts.read(device, -1, 1));
  }

  /** Memory that records the operations on it. */
  private static final class RecordingFlash implements MtdOperations {
    private final MemorySegment memory = MemorySegment.ofArray(new byte[SIZE]);
    private final List<String> log = new ArrayList<>();
    private Optional<Errno> eraseFailure = Optional.empty();

    @Override
    public void read(MemorySegment into, long offset) {
      note("read", offset, into.byteSize());
      into.copyFrom(memory.asSlice(offset, into.byteSize()));
    }

    @Override
    public void write(MemorySegment from, long offset) {
      note("write", offset, from.byteSize());
      memory.asSlice(offset, from.byteSize()).copyFrom(from);
    }

    @Override
    public void erase(long offset, long length) throws ErrnoException {
      note("erase", offset, length);
      if (eraseFailure.isPresent()) {
        throw new ErrnoException(eraseFailure.get(), "locked or worn out");
      }
      memory.asSlice(offset, length).fill((byte) 0xff);
    }

    @Override
    public Optional<PointedRange> point(long offset, long length) {
      return Optional.empty();
    }

    private void note(String what, long offset, long length) {
      log.add("%s %x+%x".formatted(what, offset, length));
    }
  }
}
