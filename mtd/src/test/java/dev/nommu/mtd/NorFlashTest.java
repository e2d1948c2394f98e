package dev.nommu.mtd;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static dev.nommu.mtd.NorMachine.AMD;
import static dev.nommu.mtd.NorMachine.BASE;
import static dev.nommu.mtd.NorMachine.BLOCK;
import static dev.nommu.mtd.NorMachine.INTEL;
import static dev.nommu.mtd.NorMachine.MEMERASE;
import static dev.nommu.mtd.NorMachine.MEMGETINFO;
import static dev.nommu.mtd.NorMachine.MEMGETREGIONCOUNT;
import static dev.nommu.mtd.NorMachine.MEMGETREGIONINFO;
import static dev.nommu.mtd.NorMachine.MEMISLOCKED;
import static dev.nommu.mtd.NorMachine.MEMLOCK;
import static dev.nommu.mtd.NorMachine.MEMUNLOCK;
import static dev.nommu.mtd.NorMachine.P30;
import static dev.nommu.mtd.NorMachine.SIZE;
import static dev.nommu.mtd.NorMachine.flash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PointedRange;
import dev.nommu.fixtures.FakeMachine;
import dev.nommu.fixtures.FakeNode;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NOR flash from the character device down to the chips. */
class NorFlashTest {
  private final NorMachine nor = new NorMachine();

  @BeforeEach
  void bootIntel() throws ErrnoException {
    nor.boot(flash(INTEL));
  }

  @Test
  void mtd09_memgetinfoOfPartitionIsAsRecordedInScenario31() throws ErrnoException {
    nor.boot(flash(INTEL).withChildren(Chips.table(Chips.part("nor-raw", 0x100000, 0x100000))));
    nor.ioctl(MEMGETINFO);

    assertThat(nor.word(0)).as("type").isEqualTo(3);
    assertThat(nor.word(4)).as("flags").isEqualTo(0xc00);
    assertThat(nor.word(8)).as("size").isEqualTo(1048576);
    assertThat(nor.word(12)).as("erasesize").isEqualTo(262144);
    assertThat(nor.word(16)).as("writesize").isEqualTo(1);
  }

  @Test
  void scenario31_unlockEraseAndWrite() throws ErrnoException {
    nor.boot(
        flash(INTEL).withChildren(Chips.table(Chips.part("nor-raw", 0x100000, 0x100000))),
        new byte[SIZE]);

    assertThat(nor.read(0x40000, 16)).isEqualTo("\0".repeat(16));
    assertThat(nor.ioctl(MEMUNLOCK, 0x40000, 0x40000)).isZero();
    assertThat(nor.ioctl(MEMERASE, 0x40000, 0x40000)).isZero();
    assertThat(nor.read(0x40000, 4)).isEqualTo("\377\377\377\377");
    nor.write("flash!!!", 0x40000);
    assertThat(nor.read(0x40000, 8)).isEqualTo("flash!!!");
    assertThat(Texts.read(nor.machine().blockDevices().get("mtdblock0"), 0x40000, 8))
        .isEqualTo("flash!!!");
    assertThat(Texts.read(nor.machine().stores().get("mtd0"), 0x3fffe, 4)).isEqualTo("\0\0fl");
  }

  @Test
  void flash12_norIsOnlyCopied() {
    assertThat(nor.file().backingDeviceInfo()).contains(BackingDeviceInfo.COPY);
  }

  @Test
  void imageEndsWhereTheFlashIsErased() throws ErrnoException {
    nor.boot(flash(INTEL), (byte) 'a', (byte) 'b');

    assertThat(nor.read(0, 4)).isEqualTo("ab\377\377");
  }

  @ParameterizedTest
  @ValueSource(strings = {INTEL, P30, AMD})
  void flash05_anyBytesAreProgrammedAndNoOthers(String compatible) throws ErrnoException {
    nor.boot(flash(compatible));
    String text = "x".repeat(131);
    for (int offset = 1; offset < 2000; offset += 197) {
      nor.write(text, offset);
      assertThat(nor.read(offset - 1, 133)).isEqualTo("\377" + text + "\377");
    }
  }

  @Test
  void flash05_intelKeepsClearBitsWithoutAnError() throws ErrnoException {
    nor.write("\017", 10);
    nor.write("\360", 10);

    assertThat(nor.read(9, 3)).isEqualTo("\377\0\377");
  }

  @Test
  void flash05_amdIsEioIfABitWouldHaveToBeSet() throws ErrnoException {
    nor.boot(flash(AMD));
    nor.write("\017", 10);

    assertErrno(Errno.EIO, () -> nor.write("\360", 10));
    assertThat(nor.read(9, 3)).isEqualTo("\377\0\377");
    nor.write("\0", 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {INTEL, AMD})
  void flash06_eraseOfAnythingButWholeBlocks_isEinval(String compatible) throws ErrnoException {
    nor.boot(flash(compatible));

    assertErrno(Errno.EINVAL, () -> nor.ioctl(MEMERASE, 0, BLOCK / 2));
    assertErrno(Errno.EINVAL, () -> nor.ioctl(MEMERASE, 4096, BLOCK));
    assertThat(nor.ioctl(MEMERASE, BLOCK, 2 * BLOCK)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {INTEL, AMD})
  void flash06_eraseSetsTheBlocksAndNoOthers(String compatible) throws ErrnoException {
    byte[] zeros = new byte[SIZE];
    nor.boot(flash(compatible), zeros);
    nor.ioctl(MEMERASE, BLOCK, 2 * BLOCK);

    assertThat(nor.read(BLOCK - 1, 2)).isEqualTo("\0\377");
    assertThat(nor.read(3 * BLOCK - 1, 2)).isEqualTo("\377\0");
  }

  @Test
  void mtd09_regionsOfUniformChips_areOne() throws ErrnoException {
    nor.ioctl(MEMGETREGIONCOUNT);

    assertThat(nor.word(0)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0x10000, 4", "1, 0x40000, 0x40000, 7"})
  void mtd09_regionsOfBootBlockChips_areTwo(int index, String offset, String size, int blocks)
      throws ErrnoException {
    nor.boot(flash(P30));
    nor.ioctl(MEMGETREGIONINFO, 0, 0, 0, index);

    assertThat(nor.word(0)).isEqualTo(Integer.decode(offset));
    assertThat(nor.word(4)).isEqualTo(Integer.decode(size));
    assertThat(nor.word(8)).isEqualTo(blocks);
    assertThat(nor.word(12)).isEqualTo(index);
  }

  @Test
  void flash06_bootBlocksAreErasedOneByOne() throws ErrnoException {
    nor.boot(flash(P30), new byte[SIZE]);
    nor.ioctl(MEMERASE, 0x10000, 0x10000);
    nor.ioctl(MEMERASE, 0x30000, 0x10000 + BLOCK);

    assertThat(nor.read(0xffff, 2)).isEqualTo("\0\377");
    assertThat(nor.read(0x1ffff, 2)).isEqualTo("\377\0");
    assertThat(nor.read(2 * BLOCK - 1, 2)).isEqualTo("\377\0");
    assertErrno(Errno.EINVAL, () -> nor.ioctl(MEMERASE, BLOCK, 0x10000));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 0x20000",
    "2, 2, 0x20000",
    "2, 1, 0x40000",
    "4, 2, 0x40000",
    "8, 2, 0x80000",
    "8, 1, 0x100000"
  })
  void probeFindsHowManyChipsAreSideBySide(long bank, long chip, String eraseSize)
      throws ErrnoException {
    nor.boot(flash(INTEL).with("bank-width", bank).with("device-width", chip));
    nor.ioctl(MEMGETINFO);

    assertThat(nor.word(8)).isEqualTo(SIZE);
    assertThat(nor.word(12)).isEqualTo(Integer.decode(eraseSize));
    nor.write("wide bus", 3);
    assertThat(nor.read(3, 8)).isEqualTo("wide bus");
  }

  @Test
  void probeOfSomethingThatIsNoFlash_isEnxio() {
    DeviceWindow memory = DeviceWindow.of(MemorySegment.ofArray(new byte[0x1000]));

    assertErrno(Errno.ENXIO, () -> new CfiProbe(memory, 0, 4, nanos -> {}).find("nor"));
  }

  @ParameterizedTest
  @CsvSource({"0x180000, 2", "0x1000, 2", "0x20000000, 2", "0x200000, 3", "0x200000, 0"})
  void flashThatNoChipsMakeUp_isEinval(String size, long chipWidth) {
    FakeNode node =
        Chips.device("flash@0", INTEL, 0, Long.decode(size)).with("device-width", chipWidth);

    assertErrno(Errno.EINVAL, () -> new FakeMachine().boot(new MtdDriver(), node));
  }

  @Test
  void flash08_intelShowsItsStatusAfterAWriteUntilTheNextRead() throws ErrnoException {
    nor.write("abcd", 0);

    assertThat(nor.window().memory()).isEmpty();
    assertThat(nor.window().load(0x1000, 4)).isEqualTo(0x0080_0080L);
    assertThat(nor.read(0, 4)).isEqualTo("abcd");
    assertThat(nor.window().memory()).isPresent();
  }

  @Test
  void flash08_amdShowsItsArrayAfterAWrite() throws ErrnoException {
    nor.boot(flash(AMD));
    nor.write("abcd", 0);

    assertThat(nor.window().memory()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {INTEL, AMD})
  void copiesNeverHoldWhatChipsShowInOtherModes(String compatible) throws ErrnoException {
    nor.boot(flash(compatible));
    nor.window().store(0x55 * 4, 4, 0x0098_0098L);

    assertThat(nor.window().memory()).isEmpty();
    assertThat(nor.read(0x40, 4)).isEqualTo("\377\377\377\377");
  }

  @Test
  void flash02_errorOfOneOfTwoChipsIsAnErrorOfBoth() throws ErrnoException {
    nor.window().store(2, 2, 0x60);
    nor.window().store(2, 2, 0x01);
    nor.machine().pass(Duration.ofSeconds(1));

    assertThat(nor.ioctl(MEMISLOCKED, 0, BLOCK)).isEqualTo(1);
    assertErrno(Errno.EROFS, () -> nor.write("a", 0));
  }

  @Test
  void flash11_pointPutsTheChipsInArrayMode() throws ErrnoException {
    nor.write("abcd", 0x100);

    assertThat(nor.machine().stores().get("mtd0").point(0x100, 4))
        .map(PointedRange::address)
        .contains(BASE + 0x100);
    assertThat(nor.window().memory()).isPresent();
    assertThat(nor.window().load(0x100, 4)).isEqualTo(0x6463_6261L);
  }

  @Test
  void flash11_whatNeedsTheChipsOfAPointedRange_isEbusyUntilTheLastUnpoint() throws ErrnoException {
    PointedRange first = nor.machine().stores().get("mtd0").point(0, 4096).orElseThrow();
    PointedRange second = nor.machine().stores().get("mtd0").point(BLOCK, 1).orElseThrow();
    second.close();
    second.close();

    assertErrno(Errno.EBUSY, () -> nor.write("a", 2 * BLOCK));
    assertErrno(Errno.EBUSY, () -> nor.ioctl(MEMERASE, BLOCK, BLOCK));
    assertErrno(Errno.EBUSY, () -> nor.ioctl(MEMLOCK, BLOCK, BLOCK));
    assertErrno(Errno.EBUSY, () -> nor.ioctl(MEMUNLOCK, BLOCK, BLOCK));
    assertErrno(Errno.EBUSY, () -> nor.ioctl(MEMISLOCKED, BLOCK, BLOCK));
    assertThat(nor.window().memory()).isPresent();
    assertThat(nor.read(0, 1)).isEqualTo("\377");
    nor.file().close();
    first.close();
    nor.write("a", 2 * BLOCK);
  }

  @Test
  void mtd14_amdCannotBePointed() throws ErrnoException {
    nor.boot(flash(AMD));

    assertThat(nor.machine().stores().get("mtd0").point(0, 4096)).isEmpty();
  }

  @Test
  void mtdblk04_blockDeviceRewritesAnEraseBlock() throws ErrnoException {
    byte[] image = new byte[SIZE];
    Arrays.fill(image, (byte) 0x55);
    nor.boot(flash(INTEL), image);

    nor.machine().blockDevices().get("mtdblock0").write(Texts.bytes("hello"), BLOCK + 3);
    nor.machine().blockDevices().get("mtdblock0").flush();

    assertThat(nor.read(BLOCK + 1, 9)).isEqualTo("UUhelloUU");
    assertThat(nor.read(2 * BLOCK - 1, 2)).isEqualTo("UU");
  }
}
