package dev.nommu.kernel.device;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.api.Profile;
import dev.nommu.chardevfb.BitField;
import dev.nommu.chardevfb.FixedScreenInfo;
import dev.nommu.chardevfb.FrameBufferDevice;
import dev.nommu.chardevfb.FrameBufferDeviceDriver;
import dev.nommu.chardevfb.FrameMemory;
import dev.nommu.chardevfb.PanSteps;
import dev.nommu.chardevfb.PixelFormat;
import dev.nommu.chardevfb.ScreenGeometry;
import dev.nommu.chardevfb.VariableScreenInfo;
import dev.nommu.chardevfb.Visual;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Probed.Outcome;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.kernel.testing.Errnos;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Frame buffer drivers that misbehave, below the core of the frame buffers. */
public final class HostileScreenTest {
  /** The behaviour of the screen below; reset before each test. */
  private static Lie lie = Lie.NONE;

  private enum Lie {
    NONE,
    FIXED_THROWS,
    FIXED_NULL,
    INFO_THROWS,
    INFO_NULL,
    PLACE_WRONG,
    PLACE_THROWS,
    PLACE_NULL,
    COLOURS_HUGE,
    COLOURS_NEGATIVE,
    PROBE_THROWS,
    PROBE_NULL,
    CLOSE_THROWS
  }

  @RegisterExtension final Machines machines = new Machines();
  @TempDir Path directory;

  private ClassLoader loader = HostileScreenTest.class.getClassLoader();

  /** A driver that fails to return its name. */
  public static final class Nameless implements FrameBufferDeviceDriver {
    @Override
    public String name() {
      throw new IllegalStateException("no name");
    }

    @Override
    public Set<String> compatible() {
      return Set.of();
    }
  }

  /** A driver that cannot be created. */
  public static final class Unmade implements FrameBufferDeviceDriver {
    /** Fails. */
    public Unmade() {
      throw new IllegalStateException("not today");
    }

    @Override
    public String name() {
      return "unmade";
    }

    @Override
    public Set<String> compatible() {
      return Set.of();
    }
  }

  /** A driver that holds something until the machine ends. */
  public static final class Holding implements FrameBufferDeviceDriver {
    private static final List<String> CLOSED = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
      return "holding";
    }

    @Override
    public Set<String> compatible() {
      return Set.of();
    }

    @Override
    public void close() {
      CLOSED.add(name());
    }
  }

  /** A driver with the name of another. */
  public static final class Second implements FrameBufferDeviceDriver {
    @Override
    public String name() {
      return "holding";
    }

    @Override
    public Set<String> compatible() {
      return Set.of("test,second");
    }
  }

  /** A driver of screens that lie. */
  public static final class Lying implements FrameBufferDeviceDriver {
    @Override
    public String name() {
      return "lying";
    }

    @Override
    public Set<String> compatible() {
      return Set.of("test,screen");
    }

    @Override
    @SuppressWarnings("NullAway") // the point of it
    public FrameBufferDevice probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
      AddressRange range = node.reg().getFirst();
      return switch (lie) {
        case PROBE_NULL -> null;
        case PROBE_THROWS -> throw new InternalError("dark");
        default -> new Screen(new FrameMemory(range, context.claimMemory(range)));
      };
    }

    @Override
    public void close() {
      if (lie == Lie.CLOSE_THROWS) {
        throw new IllegalStateException("stuck");
      }
    }
  }

  private record Screen(FrameMemory memory) implements FrameBufferDevice {
    @Override
    @SuppressWarnings("NullAway")
    public FixedScreenInfo fixed() {
      return switch (lie) {
        case FIXED_NULL -> null;
        case FIXED_THROWS -> throw new IllegalStateException("dark");
        default ->
            new FixedScreenInfo("lying", memory.range(), Visual.TRUECOLOR, PanSteps.NONE, 64);
      };
    }

    @Override
    public VariableScreenInfo initialMode() {
      PixelFormat grey =
          PixelFormat.of(8, BitField.NONE, BitField.NONE, BitField.NONE, BitField.NONE);
      return VariableScreenInfo.of(new ScreenGeometry(16, 16, 64, 64, 0, 0), grey);
    }

    @Override
    public int colourMapLength() {
      return switch (lie) {
        case COLOURS_HUGE -> Integer.MAX_VALUE;
        case COLOURS_NEGATIVE -> -1;
        default -> 0;
      };
    }

    @Override
    @SuppressWarnings({"NullAway", "OptionalAssignedToNull"})
    public Optional<BackingDeviceInfo> backingDeviceInfo() {
      return switch (lie) {
        case INFO_NULL -> null;
        case INFO_THROWS -> throw new IllegalStateException("dark");
        default -> Optional.of(BackingDeviceInfo.MEMORY);
      };
    }

    @Override
    @SuppressWarnings("NullAway")
    public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
      return switch (lie) {
        case PLACE_NULL -> null;
        case PLACE_THROWS -> throw new OutOfMemoryError("Requested array size exceeds VM limit");
        case PLACE_WRONG -> Placement.at(0x8000_0000L);
        default -> memory.place(request);
      };
    }
  }

  @BeforeEach
  void provideDrivers() throws Exception {
    lie = Lie.NONE;
    Holding.CLOSED.clear();
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(FrameBufferDeviceDriver.class.getName()),
        String.join(
            "\n",
            Nameless.class.getName(),
            Unmade.class.getName(),
            Holding.class.getName(),
            Second.class.getName(),
            Lying.class.getName(),
            "no.such.Driver"));
    loader = new URLClassLoader(new URL[] {directory.toUri().toURL()}, loader);
  }

  private Machine boot() {
    return machines.boot(
        Kernel.of(PluginPath.of(loader)),
        TestBoard.withMebibytes(8)
            .node(
                """
                screen@30000000 { compatible = "test,screen"; reg = <0 0x30000000 0 0x1000>; };
                """)
            .build(),
        Profile.DOCUMENT);
  }

  @Test
  void plugin01_screenDriverThatCannotSayWhatItIs_isNamedAndTheBoardBoots() throws Exception {
    Machine machine = boot();
    assertThat(new TaskCalls(machine.init()).read("/dev/fb0")).isPositive();
    for (String broken : new String[] {Nameless.class.getName(), Unmade.class.getName()}) {
      assertThat(machine.log().lines())
          .as(broken)
          .anyMatch(line -> line.startsWith("fb: ") && line.contains(broken));
    }
    assertThat(machine.log().lines()).anyMatch(line -> line.contains("no.such.Driver"));
  }

  @Test
  void screenDriverWithANameThatIsTaken_isNotUsed_andBothAreNamed() {
    assertThat(boot().log().lines())
        .contains(
            "fb: frame buffer driver %s: not used: the name \"holding\" is already used by %s"
                .formatted(Second.class.getName(), Holding.class.getName()));
  }

  private void assertBlamed(Lie told, String operation, Errnos.Call call) {
    lie = told;
    ErrnoException failure = failureOf(call);
    lie = Lie.NONE;
    assertThat(failure.errno()).as(failure.getMessage()).isEqualTo(Errno.EIO);
    assertThat(failure)
        .hasMessageContaining("plugin " + Screen.class.getName() + ": " + operation)
        .hasMessageContaining("[PLUGIN-01]");
  }

  @Test
  void plugin01_screenThatLies_isBlamedAndNotTheCore() throws Exception {
    TaskCalls p = new TaskCalls(boot().init());
    int file = p.write("/dev/fb0");
    Errnos.Call map = () -> p.map(file, PAGE, PROT_READ, MAP_SHARED);
    assertBlamed(Lie.INFO_NULL, "backingDeviceInfo: it returned null", map);
    assertBlamed(Lie.INFO_THROWS, "backingDeviceInfo threw", map);
    assertBlamed(Lie.PLACE_NULL, "getUnmappedArea: it returned null", map);
    assertBlamed(Lie.PLACE_THROWS, "getUnmappedArea threw", map);
    assertBlamed(Lie.PLACE_WRONG, "getUnmappedArea of /dev/fb0: expected an address", map);
    assertBlamed(Lie.FIXED_THROWS, "fixed threw", () -> p.text("/proc/fb"));
    assertBlamed(
        Lie.FIXED_NULL,
        "fixed: it returned null",
        () -> p.task().ioctl(file, 0x4602, p.anonymous(PAGE)));
    assertThat(p.map(file, PAGE, PROT_READ, MAP_PRIVATE)).isEqualTo(0x3000_0000L);
  }

  private void assertNotSetUp(Lie told, Class<?> author, String what) {
    lie = told;
    Machine machine = boot();
    assertThat(machine.nodes())
        .filteredOn(node -> node.place().equals("/screen@30000000"))
        .singleElement()
        .satisfies(node ->
            assertThat(((Outcome.Failed) node.outcome()).reason())
                .hasMessageContaining("plugin " + author.getName() + ": " + what));
    assertThat(machine.memory().bankAt(0x3000_0000L)).isEmpty();
  }

  @Test
  void plugin01_screenThatCannotBeSetUp_isLeftOutWithWords() {
    assertNotSetUp(
        Lie.COLOURS_HUGE, Screen.class, "colourMapLength: expected 0 to 65536 colours, found");
    assertNotSetUp(Lie.COLOURS_NEGATIVE, Screen.class, "colourMapLength: expected");
    assertNotSetUp(Lie.PROBE_NULL, Lying.class, "probe: it returned null");
    assertNotSetUp(Lie.PROBE_THROWS, Lying.class, "probe threw java.lang.InternalError: dark");
  }

  @Test
  void endOfTheMachine_closesTheDriversBelowTheCore() {
    boot().close();
    assertThat(Holding.CLOSED).containsExactly("holding");
  }

  @Test
  void plugin01_driverThatThrowsInClose_isNamedAndTheOthersAreClosed() {
    Machine machine = boot();
    lie = Lie.CLOSE_THROWS;
    machine.close();
    assertThat(machine.log().lines())
        .anyMatch(line -> line.contains(Lying.class.getName()) && line.contains("close threw"));
    assertThat(Holding.CLOSED).containsExactly("holding");
  }
}
