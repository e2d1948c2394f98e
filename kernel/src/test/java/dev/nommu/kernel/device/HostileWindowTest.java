package dev.nommu.kernel.device;

import static dev.nommu.kernel.testing.Errnos.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.ipc.FutexScope;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows of devices that fail: the access is a fault that names the plugin's class. */
final class HostileWindowTest {
  private static final long ADDRESS = 0x3000_0000L;
  private static final int SIZE = 0x1000;

  @RegisterExtension final Machines machines = new Machines();

  private final Window window = new Window();

  /** A window that behaves as set by a test. */
  private static final class Window implements DeviceWindow {
    Supplier<Long> loading = () -> 7L;
    Supplier<Optional<MemorySegment>> memory = Optional::empty;

    @Override
    public long size() {
      return SIZE;
    }

    @Override
    public Optional<MemorySegment> memory() {
      return memory.get();
    }

    @Override
    public long load(long offset, int width) {
      return loading.get();
    }

    @Override
    public void store(long offset, int width, long value) {
      var unused = loading.get();
    }
  }

  private record Driver(DeviceWindow window) implements DeviceDriver {
    @Override
    public String name() {
      return "window";
    }

    @Override
    public Set<String> compatible() {
      return Set.of();
    }

    @Override
    public void init(DeviceContext context) throws ErrnoException {
      context.claim(new AddressRange(ADDRESS, SIZE), window);
      context.claimMemory(new AddressRange(ADDRESS + SIZE, SIZE));
    }
  }

  private Task boot(DeviceWindow of) {
    return boot(of, Profile.DOCUMENT);
  }

  private Task boot(DeviceWindow of, Profile profile) {
    Object driver = new Driver(of);
    return machines.boot(TestBoard.withMebibytes(8).build(), profile, driver).init();
  }

  private static MemorySegment word() {
    return MemorySegment.ofArray(new byte[4]);
  }

  private static MemoryFault faultOf(ThrowingCallable access) {
    return catchThrowableOfType(MemoryFault.class, access);
  }

  private static void assertBlamed(MemoryFault fault, Class<?> author, String what) {
    assertThat(fault).isNotNull();
    assertThat(fault.address()).isEqualTo(ADDRESS + 8);
    assertThat(fault).hasMessageContainingAll(author.getName(), what, "[PLUGIN-01]");
  }

  private static Supplier<Long> throwing(Supplier<? extends Throwable> fault) {
    return () -> {
      throw HostileWindowTest.<RuntimeException>sneak(fault.get());
    };
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T sneak(Throwable fault) throws T {
    throw (T) fault;
  }

  @Test
  void plugin01_windowThatThrows_isAFaultThatNamesIt() {
    Task task = boot(window);
    for (Supplier<Throwable> thrown :
        List.<Supplier<Throwable>>of(
            () -> new IllegalStateException("no power"),
            () -> new OutOfMemoryError("no room"),
            () -> new IOException("sneaked"))) {
      window.loading = throwing(thrown);
      assertBlamed(faultOf(() -> task.load(ADDRESS + 8, word())), Window.class, "load threw");
      assertBlamed(faultOf(() -> task.store(ADDRESS + 8, word())), Window.class, "store threw");
    }
    window.loading = () -> 7L;
    MemorySegment loaded = word();
    assertThat(faultOf(() -> task.load(ADDRESS + 8, loaded))).isNull();
  }

  @Test
  void plugin01_memoryThatIsNull_isAFaultThatSaysSo() {
    Task task = boot(window);
    window.memory = () -> null;
    assertBlamed(
        faultOf(() -> task.load(ADDRESS + 8, word())), Window.class, "memory: it returned null");
    assertBlamed(
        faultOf(() -> task.memory(ADDRESS + 8, 4)), Window.class, "memory: it returned null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "closed", "confined"})
  void plugin01_memoryThatCannotBe_isAFaultThatNamesTheWindow(String what) throws Exception {
    Task task = boot(window);
    try (Arena confined = Arena.ofConfined()) {
      MemorySegment segment = bad(what, confined);
      window.memory = () -> Optional.of(segment);
      MemoryFault[] faults = new MemoryFault[3];
      Thread other =
          new Thread(() -> {
            faults[0] = faultOf(() -> task.load(ADDRESS + 8, word()));
            faults[1] = faultOf(() -> task.store(ADDRESS + 8, word()));
            faults[2] = faultOf(() -> task.memory(ADDRESS + 8, 4));
          });
      other.start();
      other.join();
      for (MemoryFault fault : faults) {
        assertBlamed(fault, Window.class, "memory");
      }
      assertThat(faults[0]).hasMessageContaining(what.equals("short") ? "found 10" : what);
    }
  }

  private static MemorySegment bad(String what, Arena confined) {
    return switch (what) {
      case "short" -> MemorySegment.ofArray(new byte[10]);
      case "confined" -> confined.allocate(SIZE);
      default -> closed();
    };
  }

  private static MemorySegment closed() {
    try (Arena arena = Arena.ofShared()) {
      return arena.allocate(SIZE);
    }
  }

  @Test
  void plugin01_windowOverMemoryOfTheDrivers_isBlamedOnTheDriver() {
    Arena arena = Arena.ofShared();
    Task task = boot(DeviceWindow.of(arena.allocate(SIZE)));
    assertThat(faultOf(() -> task.load(ADDRESS + 8, word()))).isNull();
    arena.close();
    assertBlamed(faultOf(() -> task.load(ADDRESS + 8, word())), Driver.class, "closed");
  }

  @Test
  void plugin01_programOnAWindowThatFails_endsAsByAFaultAndNotAsItsOwnCrash() throws Exception {
    Task task = boot(window);
    window.loading = throwing(() -> new IllegalStateException("no power"));
    WaitStatus status =
        TaskCalls.run(
            task,
            program -> {
              program.load(ADDRESS, word());
              return 0;
            });
    assertThat(status).isEqualTo(new WaitStatus.Signaled(Signal.SIGBUS));
  }

  @Test
  void plugin01_futexInAWindowThatFails_isEfaultThatNamesIt() {
    Task task = boot(window, Profile.LINUX_6_12);
    window.loading = throwing(() -> new IllegalStateException("no power"));
    ErrnoException failure =
        failureOf(() -> task.ipc().futexWait(ADDRESS, FutexScope.SHARED, 1, Optional.empty()));
    assertThat(failure.errno()).isEqualTo(Errno.EFAULT);
    assertThat(failure).hasMessageContaining(Window.class.getName());
  }

  @Test
  void memoryOfAWindowThatAnswersEachLoad_saysWhatToUse() {
    Task task = boot(window);
    MemoryFault fault = faultOf(() -> task.memory(ADDRESS + 8, 4));
    assertThat(fault).hasMessageContaining("use load").hasMessageContaining("window");
    assertThat(fault.getMessage()).doesNotContain("no memory or device");
  }

  @Test
  void memoryOverTwoBanks_saysThatItIsNotInOnePiece() {
    Task task = boot(window);
    long last = ADDRESS + 2 * SIZE - 2;
    MemoryFault fault = faultOf(() -> task.memory(last, 4));
    assertThat(fault).hasMessageContaining("not in one piece");
    assertThat(faultOf(() -> task.memory(ADDRESS + 2 * SIZE, 4)))
        .hasMessageContaining("no memory or device");
  }
}
