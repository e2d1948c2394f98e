package dev.nommu.kernel.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Words as programs load and store them, in memory and in a device that hears of each. */
final class WordCallsTest {
  private static final AddressRange RANGE = new AddressRange(0x3000_0000L, 0x1000);
  private static final long VALUE = 0x8877_6655_4433_2211L;

  @RegisterExtension final Machines machines = new Machines();

  private final List<String> heard = new ArrayList<>();
  private final Task task =
      machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, new Device()).init();
  private final WordCalls words = task.words();

  /** Every address of it holds the same. */
  private final class Device implements DeviceDriver, DeviceWindow {
    @Override
    public String name() {
      return "words";
    }

    @Override
    public Set<String> compatible() {
      return Set.of();
    }

    @Override
    public void init(DeviceContext context) throws ErrnoException {
      context.claim(RANGE, this);
    }

    @Override
    public long size() {
      return RANGE.length();
    }

    @Override
    public Optional<MemorySegment> memory() {
      return Optional.empty();
    }

    @Override
    public long load(long offset, int width) {
      heard.add("load %d of %d".formatted(offset, width));
      return VALUE;
    }

    @Override
    public void store(long offset, int width, long value) {
      heard.add("store %d of %d: %x".formatted(offset, width, value));
    }
  }

  @Test
  void wordOfADevice_isOneAccessOfItsWidth() throws Exception {
    assertThat(words.load8(RANGE.start() + 1)).isEqualTo((byte) 0x11);
    assertThat(words.load16(RANGE.start() + 2)).isEqualTo((short) 0x2211);
    assertThat(words.load32(RANGE.start() + 4)).isEqualTo(0x4433_2211);
    assertThat(words.load64(RANGE.start() + 8)).isEqualTo(VALUE);
    words.store8(RANGE.start() + 1, (byte) 0x91);
    words.store16(RANGE.start() + 2, (short) 0x9291);
    words.store32(RANGE.start() + 4, 0x9493_9291);
    words.store64(RANGE.start() + 8, VALUE);
    assertThat(heard)
        .containsExactly(
            "load 1 of 1",
            "load 2 of 2",
            "load 4 of 4",
            "load 8 of 8",
            "store 1 of 1: 91",
            "store 2 of 2: 9291",
            "store 4 of 4: 94939291",
            "store 8 of 8: 8877665544332211");
  }

  @Test
  void wordThatIsNotAligned_isSeveralAccesses() throws Exception {
    assertThat(words.load32(RANGE.start() + 2)).isEqualTo(0x2211_2211);
    assertThat(heard).containsExactly("load 2 of 2", "load 4 of 2");
  }

  @Test
  void wordInMemory_isLittleEndianWhereverItLies() throws Exception {
    long address = new TaskCalls(task).anonymous(TaskCalls.PAGE) + 1;
    words.store64(address, VALUE);
    assertThat(words.load8(address)).isEqualTo((byte) 0x11);
    assertThat(words.load16(address + 1)).isEqualTo((short) 0x3322);
    assertThat(words.load32(address + 4)).isEqualTo(0x8877_6655);
    words.store16(address, (short) -1);
    words.store8(address + 2, (byte) 0);
    words.store32(address + 4, 1);
    assertThat(words.load64(address)).isEqualTo(0x0000_0001_4400_ffffL);
  }

  @Test
  void wordWhereNothingAnswers_isAFault() {
    assertThatThrownBy(() -> words.load32(0x10)).isInstanceOf(MemoryFault.class);
    assertThatThrownBy(() -> words.store32(0x10, 1)).isInstanceOf(MemoryFault.class);
  }
}
