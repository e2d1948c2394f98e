package dev.nommu.kernel.device;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BlockDevice;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.api.RegisterWindow;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Probed.Outcome;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Addresses that the kernel finds for devices that the board does not place. */
final class FreeAddressesTest {
  private static final long ABOVE_32_BITS = 0x1_0000_0000L;

  @RegisterExtension final Machines machines = new Machines();

  private interface Action {
    void in(DeviceContext context) throws ErrnoException;
  }

  private record Driver(Action action) implements DeviceDriver {
    @Override
    public String name() {
      return "driver";
    }

    @Override
    public Set<String> compatible() {
      return Set.of();
    }

    @Override
    public void init(DeviceContext context) throws ErrnoException {
      action.in(context);
    }
  }

  private Machine boot(TestBoard board, Action action) {
    Object driver = new Driver(action);
    return machines.boot(board.build(), Profile.DOCUMENT, driver);
  }

  private static DeviceWindow window(int bytes) {
    return DeviceWindow.of(MemorySegment.ofArray(new byte[bytes]));
  }

  @Test
  void claimsWithoutAddresses_lieOneBehindTheOtherEachFromAPageOn() {
    List<AddressRange> claimed = new ArrayList<>();
    Machine machine =
        boot(
            TestBoard.withMebibytes(8),
            context -> {
              claimed.add(context.claim(window(100)));
              context.claimMemory(new AddressRange(ABOVE_32_BITS + PAGE, 2 * PAGE));
              claimed.add(context.claim(window(2 * PAGE)));
              claimed.add(context.claim(window(PAGE)));
            });
    assertThat(claimed)
        .containsExactly(
            new AddressRange(ABOVE_32_BITS, 100),
            new AddressRange(ABOVE_32_BITS + 3 * PAGE, 2 * PAGE),
            new AddressRange(ABOVE_32_BITS + 5 * PAGE, PAGE));
    assertThat(machine.memory().banks()).anyMatch(bank -> bank.range().equals(claimed.getFirst()));
  }

  @Test
  void addressesThatTheBoardNames_areNotGivenOutThoughNoDriverHasThem() {
    List<AddressRange> claimed = new ArrayList<>();
    TestBoard board =
        TestBoard.withMebibytes(8)
            .node("a@200000000 { compatible = \"unknown\"; reg = <2 0 0 0x1800>; };")
            .node("b@1 { status = \"disabled\"; reg = <0xffffffff 0 0 0x1000>; };");
    boot(board, context -> claimed.add(context.claim(window(PAGE))));
    assertThat(claimed).containsExactly(new AddressRange(0x2_0000_2000L, PAGE));
  }

  @Test
  void windowThatCannotBeAnywhere_isRefused() {
    boot(
        TestBoard.withMebibytes(8),
        context -> {
          assertThat(failureOf(() -> context.claim(window(0))).errno()).isEqualTo(Errno.EINVAL);
          DeviceWindow endless = RegisterWindow.of(Long.MAX_VALUE);
          assertThat(failureOf(() -> context.claim(endless)).errno()).isEqualTo(Errno.ENOMEM);
        });
  }

  @Test
  void blk05_array_isADiskThatIsMappedAndNotCopied() throws Exception {
    byte[] bytes = new byte[3 * PAGE + 512];
    MemorySegment memory = MemorySegment.ofArray(bytes);
    Machine machine =
        boot(
            TestBoard.withMebibytes(8),
            context -> {
              AddressRange range = context.claim(DeviceWindow.of(memory));
              context.registerBlockDevice("array%d", BlockDevice.of(memory, range.start()));
            });
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.write("/dev/array0");
    long shared = p.map(file, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, PAGE);
    assertThat(shared).isEqualTo(ABOVE_32_BITS + PAGE);
    p.store(shared, "stored");
    assertThat(bytes).containsSubsequence('s', 't', 'o', 'r', 'e', 'd');
    long copy = p.map(file, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, PAGE);
    assertThat(p.bytes(copy, 6)).isEqualTo("stored".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void plugin01_diskOverMemoryThatIsGone_isBlamedOnTheDriver() throws Exception {
    Arena arena = Arena.ofShared();
    MemorySegment memory = arena.allocate(PAGE);
    Machine machine =
        boot(
            TestBoard.withMebibytes(8),
            context -> context.registerBlockDevice("gone", BlockDevice.of(memory, 0)));
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.read("/dev/gone");
    arena.close();
    assertThat(failureOf(() -> p.content(file, 16)))
        .hasMessageContainingAll(Driver.class.getName(), "read threw", "[PLUGIN-01]");
  }

  @Test
  void failedInit_leavesNothingAtTheAddresses() {
    Machine machine =
        boot(
            TestBoard.withMebibytes(8),
            context -> {
              context.claim(window(PAGE));
              throw new ErrnoException(Errno.EIO, "broken");
            });
    assertThat(machine.nodes()).anyMatch(node -> node.outcome() instanceof Outcome.Failed);
    assertThat(machine.memory().bankAt(ABOVE_32_BITS)).isEmpty();
  }
}
