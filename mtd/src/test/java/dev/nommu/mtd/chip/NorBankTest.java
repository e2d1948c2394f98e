package dev.nommu.mtd.chip;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Chips side by side on a bus: the effects of loads and stores of any width. */
class NorBankTest {
  private static final int SIZE = 0x80000;
  private static final long PAIR_QUERY = 0x0098_0098L;
  private static final long PAIR_ARRAY = 0x00ff_00ffL;

  private final byte[] image = new byte[SIZE];
  private final ChipTime time = new ChipTime(() -> Instant.EPOCH);
  private final NorBank pair =
      new NorBank(NorPart.STRATAFLASH_J3, MemorySegment.ofArray(image), 4, 2, time);

  @Test
  void flash01_arrayIsReadableMemoryWhenThePowerComesOn() {
    image[5] = 'x';

    assertThat(pair.memory()).isPresent();
    assertThat(pair.memory().orElseThrow().get(ValueLayout.JAVA_BYTE, 5)).isEqualTo((byte) 'x');
    assertThat(pair.memory().orElseThrow().isReadOnly()).isTrue();
    assertThat(pair.load(4, 2)).isEqualTo('x' << 8);
  }

  @Test
  void flash03_eachOfTwoChipsAnswersTheQuery() {
    pair.store(0x55 * 4, 4, PAIR_QUERY);

    assertThat(pair.memory()).isEmpty();
    assertThat(pair.load(0x10 * 4, 4)).isEqualTo(0x0051_0051L);
    assertThat(pair.load(0x11 * 4, 4)).isEqualTo(0x0052_0052L);
    assertThat(pair.load(0x12 * 4, 4)).isEqualTo(0x0059_0059L);
    assertThat(pair.load(0x13 * 4, 4)).as("command set").isEqualTo(0x0001_0001L);
    assertThat(pair.load(0x27 * 4, 4)).as("size of a chip, 2^18").isEqualTo(0x0012_0012L);
    assertThat(pair.load(0x2d * 4, 4)).as("blocks less one").isEqualTo(0x0001_0001L);
    assertThat(pair.load(0x30 * 4, 4)).as("block size in units of 64 KiB").isEqualTo(0x0002_0002L);
  }

  @Test
  void commandToOneLaneReachesOneChip() {
    pair.store(0x55 * 4 + 2, 2, 0x98);

    assertThat(pair.memory()).isEmpty();
    assertThat(pair.load(0x10 * 4, 4)).isEqualTo(0x0051_0000L);
    assertThat(pair.load(0x10 * 4 + 2, 1)).isEqualTo(0x51);
    assertThat(pair.load(0x10 * 4, 2)).isZero();
  }

  @Test
  void chipOfAnotherLaneDoesNotSeeACommand() {
    pair.store(0x55 * 4, 2, 0x98);
    pair.store(2, 2, 0xff);

    assertThat(pair.load(0x10 * 4, 2)).isEqualTo(0x51);
  }

  @Test
  void linesThatAreNotDrivenArePulledUp() {
    Arrays.fill(image, (byte) 0xff);
    pair.store(0, 2, 0x40);
    pair.store(0, 1, 0x12);
    time.delay(1_000_000);
    pair.store(0, 4, PAIR_ARRAY);

    assertThat(pair.load(0, 4)).isEqualTo(0xffff_ff12L);
  }

  @Test
  void loadAcrossWordsTakesEachByteFromItsPlace() {
    for (int index = 0; index < 16; index++) {
      image[index] = (byte) (0x10 + index);
    }

    assertThat(pair.load(3, 8)).isEqualTo(0x1a19_1817_1615_1413L);
    assertThat(pair.load(0, 8)).isEqualTo(0x1716_1514_1312_1110L);
    assertThat(pair.load(7, 1)).isEqualTo(0x17);
  }

  @Test
  void flash05_bothChipsProgramTheirPartOfAWord() {
    Arrays.fill(image, (byte) 0xff);
    pair.store(8, 4, 0x0040_0040L);
    pair.store(8, 4, 0x1234_5678L);

    assertThat(pair.load(8, 4) & 0x0080_0080L).as("ready").isZero();
    time.delay(1_000_000);
    assertThat(pair.load(8, 4)).isEqualTo(0x0080_0080L);
    pair.store(0, 4, PAIR_ARRAY);
    assertThat(pair.load(8, 4)).isEqualTo(0x1234_5678L);
    assertThat(pair.memory()).isPresent();
  }

  @Test
  void flash06_blockOfTwoChipsIsTwiceAsLarge() {
    pair.store(0x40000, 4, 0x0020_0020L);
    pair.store(0x40000, 4, 0x00d0_00d0L);
    time.delay(2_000_000_000L);
    pair.store(0, 4, PAIR_ARRAY);

    assertThat(image[0x3ffff]).isZero();
    assertThat(image[0x40000]).isEqualTo((byte) 0xff);
    assertThat(image[0x7ffff]).isEqualTo((byte) 0xff);
  }

  @Test
  void eightByteChipsFillAWideBus() {
    NorBank wide = new NorBank(NorPart.STRATAFLASH_J3, MemorySegment.ofArray(image), 8, 1, time);

    wide.store(0x55 * 8, 8, 0x9898_9898_9898_9898L);

    assertThat(wide.load(0x10 * 8, 8)).isEqualTo(0x5151_5151_5151_5151L);
  }

  @Test
  void pollingABusyChipTakesTimeEvenIfTheClockStandsStill() {
    pair.store(0, 4, 0x0040_0040L);
    pair.store(0, 4, 0);

    int polls = 0;
    while (pair.load(0, 4) != 0x0080_0080L) {
      polls++;
    }
    assertThat(polls).isBetween(100, 1000);
  }
}
