package dev.nommu.mtd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PointedRange;
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
    return FakeMachine.read(new MtdStore(mtd), offset, length);
  }

  @Test
  void mtdblk01_sizeIsWholeSectors() {
    assertThat(device.size()).isEqualTo(4 * BLOCK);
  }

  @Test
  void mtdblk03_partialWriteKeepsTheRestOfTheBlock() throws ErrnoException {
    device.write(FakeMachine.bytes("abcdef"), 10);
    device.flush();
    device.write(FakeMachine.bytes("XY"), 12);
    device.flush();

    assertThat(raw(9, 8)).isEqualTo("\0abXYef\0");
  }

  @Test
  void mtdblk04_flushErasesThenWritesTheBlock() throws ErrnoException {
    device.write(FakeMachine.bytes("a"), BLOCK + 1);
    device.flush();

    assertThat(flash.log).containsExactly("read 1000+1000", "erase 1000+1000", "write 1000+1000");
  }

  @Test
  void mtdblk04_nothingIsFlushedIfNothingWasWritten() throws ErrnoException {
    FakeMachine.read(device, 0, 10);
    device.flush();
    device.released();

    assertThat(flash.log).containsExactly("read 0+a");
  }

  @Test
  void mtdblk04_failedEraseWritesNothingAndLosesTheData() throws ErrnoException {
    device.write(FakeMachine.bytes("a"), 0);
    flash.eraseFailure = Optional.of(Errno.EIO);
    Fails.with(Errno.EIO, device::flush);
    flash.eraseFailure = Optional.empty();
    device.flush();

    assertThat(flash.log).containsExactly("read 0+1000", "erase 0+1000");
    assertThat(FakeMachine.read(device, 0, 1)).isEqualTo("\0");
  }

  @Test
  void mtdblk05_writeOfAnotherBlockFlushesTheFirst() throws ErrnoException {
    device.write(FakeMachine.bytes("a"), 0);
    device.write(FakeMachine.bytes("b"), BLOCK);

    assertThat(raw(0, 1)).isEqualTo("a");
    assertThat(raw(BLOCK, 1)).isEqualTo("\0");
  }

  @Test
  void mtdblk03_failedFlushOfAnotherBlockStopsTheWrite() throws ErrnoException {
    device.write(FakeMachine.bytes("a"), 0);
    flash.eraseFailure = Optional.of(Errno.EIO);

    Fails.with(Errno.EIO, () -> device.write(FakeMachine.bytes("b"), BLOCK));
    assertThat(FakeMachine.read(device, BLOCK, 1)).isEqualTo("\0");
  }

  @Test
  void mtdblk05_blkflsbufFlushes() throws ErrnoException {
    device.write(FakeMachine.bytes("a"), 0);

    assertThat(device.ioctl(0x1261, 0, new FakeMachine().userMemory())).isZero();
    assertThat(raw(0, 1)).isEqualTo("a");
  }

  @Test
  void otherIoctl_isEnotty() {
    Fails.with(Errno.ENOTTY, () -> device.ioctl(0x1262, 0, new FakeMachine().userMemory()));
  }

  @Test
  void mtdblk05_lastCloseFlushesAndFreesTheCache() throws ErrnoException {
    device.write(FakeMachine.bytes("a"), 0);
    device.released();
    mtd.write(FakeMachine.bytes("b"), 0);

    assertThat(FakeMachine.read(device, 0, 1)).isEqualTo("b");
  }

  @Test
  void mtdblk04_dataStaysDirtyIfTheFlushFailsOtherwiseThanWithEio() throws ErrnoException {
    device.write(FakeMachine.bytes("a"), 0);
    flash.eraseFailure = Optional.of(Errno.EROFS);
    Fails.with(Errno.EIO, device::flush);
    flash.eraseFailure = Optional.empty();
    device.flush();

    assertThat(raw(0, 1)).isEqualTo("a");
  }

  @Test
  void mtdblk05_lastCloseFreesTheCacheEvenIfItCannotBeFlushed() throws ErrnoException {
    device.write(FakeMachine.bytes("a"), 0);
    flash.eraseFailure = Optional.of(Errno.EROFS);
    Fails.with(Errno.EIO, device::released);

    assertThat(FakeMachine.read(device, 0, 1)).isEqualTo("\0");
  }

  @Test
  void mtdblk06_rawDeviceDoesNotSeeTheCacheNorTheCacheTheDevice() throws ErrnoException {
    device.write(FakeMachine.bytes("a"), 0);
    mtd.write(FakeMachine.bytes("z"), 1);

    assertThat(raw(0, 2)).isEqualTo("\0z");
    assertThat(FakeMachine.read(device, 0, 2)).isEqualTo("a\0");
  }

  @Test
  void mtdblk06_readAcrossBlocksTakesEachFromWhereItIs() throws ErrnoException {
    mtd.write(FakeMachine.bytes("zz"), BLOCK - 2);
    device.write(FakeMachine.bytes("ab"), BLOCK);

    assertThat(FakeMachine.read(device, BLOCK - 2, 4)).isEqualTo("zzab");
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

    sectors.write(FakeMachine.bytes("part"), 512);
    sectors.write(FakeMachine.bytes("w".repeat(512)), 512);
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

    new MtdBlockDevice(ram, new MtdStore(ram)).write(FakeMachine.bytes("ab"), 3);

    assertThat(flash.log).containsExactly("write 3+2");
  }

  @Test
  void mtdblk07_readOnlyMtd_isErofs() {
    Mtd rom = new Mtd(MtdInfo.rom("rom", SIZE, BLOCK), flash);
    MtdBlockDevice readOnly = new MtdBlockDevice(rom, new MtdStore(rom));

    assertThat(readOnly.isReadOnly()).isTrue();
    assertThat(device.isReadOnly()).isFalse();
    Fails.with(Errno.EROFS, () -> readOnly.write(FakeMachine.bytes("a"), 0));
  }

  @Test
  void mtdblk05_requestPastTheCapacity_isEio() {
    Fails.with(Errno.EIO, () -> FakeMachine.read(device, 4 * BLOCK - 1, 2));
    Fails.with(Errno.EIO, () -> device.write(FakeMachine.bytes("a"), 4 * BLOCK));
    Fails.with(Errno.EIO, () -> FakeMachine.read(device, -1, 1));
  }

  /** Memory that notes what is done to it. */
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
