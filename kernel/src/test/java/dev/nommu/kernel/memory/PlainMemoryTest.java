package dev.nommu.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Access;
import dev.nommu.api.AddressRange;
import dev.nommu.api.BusFault;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PlainMemory;
import dev.nommu.api.PlainMemory.Lasting;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Memory that a processor accesses directly, words that it exchanges, and unplugged memory. */
final class PlainMemoryTest {
  private static final long BASE = 0x8000_0000L;
  private static final AddressRange RANGE = new AddressRange(0x1000, 0x1000);

  private final Arena arena = Arena.ofConfined();
  private final PhysicalMemory memory =
      new PhysicalMemory(Ram.of(new AddressRange(BASE, 0x4000)), arena);

  PlainMemoryTest() throws ErrnoException {}

  /** Currently shows memory, or fails to return whether it does. */
  private record Window(Optional<MemorySegment> shown) implements DeviceWindow {
    @Override
    public long size() {
      return RANGE.length();
    }

    @Override
    public Optional<MemorySegment> memory() {
      return Optional.of(shown.orElseThrow());
    }

    @Override
    public long load(long offset, int width) {
      return 7;
    }

    @Override
    public void store(long offset, int width, long value) {
      throw new BusFault("read-only");
    }
  }

  @AfterEach
  void close() {
    arena.close();
  }

  private MemorySegment bytes() throws ErrnoException {
    return memory.allocate("a window", RANGE.length());
  }

  private void show(MemorySegment shown) throws ErrnoException {
    memory.add(memory.window("window", RANGE, new Window(Optional.of(shown)), this));
  }

  @ParameterizedTest
  @EnumSource(Access.class)
  void ram_isPlainForEver_allOfIt(Access access) {
    PlainMemory plain = memory.plain(BASE + 0x1005, access).orElseThrow();
    assertThat(plain.start()).isEqualTo(BASE);
    assertThat(plain.memory().byteSize()).isEqualTo(0x4000);
    assertThat(plain.lasting()).isEqualTo(Lasting.FOREVER);
    plain.memory().set(ValueLayout.JAVA_BYTE, 0x1005, (byte) 5);
    assertThat(memory.ramAt(BASE + 0x1005, 1).get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 5);
    assertThat(memory.plain(BASE - 1, access)).isEmpty();
  }

  @Test
  void windowThatShowsMemory_isPlainAtTheMoment_andToStoresIfItTakesThem() throws Exception {
    show(bytes().asReadOnly());
    assertThat(memory.plain(0x1800, Access.LOAD))
        .hasValueSatisfying(plain -> {
          assertThat(plain.start()).isEqualTo(0x1000);
          assertThat(plain.lasting()).isEqualTo(Lasting.MOMENT);
        });
    assertThat(memory.plain(0x1800, Access.FETCH)).isPresent();
    assertThat(memory.plain(0x1800, Access.STORE)).isEmpty();
  }

  @Test
  void memoryOfTheHeap_isAccessedThroughTheKernel() throws Exception {
    show(MemorySegment.ofArray(new byte[0x1000]));
    assertThat(memory.plain(0x1000, Access.LOAD)).isEmpty();
  }

  @Test
  void memoryThatLiesOtherwiseInTheHost_isAccessedThroughTheKernel() throws Exception {
    show(memory.allocate("a window", 0x1008).asSlice(8, 0x1000));
    assertThat(memory.plain(0x1000, Access.LOAD)).isEmpty();
  }

  @Test
  void windowThatCannotSay_isAsked() throws Exception {
    memory.add(memory.window("window", RANGE, new Window(Optional.empty()), this));
    assertThat(memory.plain(0x1000, Access.LOAD)).isEmpty();
  }

  @Test
  void word_isExchangedIfItIsTheExpectedOne() throws Exception {
    memory.ramAt(BASE, 8).set(ValueLayout.JAVA_LONG_UNALIGNED, 0, 0x1_ffff_ffffL);
    assertThat(memory.compareAndExchange(BASE, 4, 0, 7)).isEqualTo(0xffff_ffffL);
    assertThat(memory.compareAndExchange(BASE, 4, 0xffff_ffffL, 7)).isEqualTo(0xffff_ffffL);
    assertThat(memory.compareAndExchange(BASE, 8, 7, 3)).isEqualTo(0x1_0000_0007L);
    assertThat(memory.compareAndExchange(BASE, 8, 0x1_0000_0007L, 0x2_0000_0003L))
        .isEqualTo(0x1_0000_0007L);
    assertThat(memory.ramAt(BASE, 8).get(ValueLayout.JAVA_LONG_UNALIGNED, 0))
        .isEqualTo(0x2_0000_0003L);
  }

  @Test
  void userMemory_isTheMemoryItself() throws Exception {
    memory.asUserMemory().at(BASE + 3, 2).set(ValueLayout.JAVA_BYTE, 1, (byte) 9);
    assertThat(memory.ramAt(BASE + 4, 1).get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 9);
  }

  @Test
  void hot07_unpluggedWindow_answersNothing_andPlainMemoryStays() throws Exception {
    show(bytes());
    memory.unplug(RANGE);
    assertThatThrownBy(() -> memory.load(0x1000, MemorySegment.ofArray(new byte[4])))
        .isInstanceOf(MemoryFault.class)
        .hasMessageContaining("the device was unplugged [HOT-07]");
    assertThat(memory.bankAt(0x1fff)).map(Bank::name).contains("window");
    AddressRange other = new AddressRange(0x3000, 0x1000);
    memory.addMemory("memory", other).set(ValueLayout.JAVA_BYTE, 0, (byte) 3);
    memory.unplug(other);
    assertThat(memory.at(0x3000, 1).get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 3);
  }
}
