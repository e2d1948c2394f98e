package dev.nommu.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a request is placed, and what is given back of it. */
final class PlacementTest {
  private static final AddressRange RANGE = new AddressRange(0x2000_0100L, 0x2800);

  private static MapRequest request(long offset, long length) {
    return MapRequest.of(offset, length, Set.of(Protection.READ), Sharing.SHARED);
  }

  @ParameterizedTest
  @CsvSource({"0, 0x3000", "0x1000, 0x1000", "0x2000, 0x1000"})
  void requestWithinARange_isPlacedAtItsOffset(String offset, String length) throws Exception {
    MapRequest request = request(Long.decode(offset), Long.decode(length));
    assertThat(Placement.within(RANGE, request))
        .isEqualTo(Placement.at(0x2000_0100L + Long.decode(offset)));
  }

  @ParameterizedTest
  @CsvSource({"0, 0x4000", "0x2000, 0x2000", "0x3000, 0x1000", "-0x1000, 0x1000"})
  void requestOutsideOfARange_isEinval(String offset, String length) {
    MapRequest request = request(Long.decode(offset), Long.decode(length));
    assertThatExceptionOfType(ErrnoException.class)
        .isThrownBy(() -> Placement.within(RANGE, request))
        .matches(failure -> failure.errno() == Errno.EINVAL)
        .withMessageContaining("0x2800");
  }

  @Test
  void pointedRange_tellsOnceThatItIsGivenBack_beforeItIs() {
    List<String> heard = new ArrayList<>();
    PointedRange range = PointedRange.at(0x1000, () -> heard.add("unpoint"));
    range.onClose(() -> heard.add("first"));
    range.onClose(() -> heard.add("second"));
    range.close();
    range.close();
    assertThat(heard).containsExactly("second", "first", "unpoint");
    range.onClose(() -> heard.add("late"));
    assertThat(heard).endsWith("late");
  }

  @Test
  void pointedRange_isGivenBackOnce() {
    AtomicInteger unpointed = new AtomicInteger();
    PointedRange range = PointedRange.at(0x1000, unpointed::incrementAndGet);
    assertThat(range.address()).isEqualTo(0x1000);
    assertThat(unpointed).hasValue(0);
    range.close();
    range.close();
    assertThat(unpointed).hasValue(1);
    PointedRange.at(0x1000).close();
  }
}
