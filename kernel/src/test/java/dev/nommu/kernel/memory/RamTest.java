package dev.nommu.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.AddressRange;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The location of RAM, and the numbers of its pages. */
final class RamTest {
  private static final long PAGE = 4096;
  private static final AddressRange LOW = new AddressRange(0x1000, 2 * PAGE);
  private static final AddressRange HIGH = new AddressRange(0x8000_1000L, 3 * PAGE);

  private final Ram ram = Ram.of(HIGH, LOW);

  @Test
  void neighbours_areOneBank_whateverTheirOrder() {
    assertThat(Ram.of(new AddressRange(0x3000, PAGE), LOW).banks())
        .containsExactly(new AddressRange(0x1000, 3 * PAGE));
    assertThat(Ram.of(LOW, new AddressRange(0x2000, PAGE)).banks()).containsExactly(LOW);
    assertThat(Ram.of(LOW, new AddressRange(0x4000, PAGE)).banks()).hasSize(2);
    assertThatThrownBy(() -> new Ram(List.of())).hasMessage("RAM: expected a bank, found none");
  }

  @Test
  void bounds_areThoseOfTheOuterBanks() {
    assertThat(ram.start()).isEqualTo(0x1000);
    assertThat(ram.end()).isEqualTo(0x8000_4000L);
    assertThat(ram.length()).isEqualTo(5 * PAGE);
  }

  @Test
  void range_isContainedInOneBankAlone_andOverlapsAny() {
    assertThat(ram.contains(0x8000_1000L, 3 * PAGE)).isTrue();
    assertThat(ram.contains(0x2000, PAGE + 1)).isFalse();
    assertThat(ram.overlaps(new AddressRange(0x2fff, PAGE))).isTrue();
    assertThat(ram.overlaps(new AddressRange(0x3000, PAGE))).isFalse();
  }

  @Test
  void pages_areNumberedWithAGapBetweenBanks_asAlignedAsTheirAddresses() {
    PageFrames frames = new PageFrames(ram, 2);
    assertThat(frames.frameOf(0x1000)).isEqualTo(1);
    assertThat(frames.frameOf(0x2fff)).isEqualTo(2);
    assertThat(frames.addressOf(3)).as("behind the first bank").isEqualTo(0x3000);
    assertThat(frames.frameOf(0x8000_1000L)).isEqualTo(5);
    assertThat(frames.addressOf(5)).isEqualTo(0x8000_1000L);
    assertThat(frames.count()).isEqualTo(8);
    Ram eightPages = Ram.of(new AddressRange(0, 8 * PAGE), new AddressRange(1 << 20, PAGE));
    assertThat(new PageFrames(eightPages, 2).frameOf(1 << 20)).isEqualTo(12);
    for (long none : new long[] {0xfff, 0x3000, 0x8000_0fffL, 0x8000_4000L}) {
      assertThatThrownBy(() -> frames.frameOf(none))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("0x%x: not RAM", none);
    }
  }
}
