package dev.nommu.kernel.inject;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Module;
import com.google.inject.name.Names;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.Profile;
import dev.nommu.api.Sharing;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.console.ConsoleDriver;
import dev.nommu.kernel.console.ConsoleFactory;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.memory.AllocatorFactory;
import dev.nommu.kernel.memory.BuddyAllocator;
import dev.nommu.kernel.memory.MemoryAccess;
import dev.nommu.kernel.memory.MemoryFactory;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.memory.Ram;
import dev.nommu.kernel.mmap.Mapping;
import dev.nommu.kernel.sanitizer.Actor;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.ManualClock;
import dev.nommu.kernel.time.SimulatedClock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each part of a kernel is a binding that can be replaced. */
final class ReplacedPartTest {
  private static final Instant START = Instant.parse("2020-02-29T12:00:00.001Z");
  private static final Board BOARD = TestBoard.withMebibytes(8).build();

  @RegisterExtension final Machines machines = new Machines();

  private Machine boot(Module replaced, Object... plugins) {
    return machines.boot(Machines.kernel(replaced, plugins), BOARD, Profile.DOCUMENT);
  }

  /** Stores the clock it was given. */
  private static final class ClockDriver implements DeviceDriver {
    private final AtomicReference<InstantSource> clock = new AtomicReference<>();

    @Override
    public String name() {
      return "clock";
    }

    @Override
    public Set<String> compatible() {
      return Set.of();
    }

    @Override
    public void init(DeviceContext context) {
      clock.set(context.clock());
    }
  }

  private static void assertOneTime(Machine machine, ClockDriver driver, Instant expected)
      throws Exception {
    Task task = machine.init();
    int made = task.open("/tmp/made-at-" + expected, 0101, 0644);
    assertThat(task.fstat(made).attributes().modified()).isEqualTo(expected);
    assertThat(task.time().realtime()).isEqualTo(expected);
    assertThat(machine.clock().instant()).isEqualTo(expected);
    assertThat(driver.clock.get().instant()).isEqualTo(expected);
    assertThat(driver.clock.get().millis()).isEqualTo(expected.toEpochMilli());
  }

  @Test
  void clock_isTheOneTimeOfTheMachine() throws Exception {
    ClockDriver driver = new ClockDriver();
    Machine machine =
        boot(
            binder -> binder.bind(MachineClock.class).toProvider(() -> new SimulatedClock(START)),
            driver);
    assertOneTime(machine, driver, START);
    machine.init().time().nanosleep(Duration.ofMillis(1));
    assertOneTime(machine, driver, START.plusMillis(1));
  }

  @Test
  void clockOfATest_isMovedByIt() throws Exception {
    ManualClock clock = new ManualClock(START);
    ClockDriver driver = new ClockDriver();
    Machine machine = boot(binder -> binder.bind(MachineClock.class).toInstance(clock), driver);
    assertOneTime(machine, driver, START);
    clock.advance(Duration.ofDays(1));
    assertOneTime(machine, driver, START.plus(Duration.ofDays(1)));
  }

  @Test
  void eachMachine_hasATimeOfItsOwn() throws Exception {
    Kernel kernel = Machines.kernel(binder -> {});
    Machine first = machines.boot(kernel, BOARD, Profile.DOCUMENT);
    Machine second = machines.boot(kernel, BOARD, Profile.DOCUMENT);
    first.init().time().nanosleep(Duration.ofDays(1));
    assertThat(first.clock().instant()).isEqualTo("1970-01-02T00:00:00Z");
    assertThat(second.clock().instant()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void log_tellsAListenerOfEachMachine() {
    List<String> said = new CopyOnWriteArrayList<>();
    Machine machine =
        boot(binder -> binder.bind(KernelLog.class).toProvider(() -> new KernelLog(said::add)));
    machine.log().print("from outside");
    assertThat(said).isEqualTo(machine.log().lines()).endsWith("from outside");
  }

  @Test
  void sanitizer_isToldOfMappings() throws Exception {
    List<String> mapped = new CopyOnWriteArrayList<>();
    Sanitizer sanitizer =
        new Sanitizer() {
          @Override
          public void mapped(Actor by, Mapping mapping, Sharing asked) {
            mapped.add(mapping.toString());
          }
        };
    Machine machine = boot(binder -> binder.bind(Sanitizer.class).toInstance(sanitizer));
    TaskCalls p = new TaskCalls(machine.init());
    p.map(p.file("/tmp/file", new byte[4096]), 4096, 1, 1);
    assertThat(mapped).hasSize(1);
  }

  @Test
  void pageAllocator_isMadeForEachBoard() throws Exception {
    AllocatorFactory small = (ram, reserved) -> new BuddyAllocator(ram, reserved, 2);
    Machine machine = boot(binder -> binder.bind(AllocatorFactory.class).toInstance(small));
    String orders = new TaskCalls(machine.init()).text("/proc/buddyinfo");
    assertThat(orders.lines().findFirst().orElseThrow().split("zone +\\S+ +")[1].split(" +"))
        .hasSize(3);
  }

  /** Records loads and stores. */
  private static final class TracingMemory extends PhysicalMemory {
    private final List<String> trace;

    TracingMemory(Ram ram, Arena arena, List<String> trace) throws ErrnoException {
      super(ram, arena);
      this.trace = trace;
    }

    @Override
    public <W> void load(long address, MemorySegment into, MemoryAccess<? super W> access, W by)
        throws MemoryFault {
      super.load(address, into, access, by);
      trace.add("load %d at 0x%x".formatted(into.byteSize(), address));
    }

    @Override
    public <W> void store(long address, MemorySegment from, MemoryAccess<? super W> access, W by)
        throws MemoryFault {
      super.store(address, from, access, by);
      trace.add("store %d at 0x%x".formatted(from.byteSize(), address));
    }
  }

  @Test
  void memory_canTraceLoadsAndStores() throws Exception {
    List<String> trace = new CopyOnWriteArrayList<>();
    MemoryFactory tracing = (ram, arena) -> new TracingMemory(ram, arena, trace);
    Machine machine = boot(binder -> binder.bind(MemoryFactory.class).toInstance(tracing));
    trace.clear();
    machine.init().store(TestBoard.RAM, MemorySegment.ofArray(new byte[] {1, 2, 3}));
    byte[] loaded = new byte[2];
    machine.init().load(TestBoard.RAM + 1, MemorySegment.ofArray(loaded));
    assertThat(loaded).containsExactly(2, 3);
    assertThat(trace).containsExactly("store 3 at 0x80000000", "load 2 at 0x80000001");
  }

  @Test
  void console_isMadeForEachLog() throws Exception {
    ConsoleFactory loud =
        (log, input) -> {
          KernelLog listened = new KernelLog(line -> log.print("console: " + line));
          return new ConsoleDriver(listened, input);
        };
    Machine machine = boot(binder -> binder.bind(ConsoleFactory.class).toInstance(loud));
    TaskCalls p = new TaskCalls(machine.init());
    p.text("/dev/console", "hello\n");
    assertThat(machine.log().lines()).endsWith("console: hello");
  }

  @Test
  void driverOfTheKernel_isReplacedByItsName() {
    Board board =
        TestBoard.withMebibytes(8)
            .node("a@0 { compatible = \"mmio-sram\"; reg = <0 0x10000000 0 0x1000>; };")
            .build();
    DeviceDriver mine =
        new DeviceDriver() {
          @Override
          public String name() {
            return "mine";
          }

          @Override
          public Set<String> compatible() {
            return Set.of("mmio-sram");
          }

          @Override
          public void probe(FirmwareNode node, DeviceContext context) {}
        };
    Kernel kernel =
        Machines.kernel(binder ->
            binder.bind(DeviceDriver.class).annotatedWith(Names.named("sram")).toInstance(mine));
    Machine machine = machines.boot(kernel, board, Profile.DOCUMENT);
    assertThat(machine.log().lines()).contains("/a@0: bound to mine");
  }
}
