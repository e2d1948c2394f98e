package dev.nommu.mtd.chip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.mtd.chip.NorArray.Lane;
import dev.nommu.mtd.power.PowerSupply;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The AMD command set, cycle by cycle, on one x16 chip of four blocks of 128 KiB. */
class AmdChipTest {
  private static final int SIZE = 0x80000;
  private static final long BLOCK = 0x10000;
  private static final long MICRO = 1000;
  private static final long SECOND = 1_000_000_000;
  private static final int TOGGLE = 0x40;

  private final byte[] image = new byte[SIZE];
  private final ChipTime time = new ChipTime(() -> Instant.EPOCH);
  private AmdChip chip = chip(NorPart.S29GL_N);

  @BeforeEach
  void erased() {
    Arrays.fill(image, (byte) 0xff);
  }

  private AmdChip chip(NorPart part) {
    BlockLayout layout = part.layout(SIZE);
    NorArray array =
        new NorArray(MemorySegment.ofArray(image), new Lane(0, 2, 2), layout, PowerSupply.STEADY);
    return new AmdChip(array, part, new CfiTable(part, 2, 19, layout), time);
  }

  private void unlocked(int code) {
    chip.write(0x555, 0xaa);
    chip.write(0x2aa, 0x55);
    chip.write(0x555, code);
  }

  private void startProgram(long address, int word) {
    unlocked(0xa0);
    chip.write(address, word);
  }

  private void program(long address, int word) {
    startProgram(address, word);
    time.delay(128 * MICRO);
  }

  private void startErase(long address) {
    unlocked(0x80);
    chip.write(0x555, 0xaa);
    chip.write(0x2aa, 0x55);
    chip.write(address, 0x30);
  }

  /** The bits in which two reads differ. */
  private int toggling(long address) {
    int first = chip.read(address);
    return first ^ chip.read(address);
  }

  @Test
  void flash04_twoReadsOfABusyChipDiffer() {
    startProgram(3, 0x1234);

    assertThat(chip.isReadingArray()).isFalse();
    assertThat(toggling(3) & TOGGLE).isEqualTo(TOGGLE);
    time.delay(128 * MICRO);
    assertThat(chip.read(3)).isEqualTo(0x1234).isEqualTo(chip.read(3));
    assertThat(chip.isReadingArray()).as("by itself").isTrue();
  }

  @Test
  void flash04_bit7IsTheComplementOfTheDatumUntilItIsProgrammed() {
    startProgram(3, 0xff7f);

    assertThat(chip.read(3) & 0x80).isEqualTo(0x80);
    time.delay(128 * MICRO);
    assertThat(chip.read(3)).isEqualTo(0xff7f);
  }

  @Test
  void flash10_withoutUnlockCyclesNothingHappens() {
    chip.write(0x555, 0xa0);
    chip.write(3, 0);
    chip.write(0x555, 0xaa);
    chip.write(0x2ab, 0x55);
    chip.write(0x555, 0xa0);
    chip.write(3, 0);

    assertThat(chip.isReadingArray()).isTrue();
    assertThat(chip.read(3)).isEqualTo(0xffff);
  }

  @Test
  void flash05_programmingOneOverZeroExceedsItsTimeUntilAReset() {
    program(3, 0x00ff);
    program(3, 0xff00);

    assertThat(chip.read(3) & 0x20).isEqualTo(0x20);
    assertThat(toggling(3) & TOGGLE).isEqualTo(TOGGLE);
    chip.write(0, 0xf0);
    assertThat(chip.read(3)).isZero();
  }

  @Test
  void flash06_eraseSetsTheBlockAndNoOther() {
    Arrays.fill(image, (byte) 0);
    startErase(BLOCK);

    assertThat(toggling(BLOCK) & (TOGGLE | 0x04)).isEqualTo(TOGGLE | 0x04);
    assertThat(toggling(0) & (TOGGLE | 0x04)).isEqualTo(TOGGLE);
    time.delay(2 * SECOND);
    assertThat(chip.read(BLOCK - 1)).isZero();
    assertThat(chip.read(BLOCK)).isEqualTo(0xffff);
    assertThat(chip.read(2 * BLOCK)).isZero();
  }

  @Test
  void moreBlocksAreErasedWithTheFirstUntilTheErasureBegins() {
    Arrays.fill(image, (byte) 0);
    startErase(0);
    assertThat(chip.read(0) & 0x08).isZero();
    chip.write(BLOCK, 0x30);
    time.delay(50 * MICRO);
    assertThat(chip.read(0) & 0x08).isEqualTo(0x08);
    chip.write(2 * BLOCK, 0x30);
    time.delay(3 * SECOND);

    assertThat(chip.read(0)).isEqualTo(0xffff);
    assertThat(chip.read(BLOCK)).isEqualTo(0xffff);
    assertThat(chip.read(2 * BLOCK)).isZero();
  }

  @Test
  void flash10_chipEraseSetsAll() {
    Arrays.fill(image, (byte) 0);
    unlocked(0x80);
    unlocked(0x10);
    time.delay(5 * SECOND);

    assertThat(chip.read(0)).isEqualTo(0xffff);
    assertThat(chip.read(4 * BLOCK - 1)).isEqualTo(0xffff);
  }

  @Test
  void flash09_suspendedEraseShowsOtherBlocks() {
    program(0, 0x4242);
    startErase(BLOCK);
    chip.write(0, 0xb0);

    assertThat(chip.read(0)).isEqualTo(0x4242);
    assertThat(toggling(BLOCK)).as("of the block").isEqualTo(0x04);
    assertThat(chip.isReadingArray()).isFalse();
    chip.write(0, 0x30);
    assertThat(toggling(0) & TOGGLE).isEqualTo(TOGGLE);
    time.delay(2 * SECOND);
    assertThat(chip.read(0)).isEqualTo(0x4242);
  }

  @Test
  void flash09_theBlockOfASuspendedEraseCannotBeProgrammed() {
    startErase(BLOCK);
    chip.write(0, 0xb0);
    startProgram(BLOCK, 0);

    assertThat(chip.read(0)).as("not busy").isEqualTo(0xffff);
  }

  @Test
  void flash09_nothingIsErasedWhileAnEraseIsSuspended() {
    program(0, 0x4242);
    startErase(BLOCK);
    chip.write(0, 0xb0);
    startErase(0);

    assertThat(chip.read(0)).as("not busy").isEqualTo(0x4242);
    unlocked(0x80);
    unlocked(0x10);
    assertThat(chip.read(0)).as("not busy").isEqualTo(0x4242);
  }

  @Test
  void flash10_bufferIsProgrammedAtOnce() {
    chip.write(0x555, 0xaa);
    chip.write(0x2aa, 0x55);
    chip.write(0x10, 0x25);
    chip.write(0x10, 1);
    chip.write(0x10, 0x1111);
    chip.write(0x11, 0x2222);
    chip.write(0x10, 0x29);
    time.delay(128 * MICRO);

    assertThat(chip.read(0x10)).isEqualTo(0x1111);
    assertThat(chip.read(0x11)).isEqualTo(0x2222);
  }

  @Test
  void flash04_abortedBufferIsShownUntilAnUnlockedReset() {
    Arrays.fill(image, (byte) 0);
    chip.write(0x555, 0xaa);
    chip.write(0x2aa, 0x55);
    chip.write(0, 0x25);
    chip.write(0, 0);
    chip.write(BLOCK, 0);

    assertThat(chip.read(0) & 0x02).isEqualTo(0x02);
    chip.write(0, 0xf0);
    assertThat(chip.read(0) & 0x02).isEqualTo(0x02);
    unlocked(0xf0);
    assertThat(chip.read(0)).isZero();
  }

  @Test
  void flash03_autoselectShowsMakerAndDevice() {
    unlocked(0x90);

    assertThat(chip.read(0)).isEqualTo(0x01);
    assertThat(chip.read(1)).isEqualTo(0x227e);
    chip.write(0, 0xf0);
    assertThat(chip.isReadingArray()).isTrue();
  }

  @Test
  void flash03_queryShowsTheCommandSet() {
    chip.write(0x55, 0x98);

    assertThat(chip.read(0x10)).isEqualTo('Q');
    assertThat(chip.read(0x13)).isEqualTo(2);
    assertThat(chip.read(0x40)).isEqualTo('P');
  }

  @Test
  void flash03_queryAtAnotherAddressIsNoCommand() {
    chip.write(0x54, 0x98);

    assertThat(chip.isReadingArray()).isTrue();
  }

  @Test
  void wornOutBlockDoesNotErase() {
    chip = chip(NorPart.S29GL_N.withEndurance(0));
    program(0, 0);
    startErase(0);
    time.delay(2 * SECOND);

    assertThat(chip.read(0) & 0x20).isEqualTo(0x20);
  }
}
