package dev.nommu.mtd;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AccessMode;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Placement;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NOR flash from the character device down to the chips. */
class NorFlashTest {
  private static final int MEMGETINFO = 0x80204d01;
  private static final int MEMERASE = 0x40084d02;
  private static final int MEMLOCK = 0x40084d05;
  private static final int MEMUNLOCK = 0x40084d06;
  private static final int MEMGETREGIONCOUNT = 0x80044d07;
  private static final int MEMGETREGIONINFO = 0xc0104d08;
  private static final int MEMISLOCKED = 0x80084d17;
  private static final long BASE = 0x2000_0000L;
  private static final int SIZE = 0x200000;
  private static final int BLOCK = 0x40000;
  private static final String INTEL = "cfi-flash";
  private static final String P30 = "intel,28f256p30 cfi-flash";
  private static final String AMD = "amd,s29gl256n cfi-flash";

  private FakeMachine machine;
  private MtdFile file;

  private static FakeNode flash(String compatible) {
    return FakeNode.device("flash@20000000", compatible, BASE, SIZE).with("linux,mtd-name", "nor");
  }

  private void boot(FakeNode node, byte... image) throws ErrnoException {
    machine = new FakeMachine();
    if (image.length > 0) {
      machine.attach("/flash@20000000", image);
    }
    machine.boot(node);
    file = machine.open("mtd0", AccessMode.READ_WRITE);
  }

  @BeforeEach
  void bootIntel() throws ErrnoException {
    boot(flash(INTEL));
  }

  private long ioctl(int command, int... words) throws ErrnoException {
    for (int index = 0; index < words.length; index++) {
      machine.user.set(JAVA_INT, 4L * index, words[index]);
    }
    return file.ioctl(command, FakeMachine.USER, machine.userMemory());
  }

  private int word(long offset) {
    return machine.user.get(JAVA_INT, offset);
  }

  private DeviceWindow window() {
    return machine.windows.values().iterator().next();
  }

  private void write(String text, long offset) throws ErrnoException {
    assertThat(file.write(FakeMachine.bytes(text), offset)).isEqualTo(text.length());
  }

  private String read(long offset, int length) throws ErrnoException {
    return FakeMachine.read(file, offset, length);
  }

  @Test
  void mtd09_memgetinfoOfPartitionIsAsRecordedInScenario31() throws ErrnoException {
    boot(flash(INTEL).withPartitions(FakeNode.part("nor-raw", 0x100000, 0x100000)));
    ioctl(MEMGETINFO);

    assertThat(word(0)).as("type").isEqualTo(3);
    assertThat(word(4)).as("flags").isEqualTo(0xc00);
    assertThat(word(8)).as("size").isEqualTo(1048576);
    assertThat(word(12)).as("erasesize").isEqualTo(262144);
    assertThat(word(16)).as("writesize").isEqualTo(1);
  }

  @Test
  void scenario31_unlockEraseAndWrite() throws ErrnoException {
    boot(flash(INTEL).withPartitions(FakeNode.part("nor-raw", 0x100000, 0x100000)), new byte[SIZE]);

    assertThat(read(0x40000, 16)).isEqualTo("\0".repeat(16));
    assertThat(ioctl(MEMUNLOCK, 0x40000, 0x40000)).isZero();
    assertThat(ioctl(MEMERASE, 0x40000, 0x40000)).isZero();
    assertThat(read(0x40000, 4)).isEqualTo("\377\377\377\377");
    write("flash!!!", 0x40000);
    assertThat(read(0x40000, 8)).isEqualTo("flash!!!");
    assertThat(FakeMachine.read(machine.blockDevices.get("mtdblock0"), 0x40000, 8))
        .isEqualTo("flash!!!");
    assertThat(FakeMachine.read(machine.stores.get("mtd0"), 0x3fffe, 4)).isEqualTo("\0\0fl");
  }

  @Test
  void flash12_norIsOnlyCopied() {
    assertThat(file.backingDeviceInfo()).contains(BackingDeviceInfo.COPY);
  }

  @Test
  void imageEndsWhereTheFlashIsErased() throws ErrnoException {
    boot(flash(INTEL), (byte) 'a', (byte) 'b');

    assertThat(read(0, 4)).isEqualTo("ab\377\377");
  }

  @ParameterizedTest
  @ValueSource(strings = {INTEL, P30, AMD})
  void flash05_anyBytesAreProgrammedAndNoOthers(String compatible) throws ErrnoException {
    boot(flash(compatible));
    String text = "x".repeat(131);
    for (int offset = 1; offset < 2000; offset += 197) {
      write(text, offset);
      assertThat(read(offset - 1, 133)).isEqualTo("\377" + text + "\377");
    }
  }

  @Test
  void flash05_intelKeepsClearBitsWithoutAnError() throws ErrnoException {
    write("\017", 10);
    write("\360", 10);

    assertThat(read(9, 3)).isEqualTo("\377\0\377");
  }

  @Test
  void flash05_amdIsEioIfABitWouldHaveToBeSet() throws ErrnoException {
    boot(flash(AMD));
    write("\017", 10);

    Fails.with(Errno.EIO, () -> write("\360", 10));
    assertThat(read(9, 3)).isEqualTo("\377\0\377");
    write("\0", 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {INTEL, AMD})
  void flash06_eraseOfAnythingButWholeBlocks_isEinval(String compatible) throws ErrnoException {
    boot(flash(compatible));

    Fails.with(Errno.EINVAL, () -> ioctl(MEMERASE, 0, BLOCK / 2));
    Fails.with(Errno.EINVAL, () -> ioctl(MEMERASE, 4096, BLOCK));
    assertThat(ioctl(MEMERASE, BLOCK, 2 * BLOCK)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {INTEL, AMD})
  void flash06_eraseSetsTheBlocksAndNoOthers(String compatible) throws ErrnoException {
    byte[] zeros = new byte[SIZE];
    boot(flash(compatible), zeros);
    ioctl(MEMERASE, BLOCK, 2 * BLOCK);

    assertThat(read(BLOCK - 1, 2)).isEqualTo("\0\377");
    assertThat(read(3 * BLOCK - 1, 2)).isEqualTo("\377\0");
  }

  @Test
  void flash07_lockedBlock_isErofs() throws ErrnoException {
    ioctl(MEMLOCK, BLOCK, BLOCK);

    assertThat(ioctl(MEMISLOCKED, BLOCK, BLOCK)).isEqualTo(1);
    assertThat(ioctl(MEMISLOCKED, 0, BLOCK)).isZero();
    Fails.with(Errno.EROFS, () -> write("a", BLOCK));
    Fails.with(Errno.EROFS, () -> ioctl(MEMERASE, BLOCK, BLOCK));
    write("a", 0);
    ioctl(MEMUNLOCK, BLOCK, BLOCK);
    write("a", BLOCK);
  }

  @Test
  void mtd09_locksOfAPartitionAreThoseOfItsBlocks() throws ErrnoException {
    boot(
        flash(INTEL)
            .withPartitions(FakeNode.part("a", 0, BLOCK), FakeNode.part("b", BLOCK, SIZE - BLOCK)));
    MtdFile first = file;
    file = machine.open("mtd1", AccessMode.READ_WRITE);
    ioctl(MEMLOCK, BLOCK, BLOCK);

    assertThat(ioctl(MEMISLOCKED, BLOCK, BLOCK)).isEqualTo(1);
    assertThat(ioctl(MEMISLOCKED, 0, BLOCK)).isZero();
    Fails.with(Errno.EROFS, () -> write("a", BLOCK));
    write("a", 0);
    assertThat(first.write(FakeMachine.bytes("a"), 0)).isEqualTo(1);
  }

  @Test
  void mtd09_lockOfARangePastTheEndOrNotOfBlocks_isEinval() {
    Fails.with(Errno.EINVAL, () -> ioctl(MEMLOCK, SIZE, BLOCK));
    Fails.with(Errno.EINVAL, () -> ioctl(MEMLOCK, 1, BLOCK));
    Fails.with(Errno.EINVAL, () -> ioctl(MEMISLOCKED, 1, BLOCK));
  }

  @Test
  void mtd09_amdLocks_areEopnotsupp() throws ErrnoException {
    boot(flash(AMD));

    Fails.with(Errno.EOPNOTSUPP, () -> ioctl(MEMUNLOCK, 0, BLOCK));
  }

  @Test
  void mtd01_chipsThatPowerUpLockedSayItAndAreUnlockedAtBoot() throws ErrnoException {
    boot(flash(P30));
    ioctl(MEMGETINFO);

    assertThat(word(4)).isEqualTo(0x2c00);
    assertThat(ioctl(MEMISLOCKED, 0, SIZE)).isZero();
    write("a", BLOCK);
  }

  @Test
  void mtd16_readOnlyPartitionOfChipsThatPowerUpLockedStaysLocked() throws ErrnoException {
    machine =
        new FakeMachine()
            .boot(
                flash(P30)
                    .withPartitions(
                        FakeNode.part("boot", 0, BLOCK).with("read-only", true),
                        FakeNode.part("rest", BLOCK, SIZE - BLOCK)));
    file = machine.open("mtd0", AccessMode.READ);

    assertThat(ioctl(MEMISLOCKED, 0, BLOCK)).isEqualTo(1);
  }

  @Test
  void mtd09_regionsOfUniformChips_areOne() throws ErrnoException {
    ioctl(MEMGETREGIONCOUNT);

    assertThat(word(0)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0x10000, 4", "1, 0x40000, 0x40000, 7"})
  void mtd09_regionsOfBootBlockChips_areTwo(int index, String offset, String size, int blocks)
      throws ErrnoException {
    boot(flash(P30));
    ioctl(MEMGETREGIONINFO, 0, 0, 0, index);

    assertThat(word(0)).isEqualTo(Integer.decode(offset));
    assertThat(word(4)).isEqualTo(Integer.decode(size));
    assertThat(word(8)).isEqualTo(blocks);
    assertThat(word(12)).isEqualTo(index);
  }

  @Test
  void flash06_bootBlocksAreErasedOneByOne() throws ErrnoException {
    boot(flash(P30), new byte[SIZE]);
    ioctl(MEMERASE, 0x10000, 0x10000);
    ioctl(MEMERASE, 0x30000, 0x10000 + BLOCK);

    assertThat(read(0xffff, 2)).isEqualTo("\0\377");
    assertThat(read(0x1ffff, 2)).isEqualTo("\377\0");
    assertThat(read(2 * BLOCK - 1, 2)).isEqualTo("\377\0");
    Fails.with(Errno.EINVAL, () -> ioctl(MEMERASE, BLOCK, 0x10000));
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
    boot(flash(INTEL).with("bank-width", bank).with("device-width", chip));
    ioctl(MEMGETINFO);

    assertThat(word(8)).isEqualTo(SIZE);
    assertThat(word(12)).isEqualTo(Integer.decode(eraseSize));
    write("wide bus", 3);
    assertThat(read(3, 8)).isEqualTo("wide bus");
  }

  @Test
  void probeOfSomethingThatIsNoFlash_isEnxio() {
    DeviceWindow memory = DeviceWindow.of(MemorySegment.ofArray(new byte[0x1000]));

    Fails.with(Errno.ENXIO, () -> new CfiProbe(memory, 0, 4, nanos -> {}).find("nor"));
  }

  @ParameterizedTest
  @CsvSource({"0x180000, 2", "0x1000, 2", "0x20000000, 2", "0x200000, 3", "0x200000, 0"})
  void flashThatNoChipsMakeUp_isEinval(String size, long chipWidth) {
    FakeNode node =
        FakeNode.device("flash@0", INTEL, 0, Long.decode(size)).with("device-width", chipWidth);

    Fails.with(Errno.EINVAL, () -> new FakeMachine().boot(node));
  }

  @Test
  void flash08_intelShowsItsStatusAfterAWriteUntilTheNextRead() throws ErrnoException {
    write("abcd", 0);

    assertThat(window().memory()).isEmpty();
    assertThat(window().load(0x1000, 4)).isEqualTo(0x0080_0080L);
    assertThat(read(0, 4)).isEqualTo("abcd");
    assertThat(window().memory()).isPresent();
  }

  @Test
  void flash08_amdShowsItsArrayAfterAWrite() throws ErrnoException {
    boot(flash(AMD));
    write("abcd", 0);

    assertThat(window().memory()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {INTEL, AMD})
  void copiesNeverHoldWhatChipsShowInOtherModes(String compatible) throws ErrnoException {
    boot(flash(compatible));
    window().store(0x55 * 4, 4, 0x0098_0098L);

    assertThat(window().memory()).isEmpty();
    assertThat(read(0x40, 4)).isEqualTo("\377\377\377\377");
  }

  @Test
  void flash02_errorOfOneOfTwoChipsIsAnErrorOfBoth() throws ErrnoException {
    window().store(2, 2, 0x60);
    window().store(2, 2, 0x01);
    machine.passMicros(1_000_000);

    assertThat(ioctl(MEMISLOCKED, 0, BLOCK)).isEqualTo(1);
    Fails.with(Errno.EROFS, () -> write("a", 0));
  }

  @Test
  void flash11_pointPutsTheChipsInArrayMode() throws ErrnoException {
    write("abcd", 0x100);

    assertThat(machine.stores.get("mtd0").point(0x100, 4)).isEqualTo(Placement.at(BASE + 0x100));
    assertThat(window().memory()).isPresent();
    assertThat(window().load(0x100, 4)).isEqualTo(0x6463_6261L);
  }

  @Test
  void flash11_whatNeedsTheChipsOfAPointedRange_isEbusyUntilTheLastUnpoint() throws ErrnoException {
    machine.stores.get("mtd0").point(0, 4096);
    machine.stores.get("mtd0").point(BLOCK, 1);
    machine.stores.get("mtd0").unpoint(BLOCK, 1);

    Fails.with(Errno.EBUSY, () -> write("a", 2 * BLOCK));
    Fails.with(Errno.EBUSY, () -> ioctl(MEMERASE, BLOCK, BLOCK));
    Fails.with(Errno.EBUSY, () -> ioctl(MEMLOCK, BLOCK, BLOCK));
    Fails.with(Errno.EBUSY, () -> ioctl(MEMUNLOCK, BLOCK, BLOCK));
    Fails.with(Errno.EBUSY, () -> ioctl(MEMISLOCKED, BLOCK, BLOCK));
    assertThat(window().memory()).isPresent();
    assertThat(read(0, 1)).isEqualTo("\377");
    file.close();
    machine.stores.get("mtd0").unpoint(0, 4096);
    write("a", 2 * BLOCK);
  }

  @Test
  void mtd14_amdCannotBePointed() throws ErrnoException {
    boot(flash(AMD));

    assertThat(machine.stores.get("mtd0").point(0, 4096)).isEqualTo(Placement.DECLINED);
  }

  @Test
  void mtdblk04_blockDeviceRewritesAnEraseBlock() throws ErrnoException {
    byte[] image = new byte[SIZE];
    Arrays.fill(image, (byte) 0x55);
    boot(flash(INTEL), image);

    machine.blockDevices.get("mtdblock0").write(FakeMachine.bytes("hello"), BLOCK + 3);
    machine.blockDevices.get("mtdblock0").flush();

    assertThat(read(BLOCK + 1, 9)).isEqualTo("UUhelloUU");
    assertThat(read(2 * BLOCK - 1, 2)).isEqualTo("UU");
  }

  @Test
  void mtdblk07_lockedBlock_isEioOfTheBlockDevice() throws ErrnoException {
    ioctl(MEMLOCK, 0, BLOCK);
    machine.blockDevices.get("mtdblock0").write(FakeMachine.bytes("a"), 0);

    Fails.with(Errno.EIO, () -> machine.blockDevices.get("mtdblock0").flush());
  }
}
