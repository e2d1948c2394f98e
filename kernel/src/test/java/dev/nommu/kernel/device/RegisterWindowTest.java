package dev.nommu.kernel.device;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Consent;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.api.Profile;
import dev.nommu.api.RegisterWindow;
import dev.nommu.api.RegisterWindow.Register;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.sanitizer.RecordingSanitizer;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Registers as seen by programs, and the reports of a sanitizer about them. */
final class RegisterWindowTest {
  @RegisterExtension final Machines machines = new Machines();

  private final RecordingSanitizer sanitizer = new RecordingSanitizer();
  private IntSupplier temperature = () -> 21;

  private final class Driver implements DeviceDriver {
    private final DeviceWindow window;

    Driver(DeviceWindow window) {
      this.window = window;
    }

    @Override
    public String name() {
      return "sensor";
    }

    @Override
    public Set<String> compatible() {
      return Set.of();
    }

    @Override
    public void init(DeviceContext context) throws ErrnoException {
      AddressRange range = context.claim(window);
      context.registerCharacterDevice("sensor", mode -> new Sensor(range));
    }
  }

  private record Sensor(AddressRange range) implements DirectlyMappableFile {
    @Override
    public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
      return Placement.within(range, request);
    }

    @Override
    public Consent mmap(MapRequest request, long address) {
      return Consent.ACCEPTED;
    }
  }

  /** A window like that of registers, but not declared as one. */
  private record Data(DeviceWindow registers) implements DeviceWindow {
    @Override
    public long size() {
      return registers.size();
    }

    @Override
    public Optional<MemorySegment> memory() {
      return Optional.empty();
    }

    @Override
    public long load(long offset, int width) {
      return registers.load(offset, width);
    }

    @Override
    public void store(long offset, int width, long value) {
      registers.store(offset, width, value);
    }
  }

  private RegisterWindow registers() {
    return RegisterWindow.of(
        PAGE, Register.readOnly(8, "TEMPERATURE", () -> temperature.getAsInt()));
  }

  private TaskCalls boot(DeviceWindow window) {
    Kernel kernel =
        Machines.kernel(
            binder -> binder.bind(Sanitizer.class).toInstance(sanitizer), new Driver(window));
    Board board = TestBoard.withMebibytes(8).build();
    return new TaskCalls(machines.boot(kernel, board, Profile.DOCUMENT).init());
  }

  private static long map(TaskCalls p) throws ErrnoException {
    return p.map(p.write("/dev/sensor"), PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
  }

  private static MemoryFault faultOf(ThrowingCallable access) {
    return catchThrowableOfType(MemoryFault.class, access);
  }

  @Test
  void accessThatNoRegisterAnswers_isAFaultOfTheProgramWithWords() throws Exception {
    TaskCalls p = boot(registers());
    long address = map(p);
    MemorySegment word = MemorySegment.ofArray(new byte[4]);
    assertThat(faultOf(() -> p.task().load(address, word)))
        .hasMessageContainingAll("sensor", "load of 4 bytes at 0x0", "TEMPERATURE at 0x8")
        .hasMessageNotContaining("PLUGIN-01");
    assertThat(faultOf(() -> p.task().store(address + 8, word)))
        .hasMessageContainingAll("store to register TEMPERATURE", "it can only be loaded")
        .hasMessageNotContaining("PLUGIN-01");
    assertThat(p.bytes(address + 8, 4)).containsExactly(21, 0, 0, 0);
  }

  @Test
  void plugin01_registerThatThrows_isBlamedOnTheDriver() throws Exception {
    TaskCalls p = boot(registers());
    long address = map(p);
    temperature =
        () -> {
          throw new IllegalStateException("frozen");
        };
    assertThat(faultOf(() -> p.task().load(address + 8, MemorySegment.ofArray(new byte[4]))))
        .hasMessageContainingAll(Driver.class.getName(), "load threw", "frozen", "[PLUGIN-01]");
  }

  @Test
  void registersAreMappedOnPurpose_whichTheSanitizerKnows() throws Exception {
    TaskCalls p = boot(registers());
    p.bytes(map(p) + 8, 4);
    assertThat(sanitizer.findings()).isEmpty();
  }

  @Test
  void loadThatIsNotAnsweredByMemory_isAFindingWhereTheWindowIsData() throws Exception {
    TaskCalls p = boot(new Data(registers()));
    p.bytes(map(p) + 8, 4);
    assertThat(sanitizer.findings()).hasSize(1);
  }
}
