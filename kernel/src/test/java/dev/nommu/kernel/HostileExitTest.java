package dev.nommu.kernel;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Consent;
import dev.nommu.api.ControllableFile;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Directory;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.MountRequest;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.api.UserMemory;
import dev.nommu.api.WritableFile;
import dev.nommu.kernel.plugin.Unwinding;
import dev.nommu.kernel.testing.FakeDevice;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.kernel.testing.WatchedMemory;
import java.io.Serial;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plugins whose errors come when something ends: everything else is let go of all the same. */
final class HostileExitTest {
  @RegisterExtension final Machines machines = new Machines();

  private final FakeDevice device = new FakeDevice();
  private final Closing closing = new Closing();

  /** A device whose files throw an error when they are closed, and lie otherwise as told. */
  private static final class Closing implements DeviceDriver {
    final List<File> closed = new ArrayList<>();
    long answer;

    @Override
    public String name() {
      return "closing";
    }

    @Override
    public Set<String> compatible() {
      return Set.of();
    }

    @Override
    public void init(DeviceContext context) throws ErrnoException {
      context.registerCharacterDevice("closing", new DeviceNumber(241, 0), this::open);
    }

    private File open(OpenFlags flags) {
      return new File(this);
    }
  }

  private record File(Closing device) implements WritableFile, ControllableFile {
    @Override
    public long write(MemorySegment from, long position) {
      return device.answer;
    }

    @Override
    public long ioctl(int command, long argument, UserMemory memory) {
      return device.answer;
    }

    @Override
    public void close() {
      device.closed.add(this);
      throw new InternalError("cannot let go");
    }
  }

  private Machine boot(Profile profile) {
    return machines.boot(TestBoard.withMebibytes(8).build(), profile, device, closing);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void plugin01_processWhoseFilesAndMappingsThrowErrors_letsGoOfAll(Profile profile)
      throws Exception {
    Machine machine = boot(profile);
    machine.init().tree().mount("none", "/mnt", "ramfs", 0, "");
    long free = machine.freePages();
    device.whether =
        (request, address) ->
            Consent.accepted(mapping -> {
              throw new InternalError("cannot let go");
            });
    TaskCalls child = new TaskCalls(machine.init()).other();
    child.map(child.write("/dev/fake"), PAGE, PROT_READ, MAP_SHARED);
    for (int i = 0; i < 5; i++) {
      child.write("/dev/closing");
    }
    child.anonymous(3 * PAGE);
    child.file("/mnt/file", new byte[0]);
    child.task().exit();
    assertThat(closing.closed).hasSize(5);
    assertThat(machine.freePages()).isEqualTo(free);
    machine.init().tree().umount("/mnt");
    assertThat(machine.log().lines())
        .filteredOn(line -> line.contains("cannot let go"))
        .hasSize(6)
        .anyMatch(line -> line.contains(File.class.getName()))
        .anyMatch(line -> line.contains(getClass().getName() + ": close"));
  }

  /** As a program that is killed in a driver does. */
  private static final class Leaving extends Unwinding {
    @Serial private static final long serialVersionUID = 1L;

    Leaving() {
      super("leaves the driver");
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void plugin01_mappingThatIsLeftInTheMiddle_doesNotKeepTheOthers(Profile profile)
      throws Exception {
    Machine machine = boot(profile);
    long free = machine.freePages();
    device.whether =
        (request, address) ->
            Consent.accepted(mapping -> {
              throw new Leaving();
            });
    TaskCalls child = new TaskCalls(machine.init()).other();
    int file = child.write("/dev/fake");
    child.map(file, PAGE, PROT_READ, MAP_SHARED);
    child.map(file, PAGE, PROT_READ, MAP_SHARED, PAGE);
    child.anonymous(3 * PAGE);
    assertThatThrownBy(() -> child.task().exit()).isInstanceOf(Leaving.class);
    assertThat(machine.freePages()).isEqualTo(free);
    assertThat(machine.regions()).isEmpty();
  }

  @Test
  void plugin01_numbersOfCallsThatCannotBe_areEio() throws Exception {
    TaskCalls p = new TaskCalls(boot(Profile.DOCUMENT).init());
    int file = p.write("/dev/closing");
    for (long lie : new long[] {-5, Long.MIN_VALUE}) {
      closing.answer = lie;
      assertBlamed("ioctl: expected 0 or more, found " + lie, () -> p.task().ioctl(file, 1, 0));
    }
    MemorySegment bytes = MemorySegment.ofArray(new byte[8]);
    for (long lie : new long[] {0, -1, 9}) {
      closing.answer = lie;
      assertBlamed("write: expected 1 to 8, found " + lie, () -> p.task().write(file, bytes));
    }
  }

  private static void assertBlamed(String what, dev.nommu.kernel.testing.Errnos.Call call) {
    ErrnoException failure = failureOf(call);
    assertThat(failure.errno()).isEqualTo(Errno.EIO);
    assertThat(failure).hasMessageContaining("plugin " + File.class.getName() + ": " + what);
  }

  /** A file system that cannot be closed. */
  private record Unclosable(FileSystemType inner) implements FileSystemType {
    @Override
    public String name() {
      return "unclosable";
    }

    @Override
    public Source source() {
      return Source.NODEV;
    }

    @Override
    public FileSystem mount(MountRequest request) throws ErrnoException {
      FileSystem shown = inner.mount(request);
      return new FileSystem() {
        @Override
        public Directory root() {
          return shown.root();
        }

        @Override
        public Statistics statistics() {
          return shown.statistics();
        }

        @Override
        public void close() {
          throw new InternalError("cannot be closed");
        }
      };
    }
  }

  private static FileSystemType ramfs() {
    return java.util.ServiceLoader.load(FileSystemType.class).stream()
        .map(java.util.ServiceLoader.Provider::get)
        .filter(type -> type.name().equals("ramfs"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void plugin01_fileSystemThatCannotBeClosed_doesNotKeepTheMemoryOfTheMachine() throws Exception {
    WatchedMemory memory = new WatchedMemory();
    Machine machine =
        machines.boot(
            Machines.kernel(memory, new Unclosable(ramfs())),
            TestBoard.withMebibytes(8).build(),
            Profile.DOCUMENT);
    machine.init().tree().mount("none", "/mnt", "unclosable", 0, "");
    machine.close();
    assertThat(memory.made()).isOne();
    assertThat(memory.kept()).isZero();
    assertThat(machine.log().lines())
        .anyMatch(line -> line.contains("cannot be closed") && line.contains("PLUGIN-01"));
  }
}
