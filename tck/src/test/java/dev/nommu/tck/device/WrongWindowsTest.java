package dev.nommu.tck.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.RegisterWindow;
import dev.nommu.api.RegisterWindow.Register;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Subject;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A window that does one thing wrong breaks exactly the clauses that say so. */
final class WrongWindowsTest {
  private static final int SIZE = 0x1000;

  private static final String LOADS = "PLUGIN-02 Each load is answered or is a BusFault.";
  private static final String STORES = "PLUGIN-02 Each store is taken or is a BusFault.";
  private static final String STAYS = "PLUGIN-02 Its size and kind never change.";
  private static final String MEMORY =
      "PLUGIN-02 Its memory has as many bytes as the window, for every thread.";
  private static final String LOADS_MEMORY = "PLUGIN-02 A load answers what its memory has.";
  private static final String STORES_MEMORY = "PLUGIN-02 A store changes its memory.";
  private static final String KIND =
      "PLUGIN-02 A window that answers each load itself is of kind REGISTERS.";

  private static final String BUS_FAULT = "an answer, or a BusFault";

  /** Claims one window. */
  private record WindowDriver(Supplier<DeviceWindow> maker) implements DeviceDriver {
    @Override
    public String name() {
      return "window";
    }

    @Override
    public Set<String> compatible() {
      return Set.of("test,window");
    }

    @Override
    public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
      context.claim(node.reg().getFirst(), maker.get());
    }
  }

  private static Subject subject(Supplier<DeviceWindow> maker) {
    try {
      return Subject.driver(
          () -> new WindowDriver(maker),
          Board.parse(
              "window.dts",
              """
              /dts-v1/;
              / {
                #address-cells = <1>; #size-cells = <1>;
                memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
                window@10000000 { compatible = "test,window"; reg = <0x10000000 0x1000>; };
              };
              """));
    } catch (BoardException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /**
   * A wrong window.
   *
   * @param breaks the clauses, each with a part of what is said of it
   */
  private record Wrong(String name, Supplier<DeviceWindow> maker, Map<String, String> breaks) {}

  private static Stream<Wrong> wrongWindows() {
    return Stream.of(
        new Wrong(
            "it throws for what is not 32 bits wide",
            WrongWindows.Narrow::new,
            Map.of(LOADS, BUS_FAULT, STORES, BUS_FAULT)),
        new Wrong(
            "it throws for a value it does not know",
            WrongWindows.Choosy::new,
            Map.of(STORES, BUS_FAULT)),
        new Wrong(
            "it is data at times",
            WrongWindows.Changing::new,
            Map.of(STAYS, "return constants from size and kind")),
        new Wrong(
            "it grows",
            WrongWindows.Growing::new,
            Map.of(STAYS, "size 0x1000, kind REGISTERS, as when it was claimed")),
        new Wrong(
            "its memory is too short",
            () -> new WrongWindows.Shown(Arena.ofAuto().allocate(SIZE / 2)),
            Map.of(
                LOADS,
                BUS_FAULT,
                STORES,
                BUS_FAULT,
                MEMORY,
                "as many as the window has",
                LOADS_MEMORY,
                "throw nothing but",
                STORES_MEMORY,
                "throw nothing but")),
        new Wrong(
            "its memory is too long",
            () -> new WrongWindows.Shown(Arena.ofAuto().allocate(2 * SIZE)),
            Map.of(MEMORY, "as many as the window has")),
        new Wrong(
            "its memory is its creator's",
            () -> new WrongWindows.Shown(Arena.ofConfined().allocate(SIZE)),
            Map.of(MEMORY, "any thread may access it")),
        new Wrong(
            "its loads are of another byte order",
            () -> new WrongWindows.BigEndian(Arena.ofAuto().allocate(SIZE)),
            Map.of(LOADS_MEMORY, "little-endian")),
        new Wrong(
            "its stores go nowhere",
            () -> new WrongWindows.Forgetful(Arena.ofAuto().allocate(SIZE)),
            Map.of(STORES_MEMORY, "act on the same bytes")),
        new Wrong(
            "it does not say that it is registers",
            WrongWindows.Unsaid::new,
            Map.of(KIND, "a sanitizer reports")));
  }

  private static Map<String, String> broken(Supplier<DeviceWindow> maker) {
    AddressRange range = new AddressRange(0x1000_0000, SIZE);
    return Judgement.broken(subject(maker), new WindowClauses(range).all());
  }

  private static void breaks(Wrong wrong) {
    Map<String, String> broken = broken(wrong.maker());
    assertThat(broken.keySet()).isEqualTo(wrong.breaks().keySet());
    wrong.breaks().forEach((clause, part) -> assertThat(broken.get(clause)).contains(part));
  }

  @TestFactory
  Stream<DynamicTest> plugin02_wrongWindow_breaksWhatItBreaks() {
    return wrongWindows().map(wrong -> DynamicTest.dynamicTest(wrong.name(), () -> breaks(wrong)));
  }

  @Test
  void plugin02_registers_breakNothing() {
    AtomicInteger value = new AtomicInteger();
    assertThat(
            broken(() ->
                RegisterWindow.of(SIZE, Register.readWrite(4, "VALUE", value::get, value::set))))
        .isEmpty();
  }

  @Test
  void plugin02_memory_breaksNothing() {
    assertThat(broken(() -> DeviceWindow.of(MemorySegment.ofArray(new byte[SIZE])))).isEmpty();
  }

  @Test
  void windows_areThoseThatTheDriverClaims() throws Exception {
    List<Contract> contracts =
        Registers.of(subject(() -> DeviceWindow.of(MemorySegment.ofArray(new byte[SIZE]))));
    assertThat(contracts)
        .extracting(Contract::title)
        .containsExactly("window at 0x10000000-0x10001000");
  }
}
