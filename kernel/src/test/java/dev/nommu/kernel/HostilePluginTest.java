package dev.nommu.kernel;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Consent;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Placement;
import dev.nommu.api.Profile;
import dev.nommu.api.VmOperations;
import dev.nommu.kernel.board.Probed;
import dev.nommu.kernel.mmap.Rule;
import dev.nommu.kernel.mmap.Trail;
import dev.nommu.kernel.testing.Errnos;
import dev.nommu.kernel.testing.FakeDevice;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plugins that lie, return null and throw: rule PLUGIN-01. Each is named in the error, the machine
 * stays consistent and no page is lost.
 */
final class HostilePluginTest {
  private static final int READ_WRITE = PROT_READ | PROT_WRITE;

  @RegisterExtension final Machines machines = new Machines();

  private final FakeDevice device = new FakeDevice();

  private Machine boot(Profile profile, Object... others) {
    Object[] plugins = new Object[others.length + 1];
    plugins[0] = device;
    System.arraycopy(others, 0, plugins, 1, others.length);
    return machines.boot(TestBoard.withMebibytes(8).build(), profile, plugins);
  }

  private static void assertBlamed(Machine machine, Errnos.Call call) {
    long free = machine.freePages();
    ErrnoException failure = failureOf(call);
    assertThat(failure.errno()).as(failure.getMessage()).isEqualTo(Errno.EIO);
    assertThat(failure)
        .hasMessageContaining("dev.nommu.kernel.testing.FakeDevice")
        .hasMessageContaining("[PLUGIN-01]");
    assertThat(machine.freePages()).isEqualTo(free);
    assertThat(machine.regions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        4096,
        -1,
        -4096,
        Long.MAX_VALUE,
        Long.MAX_VALUE - 4095,
        Long.MIN_VALUE,
        0x8070_0000L
      })
  void plugin01_addressThatIsNotTheDevices_isEio(long address) throws Exception {
    Machine machine = boot(Profile.DOCUMENT);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.write("/dev/fake");
    device.where = request -> Placement.at(address);
    assertBlamed(machine, () -> p.map(file, 2 * PAGE, READ_WRITE, MAP_SHARED));
    assertBlamed(machine, () -> p.map(file, 2 * PAGE, PROT_READ, MAP_PRIVATE));
  }

  @Test
  void plugin01_addressWhoseRangeLeavesTheDevice_isEio() throws Exception {
    Machine machine = boot(Profile.DOCUMENT);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.write("/dev/fake");
    device.where = request -> Placement.at(device.base() + (FakeDevice.PAGES - 1) * PAGE);
    assertBlamed(machine, () -> p.map(file, 2 * PAGE, READ_WRITE, MAP_SHARED));
    device.where = request -> Placement.at(device.base() - 1);
    assertBlamed(machine, () -> p.map(file, PAGE, READ_WRITE, MAP_SHARED));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void plugin01_exceptionOfAnyKind_isEio(Profile profile) throws Exception {
    Machine machine = boot(profile);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.write("/dev/fake");
    device.where =
        request -> {
          throw new IllegalStateException("confused");
        };
    assertBlamed(machine, () -> p.map(file, PAGE, READ_WRITE, MAP_SHARED));
    device.where = request -> Placement.at(device.base());
    device.whether =
        (request, address) -> {
          throw new StackOverflowError();
        };
    assertBlamed(machine, () -> p.map(file, PAGE, READ_WRITE, MAP_SHARED));
    device.info =
        () -> {
          throw new UnsupportedOperationException();
        };
    assertBlamed(machine, () -> p.map(file, PAGE, READ_WRITE, MAP_SHARED));
  }

  @Test
  void plugin01_deviceThatCannotSayWhatItOffers_isHeardOfByTheTrail() throws Exception {
    TaskCalls p = new TaskCalls(boot(Profile.DOCUMENT).init());
    int file = p.write("/dev/fake");
    device.info =
        () -> {
          throw new IllegalStateException("confused");
        };
    List<String> heard = new ArrayList<>();
    Trail trail =
        new Trail() {
          @Override
          public void answered(Rule rule, Object plugin, Object answer) {
            heard.add(rule.id() + " " + ((ErrnoException) answer).errno());
          }
        };
    assertErrno(Errno.EIO, () -> p.task().mmap(0, PAGE, PROT_READ, MAP_SHARED, file, 0, trail));
    assertThat(heard).containsExactly("BDI-02 EIO");
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void plugin01_null_isEio(Profile profile) throws Exception {
    Machine machine = boot(profile);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.write("/dev/fake");
    device.where = request -> null;
    assertBlamed(machine, () -> p.map(file, PAGE, READ_WRITE, MAP_SHARED));
    device.where = request -> Placement.at(device.base());
    device.whether = (request, address) -> null;
    assertBlamed(machine, () -> p.map(file, PAGE, READ_WRITE, MAP_SHARED));
    device.info = () -> null;
    assertBlamed(machine, () -> p.map(file, PAGE, READ_WRITE, MAP_SHARED));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, PAGE + 1, Long.MAX_VALUE, Long.MIN_VALUE})
  void plugin01_countOfReadThatCannotBe_isEio(long count) throws Exception {
    Machine machine = boot(Profile.DOCUMENT);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.write("/dev/fake");
    device.reading = (into, position) -> count;
    assertBlamed(machine, () -> p.map(file, PAGE, READ_WRITE, MAP_PRIVATE));
    assertBlamed(machine, () -> p.task().read(file, MemorySegment.ofArray(new byte[PAGE])));
  }

  @Test
  void plugin01_readThatThrows_leavesNoPageBehind() throws Exception {
    Machine machine = boot(Profile.DOCUMENT);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.write("/dev/fake");
    p.text("/proc/sys/vm/nr_trim_pages", "0");
    device.reading =
        (into, position) -> {
          throw new IndexOutOfBoundsException(1);
        };
    assertBlamed(machine, () -> p.map(file, 5 * PAGE, READ_WRITE, MAP_PRIVATE));
  }

  /** What {@code new byte[Integer.MAX_VALUE]} throws, and others. */
  static List<Error> errors() {
    return List.of(
        new OutOfMemoryError("Requested array size exceeds VM limit"),
        new InternalError("its own"),
        new Error("its own"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void plugin01_errorDuringACopy_isEioAndLosesNoPage(Error error) throws Exception {
    Machine machine = boot(Profile.DOCUMENT);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.write("/dev/fake");
    device.reading =
        (into, position) -> {
          throw error;
        };
    assertBlamed(machine, () -> p.map(file, PAGE, READ_WRITE, MAP_PRIVATE));
    assertThat(machine.mappedCopyPages()).isZero();
  }

  @Test
  void pageOfAMappedFileThatIsGone_isEioWithoutBlameAndLosesNoPage() throws Exception {
    Machine machine = boot(Profile.DOCUMENT);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.write("/dev/fake");
    device.reading =
        (into, position) -> {
          throw new InternalError("a fault occurred in an unsafe memory access operation");
        };
    ErrnoException failure = failureOf(() -> p.map(file, PAGE, READ_WRITE, MAP_PRIVATE));
    assertThat(failure.errno()).isEqualTo(Errno.EIO);
    assertThat(failure)
        .hasMessageContainingAll("FakeDevice", "read", "another program has truncated")
        .hasMessageNotContaining("PLUGIN-01");
    assertThat(machine.mappedCopyPages()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void plugin01_operationsOfAMappingThatAreNull_areRefused(Profile profile) throws Exception {
    Machine machine = boot(profile);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.write("/dev/fake");
    device.whether = (request, address) -> Consent.accepted(null);
    assertBlamed(machine, () -> p.map(file, PAGE, READ_WRITE, MAP_SHARED));
  }

  /** Operations that cannot be compared with any others. */
  private static final class Incomparable implements VmOperations {
    @Override
    public void close(AddressRange mapping) {}

    @Override
    public boolean equals(Object other) {
      throw new IllegalStateException("nobody's business");
    }

    @Override
    public int hashCode() {
      throw new IllegalStateException("nobody's business");
    }
  }

  @Test
  void operationsOfAMapping_areNeverCompared() throws Exception {
    Machine machine = boot(Profile.DOCUMENT);
    TaskCalls p = new TaskCalls(machine.init());
    device.whether = (request, address) -> Consent.accepted(new Incomparable());
    long start = p.map(p.write("/dev/fake"), PAGE, READ_WRITE, MAP_SHARED);
    p.task().munmap(start, PAGE);
    assertThat(p.maps()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void plugin01_closeThatThrows_isLoggedAndTheMappingIsGone(Profile profile) throws Exception {
    Machine machine = boot(profile);
    TaskCalls p = new TaskCalls(machine.init());
    device.whether =
        (request, address) ->
            Consent.accepted(mapping -> {
              throw new IllegalStateException("cannot let go");
            });
    int file = p.write("/dev/fake");
    long start = p.map(file, PAGE, READ_WRITE, MAP_SHARED);
    p.task().munmap(start, PAGE);
    assertThat(p.maps()).isEmpty();
    assertThat(machine.log().lines()).anyMatch(line -> line.contains("cannot let go"));
  }

  /** A driver that takes memory and names and then fails. */
  private record Failing(String name, RuntimeException fault) implements DeviceDriver {
    @Override
    public Set<String> compatible() {
      return Set.of("test,failing");
    }

    @Override
    public void init(DeviceContext context) throws ErrnoException {
      context.pages().allocateRun(8);
      context.registerProcFile("failing", () -> "");
      context.registerCharacterDevice("failing", new DeviceNumber(200, 0), flags -> null);
      throw fault;
    }
  }

  @Test
  void plugin01_driverThatFailsToStart_leavesNothingAndOthersStart() throws Exception {
    Machine machine =
        boot(Profile.DOCUMENT, new Failing("failing", new IllegalStateException("no clue")));
    TaskCalls p = new TaskCalls(machine.init());
    assertThat(machine.nodes())
        .anyMatch(node ->
            node.place().equals("failing")
                && node.outcome() instanceof Probed.Outcome.Failed failed
                && failed.reason().getMessage().contains("no clue"));
    assertErrno(Errno.ENOENT, () -> p.read("/dev/failing"));
    assertErrno(Errno.ENOENT, () -> p.read("/proc/failing"));
    assertThat(p.write("/dev/fake")).isPositive();
  }

  @Test
  void plugin01_deviceThatOpensAsNull_isEio() throws Exception {
    DeviceDriver driver =
        new DeviceDriver() {
          @Override
          public String name() {
            return "nothing";
          }

          @Override
          public Set<String> compatible() {
            return Set.of();
          }

          @Override
          public void init(DeviceContext context) throws ErrnoException {
            context.registerCharacterDevice("nothing", new DeviceNumber(201, 0), flags -> null);
          }
        };
    TaskCalls p = new TaskCalls(boot(Profile.DOCUMENT, driver).init());
    ErrnoException failure = failureOf(() -> p.read("/dev/nothing"));
    assertThat(failure.errno()).isEqualTo(Errno.EIO);
    assertThat(failure).hasMessageContaining("open").hasMessageContaining("[PLUGIN-01]");
  }

  @Test
  void plugin01_capabilitiesThatChange_areAskedForAtEachCall() throws Exception {
    TaskCalls p = new TaskCalls(boot(Profile.DOCUMENT).init());
    int file = p.write("/dev/fake");
    for (int round = 0; round < 3; round++) {
      device.info = () -> Optional.of(BackingDeviceInfo.COPY);
      assertErrno(Errno.ENODEV, () -> p.map(file, PAGE, PROT_READ, MAP_SHARED));
      device.info = () -> Optional.of(BackingDeviceInfo.MEMORY);
      assertThat(p.map(file, PAGE, PROT_READ, MAP_SHARED)).isEqualTo(device.base());
    }
    assertThat(p.maps()).hasSize(3);
  }
}
