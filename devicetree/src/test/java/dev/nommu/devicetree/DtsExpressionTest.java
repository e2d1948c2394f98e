package dev.nommu.devicetree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions are C's on unsigned 64-bit numbers; values worked out by hand from C's rules. */
class DtsExpressionTest {
  private static long compute(String expression) throws DeviceTreeException {
    return ByteBuffer.wrap(Trees.value("/bits/ 64 <(" + expression + ")>")).getLong();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "1 + 2 * 3 # 7",
        "(1 + 2) * 3 # 9",
        "10 - 4 - 3 # 3",
        "100 / 5 / 2 # 10",
        "17 % 5 # 2",
        "1 << 4 + 1 # 32",
        "0x100 >> 4 # 16",
        "1 << 63 >> 63 # 1",
        "1 << 64 # 0",
        "1 >> 64 # 0",
        "1 | 6 ^ 2 & 3 # 5",
        "6 ^ 3 # 5",
        "~0 # -1",
        "-1 / 2 # 9223372036854775807",
        "-1 > 1 # 1",
        "!5 # 0",
        "!0 + 1 # 2",
        "- - 3 # 3",
        "1 < 2 == 1 # 1",
        "2 <= 2 # 1",
        "3 <= 2 # 0",
        "2 >= 3 # 0",
        "2 != 3 # 1",
        "1 && 0 || 1 # 1",
        "1 || 0 && 0 # 1",
        "0 && 0 || 0 # 0",
        "2 && 4 # 1",
        "1 ? 2 : 3 # 2",
        "0 ? 1 : 0 ? 2 : 5 # 5",
        "1 ? 0 ? 4 : 6 : 7 # 6",
        "'a' + 1 # 98",
        "0xffffffffffffffff + 2 # 1",
      })
  void expression_hasItsValueInC(String expression, long value) throws DeviceTreeException {
    assertThat(compute(expression)).isEqualTo(value);
  }

  @Test
  void divisionByZero_isAnErrorAtTheDivisor() {
    assertThatThrownBy(() -> compute("1 / (2 - 2)"))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessage("test.dts:1:35: expression: expected a divisor other than 0, found 0");
    assertThatThrownBy(() -> compute("1 % 0")).isInstanceOf(DeviceTreeException.class);
  }

  @Test
  void parentheses_nestToABound() throws DeviceTreeException {
    assertThat(compute("(".repeat(63) + "1" + ")".repeat(63))).isEqualTo(1);
    assertThatThrownBy(() -> compute("(".repeat(64) + "1" + ")".repeat(64)))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageContaining("expected at most 64 levels, found one more");
  }

  @Test
  void endlessSigns_areBoundedToo() {
    assertThatThrownBy(() -> compute("-".repeat(100_000) + "1"))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageContaining("expected at most 64 levels");
    assertThatThrownBy(() -> compute("1 ? ".repeat(100_000) + "1"))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageContaining("expected at most 64 levels");
  }

  @Test
  void longSums_areNoNesting() throws DeviceTreeException {
    assertThat(compute("1" + " + 1".repeat(9_999))).isEqualTo(10_000);
  }
}
