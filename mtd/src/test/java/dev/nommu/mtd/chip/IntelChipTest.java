package dev.nommu.mtd.chip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.mtd.chip.NorArray.Lane;
import dev.nommu.mtd.power.PowerSupply;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Intel command set, cycle by cycle, on one x16 chip of four blocks of 128 KiB. */
class IntelChipTest {
  private static final int SIZE = 0x80000;
  private static final long BLOCK = 0x10000;
  private static final long MICRO = 1000;
  private static final long SECOND = 1_000_000_000;

  private final byte[] image = new byte[SIZE];
  private final ChipTime time = new ChipTime(() -> Instant.EPOCH);
  private IntelChip chip = chip(NorPart.STRATAFLASH_J3);

  @BeforeEach
  void erased() {
    Arrays.fill(image, (byte) 0xff);
  }

  private IntelChip chip(NorPart part) {
    BlockLayout layout = part.layout(SIZE);
    NorArray array =
        new NorArray(MemorySegment.ofArray(image), new Lane(0, 2, 2), layout, PowerSupply.STEADY);
    return new IntelChip(array, part, new CfiTable(part, 2, 19, layout), time);
  }

  private void write(long address, int... words) {
    for (int word : words) {
      chip.write(address, word);
    }
  }

  private void program(long address, int word) {
    write(address, 0x40, word);
    time.delay(64 * MICRO);
  }

  private int array(long address) {
    write(0, 0xff);
    return chip.read(address);
  }

  @Test
  void flash02_statusIsNotReadyWhileProgrammingAndThenReady() {
    write(3, 0x40, 0x1234);

    assertThat(chip.read(0)).isZero();
    assertThat(chip.isReadingArray()).isFalse();
    time.delay(64 * MICRO - 1);
    assertThat(chip.read(77)).isZero();
    time.delay(1);
    assertThat(chip.read(77)).isEqualTo(0x80);
    assertThat(array(3)).isEqualTo(0x1234);
  }

  @Test
  void flash08_statusIsShownUntilTheArrayIsAskedFor() {
    program(0, 0);
    time.delay(SECOND);

    assertThat(chip.isReadingArray()).isFalse();
    assertThat(chip.read(5)).isEqualTo(0x80);
    write(0, 0xff);
    assertThat(chip.isReadingArray()).isTrue();
  }

  @Test
  void flash05_programmingOnlyClearsBitsAndThatIsNoError() {
    program(0, 0xff0f);
    program(0, 0x0fff);

    assertThat(chip.read(0)).isEqualTo(0x80);
    assertThat(array(0)).isEqualTo(0x0f0f);
  }

  @Test
  void flash06_eraseSetsTheBlockAndNoOther() {
    program(BLOCK - 1, 0);
    program(BLOCK, 0);
    program(2 * BLOCK - 1, 0);
    program(2 * BLOCK, 0);
    write(BLOCK + 5, 0x20, 0xd0);
    time.delay(SECOND * 2);

    assertThat(array(BLOCK - 1)).isZero();
    assertThat(array(BLOCK)).isEqualTo(0xffff);
    assertThat(array(2 * BLOCK - 1)).isEqualTo(0xffff);
    assertThat(array(2 * BLOCK)).isZero();
  }

  @Test
  void flash07_eraseThatIsNotConfirmed_isASequenceError() {
    write(0, 0x20, 0xff);

    assertThat(chip.read(0)).isEqualTo(0x80 | 0x30);
    write(0, 0x50, 0x70);
    assertThat(chip.read(0)).isEqualTo(0x80);
  }

  @Test
  void flash02_lockedBlockIsNeitherProgrammedNorErased() {
    write(BLOCK, 0x60, 0x01);
    time.delay(SECOND);
    program(BLOCK + 1, 0);
    assertThat(chip.read(0)).isEqualTo(0x80 | 0x12);
    write(0, 0x50);
    write(BLOCK, 0x20, 0xd0);
    assertThat(chip.read(0)).isEqualTo(0x80 | 0x22);
    assertThat(array(BLOCK + 1)).isEqualTo(0xffff);
  }

  @Test
  void flash03_identifierModeShowsMakerDeviceAndLockOfEachBlock() {
    write(BLOCK, 0x60, 0x01);
    time.delay(SECOND);
    write(0, 0x90);

    assertThat(chip.read(0)).isEqualTo(0x89);
    assertThat(chip.read(1)).isEqualTo(0x18);
    assertThat(chip.read(2)).isZero();
    assertThat(chip.read(BLOCK + 2)).isEqualTo(1);
  }

  @Test
  void flash10_persistentLockBitsAreClearedAllTogether() {
    write(0, 0x60, 0x01);
    time.delay(SECOND);
    write(BLOCK, 0x60, 0x01);
    time.delay(SECOND);
    write(3 * BLOCK, 0x60, 0xd0);
    time.delay(2 * SECOND);
    write(0, 0x90);

    assertThat(chip.read(2)).isZero();
    assertThat(chip.read(BLOCK + 2)).isZero();
  }

  @Test
  void flash10_volatileLockBitsAreSetAtPowerOnAndClearedOneByOne() {
    chip = chip(NorPart.STRATAFLASH_P30);
    write(BLOCK, 0x60, 0xd0);
    write(0, 0x90);

    assertThat(chip.read(2)).isEqualTo(1);
    assertThat(chip.read(BLOCK + 2)).isZero();
    assertThat(chip.read(2 * BLOCK + 2)).isEqualTo(1);
  }

  @Test
  void bootBlocksAreErasedOneByOne() {
    chip = chip(NorPart.STRATAFLASH_P30);
    Arrays.fill(image, (byte) 0);
    write(0x4000, 0x60, 0xd0);
    write(0x4000, 0x20, 0xd0);
    time.delay(2 * SECOND);

    assertThat(array(0x3fff)).isZero();
    assertThat(array(0x4000)).isEqualTo(0xffff);
    assertThat(array(0x7fff)).isEqualTo(0xffff);
    assertThat(array(0x8000)).isZero();
  }

  @Test
  void flash09_suspendedEraseLetsTheArrayBeRead() {
    program(0, 0x4242);
    write(BLOCK, 0x20, 0xd0);
    write(0, 0xb0);

    assertThat(chip.read(0)).isEqualTo(0x80 | 0x40);
    assertThat(array(0)).isEqualTo(0x4242);
    assertThat(chip.isReadingArray()).isTrue();
  }

  @Test
  void flash09_resumedEraseGoesOnForTheTimeThatWasLeft() {
    write(BLOCK, 0x20, 0xd0);
    time.delay(SECOND);
    write(0, 0xb0);
    time.delay(10 * SECOND);
    write(0, 0xd0);

    assertThat(chip.read(0)).isZero();
    time.delay(24_000_000 - 1);
    assertThat(chip.read(0)).isZero();
    time.delay(1);
    assertThat(chip.read(0)).isEqualTo(0x80);
  }

  @Test
  void flash09_anotherBlockIsProgrammedWhileAnEraseIsSuspended() {
    program(BLOCK, 0);
    write(BLOCK, 0x20, 0xd0);
    write(0, 0xb0);
    program(7, 0x1111);
    assertThat(chip.read(0)).isEqualTo(0x80 | 0x40);
    write(0, 0xd0);
    time.delay(2 * SECOND);

    assertThat(array(7)).isEqualTo(0x1111);
    assertThat(array(BLOCK)).isEqualTo(0xffff);
  }

  @Test
  void flash09_theBlockOfASuspendedEraseCannotBeProgrammed() {
    write(BLOCK, 0x20, 0xd0);
    write(0, 0xb0);
    program(BLOCK, 0);

    assertThat(chip.read(0)).isEqualTo(0x80 | 0x40 | 0x10);
  }

  @Test
  void flash09_whileAnEraseIsSuspendedNoOtherCanBegin() {
    write(BLOCK, 0x20, 0xd0);
    write(0, 0xb0);
    write(0, 0x20, 0xd0);

    assertThat(chip.read(0)).isEqualTo(0x80 | 0x40 | 0x30);
  }

  @Test
  void flash02_programmingCanBeSuspendedInASuspendedErase() {
    write(BLOCK, 0x20, 0xd0);
    write(0, 0xb0);
    write(0, 0x40, 0);
    write(0, 0xb0);

    assertThat(chip.read(0)).isEqualTo(0x80 | 0x40 | 0x04);
    write(0, 0xd0);
    time.delay(64 * MICRO);
    assertThat(chip.read(0)).as("only programming was resumed").isEqualTo(0x80 | 0x40);
  }

  @Test
  void commandsToABusyChipAreIgnored() {
    write(0, 0x20, 0xd0);
    write(0, 0xff, 0x90, 0x98, 0x50);

    assertThat(chip.read(0)).isZero();
  }

  @Test
  void flash10_bufferIsProgrammedAtOnce() {
    write(0x10, 0xe8, 1);
    write(0x10, 0x1111);
    write(0x11, 0x2222);
    write(0x10, 0xd0);
    assertThat(chip.read(0)).isZero();
    time.delay(128 * MICRO);

    assertThat(chip.read(0)).isEqualTo(0x80);
    assertThat(array(0x10)).isEqualTo(0x1111);
    assertThat(array(0x11)).isEqualTo(0x2222);
  }

  @Test
  void flash10_bufferTakesNoMoreThanItsSize() {
    write(0, 0xe8, 16);

    assertThat(chip.read(0)).isEqualTo(0x80 | 0x30);
  }

  @Test
  void flash10_bufferOfTwoBlocks_isASequenceError() {
    write(BLOCK - 1, 0xe8, 1);
    write(BLOCK - 1, 0);
    write(BLOCK, 0);
    write(BLOCK - 1, 0xd0);

    assertThat(chip.read(0)).isEqualTo(0x80 | 0x30);
    assertThat(array(BLOCK)).isEqualTo(0xffff);
  }

  @Test
  void wornOutBlockDoesNotErase() {
    chip = chip(NorPart.STRATAFLASH_J3.withEndurance(1));
    write(0, 0x20, 0xd0);
    time.delay(2 * SECOND);
    assertThat(chip.read(0)).isEqualTo(0x80);
    program(0, 0);
    write(0, 0x20, 0xd0);
    time.delay(2 * SECOND);

    assertThat(chip.read(0)).isEqualTo(0x80 | 0x20);
    assertThat(array(0)).isZero();
  }
}
