package dev.nommu.devicetree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Unsigned ranges, up to the end of the address space. */
class AddressRangeTest {
  @Test
  void range_mayEndWithTheAddressSpaceButNotWrap() {
    assertThat(new AddressRange(-0x1000, 0x1000)).hasToString("0xfffffffffffff000+0x1000");
    assertThat(new AddressRange(-1, 0).size()).isZero();
    assertThatThrownBy(() -> new AddressRange(-0x1000, 0x1001))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("0xfffffffffffff000+0x1001 wraps around");
  }

  @Test
  void contains_isForWholeRangesOnly() {
    AddressRange range = new AddressRange(0x7fffffffffffff00L, 0x200);

    assertThat(range.contains(range)).isTrue();
    assertThat(range.contains(new AddressRange(0x8000000000000000L, 0x100))).isTrue();
    assertThat(range.contains(new AddressRange(0x8000000000000000L, 0x101))).isFalse();
    assertThat(range.contains(new AddressRange(0x7ffffffffffffeffL, 1))).isFalse();
    assertThat(range.contains(new AddressRange(0x8000000000000100L, 0))).isFalse();
    assertThat(range.contains(new AddressRange(0, -1))).isFalse();
  }
}
