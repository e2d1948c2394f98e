package dev.nommu.mtd.chip;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Without an MMU any program can store any value anywhere. */
class HostileStoresTest {
  private static final int SIZE = 0x40000;
  private static final int STEPS = 20_000;
  private static final int[] CODES = {
    0xff, 0xf0, 0xaa, 0x55, 0x40, 0xe8, 0x20, 0xd0, 0x60, 0x01, 0xb0, 0x70, 0x50, 0x90, 0x98, 0x25,
    0x29, 0x80, 0x30, 0x10, 0xa0, 0x00
  };
  private static final long[] ADDRESSES = {0, 0x555, 0x2aa, 0x55, 1, 2, 0x8000, 0x10000};

  static Stream<Arguments> banks() {
    return Stream.of(NorPart.STRATAFLASH_J3, NorPart.STRATAFLASH_P30, NorPart.S29GL_N)
        .flatMap(part ->
            Stream.of(
                Arguments.of(part, 1, 1), Arguments.of(part, 4, 2), Arguments.of(part, 8, 1)));
  }

  @ParameterizedTest
  @MethodSource("banks")
  void anySequenceOfLoadsAndStoresIsAnswered(NorPart part, int bankWidth, int chipWidth) {
    Random random = new Random(31);
    ChipTime time = new ChipTime(() -> Instant.EPOCH);
    MemorySegment cells = MemorySegment.ofArray(new byte[SIZE]);
    NorBank bank = new NorBank(part, cells, bankWidth, chipWidth, time);

    for (int step = 0; step < STEPS; step++) {
      int width = 1 << random.nextInt(4);
      long offset = Math.min(SIZE - width, ADDRESSES[random.nextInt(ADDRESSES.length)] * bankWidth);
      bank.store(offset, width, CODES[random.nextInt(CODES.length)] * 0x0101_0101_0101_0101L);
      bank.load(random.nextInt(SIZE - width + 1), width);
      time.delay(random.nextInt(1000) * 100_000L);
    }
    for (int attempt = 0; attempt < 40; attempt++) {
      time.delay(1_000_000_000_000L);
      reset(bank, bankWidth);
    }
    assertThat(bank.memory()).as("array mode").isPresent();
  }

  /** Resets chips in an unknown state, as a driver would; an erasure may be suspended. */
  private static void reset(NorBank bank, int bankWidth) {
    long all = 0x0101_0101_0101_0101L;
    bank.store(0, bankWidth, all * 0x30);
    bank.store(0, bankWidth, all * 0xff);
    bank.store(0x555L * bankWidth, bankWidth, all * 0xaa);
    bank.store(0x2aaL * bankWidth, bankWidth, all * 0x55);
    bank.store(0x555L * bankWidth, bankWidth, all * 0xf0);
    bank.store(0, bankWidth, all * 0xff);
  }
}
