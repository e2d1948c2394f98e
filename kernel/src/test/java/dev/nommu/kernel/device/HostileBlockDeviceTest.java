package dev.nommu.kernel.device;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.BackingStore;
import dev.nommu.api.BlockDevice;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PointedRange;
import dev.nommu.api.Profile;
import dev.nommu.api.UserMemory;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Probed.Outcome;
import dev.nommu.kernel.testing.Errnos;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Block devices that misbehave: the device is named, not the kernel's file or a file system. */
final class HostileBlockDeviceTest {
  @RegisterExtension final Machines machines = new Machines();

  private final Disk disk = new Disk();

  /** A disk that behaves as set by a test. */
  private static final class Disk implements BlockDevice {
    long size = 0x2000;
    Supplier<BackingDeviceInfo> info = () -> BackingDeviceInfo.MEMORY;
    Supplier<Optional<PointedRange>> place = Optional::empty;
    Supplier<BackingStore> mountStore = () -> this;
    Runnable reading = () -> {};
    long ioctl;
    boolean comparable = true;

    @Override
    public long size() {
      return size;
    }

    @Override
    public BackingDeviceInfo backingDeviceInfo() {
      return info.get();
    }

    @Override
    public void read(MemorySegment into, long offset) {
      reading.run();
    }

    @Override
    public Optional<PointedRange> point(long offset, long length) {
      return place.get();
    }

    @Override
    public BackingStore mountStore() {
      return mountStore.get();
    }

    @Override
    public long ioctl(int command, long argument, UserMemory memory) {
      return ioctl;
    }

    @Override
    public boolean equals(Object other) {
      return compare() && this == other;
    }

    @Override
    public int hashCode() {
      return compare() ? 1 : 0;
    }

    private boolean compare() {
      if (!comparable) {
        throw new IllegalStateException("incomparable");
      }
      return true;
    }
  }

  private record Driver(Disk disk, Supplier<String> text) implements DeviceDriver {
    @Override
    public String name() {
      return "disks";
    }

    @Override
    public Set<String> compatible() {
      return Set.of();
    }

    @Override
    public void init(DeviceContext context) throws ErrnoException {
      context.registerBlockDevice("disk", new DeviceNumber(200, 0), disk);
      context.registerProcFile("disks", text);
    }
  }

  private Machine boot(Supplier<String> text) {
    Object driver = new Driver(disk, text);
    return machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, driver);
  }

  private TaskCalls boot() {
    return new TaskCalls(boot(() -> "disk").init());
  }

  private static void assertBlamed(String operation, Errnos.Call call) {
    ErrnoException failure = failureOf(call);
    assertThat(failure.errno()).as(failure.getMessage()).isEqualTo(Errno.EIO);
    assertThat(failure)
        .hasMessageContaining("plugin " + Disk.class.getName() + ": " + operation)
        .hasMessageContaining("[PLUGIN-01]");
  }

  @Test
  void plugin01_placeThatIsNotTheDisks_blamesItsPoint() throws Exception {
    TaskCalls p = boot();
    int file = p.read("/dev/disk");
    disk.place = () -> Optional.of(PointedRange.at(0x8000_0000L));
    assertBlamed("point: expected an address", () -> p.map(file, 0x1000, PROT_READ, MAP_SHARED));
    disk.place = () -> null;
    assertBlamed("point: it returned null", () -> p.map(file, 0x1000, PROT_READ, MAP_SHARED));
    disk.place =
        () -> {
          throw new IllegalStateException("jammed");
        };
    assertBlamed("point threw", () -> p.map(file, 0x1000, PROT_READ, MAP_SHARED));
  }

  @Test
  void dir04_diskThatDeclines_isNamedWithItsOwnClass() throws Exception {
    TaskCalls p = boot();
    int file = p.read("/dev/disk");
    assertThat(failureOf(() -> p.map(file, 0x1000, PROT_READ, MAP_SHARED)))
        .hasMessageContaining("the driver " + Disk.class.getName() + " declined");
  }

  @Test
  void plugin01_whatADiskThrowsOrAnswersInACall_isBlamedOnIt() throws Exception {
    TaskCalls p = boot();
    int file = p.read("/dev/disk");
    disk.reading =
        () -> {
          throw new OutOfMemoryError("Requested array size exceeds VM limit");
        };
    assertBlamed("read threw", () -> p.content(file, 16));
    disk.ioctl = -5;
    assertBlamed("ioctl: expected 0 or more, found -5", () -> p.task().ioctl(file, 1, 0));
  }

  @Test
  void plugin01_diskUnderAFileSystem_isBlamedAndNotTheFileSystem() {
    TaskCalls p = boot();
    disk.reading =
        () -> {
          throw new IllegalStateException("jammed");
        };
    for (String type : new String[] {"romfs", "cramfs"}) {
      assertBlamed("read threw", () -> p.task().tree().mount("/dev/disk", "/mnt", type, 1, ""));
    }
  }

  @Test
  void plugin01_diskThatCannotBeCompared_isOpenedAndMountedAllTheSame() throws Exception {
    TaskCalls p = boot();
    disk.comparable = false;
    int file = p.read("/dev/disk");
    int again = p.read("/dev/disk");
    p.task().close(file);
    p.task().close(again);
    assertThat(failureOf(() -> p.task().tree().mount("/dev/disk", "/mnt", "romfs", 1, "")).errno())
        .isEqualTo(Errno.EINVAL);
  }

  private void assertNotSetUp(String operation, Consumer<Disk> lie) {
    Disk liar = new Disk();
    lie.accept(liar);
    Object driver = new Driver(liar, () -> "");
    Machine machine = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, driver);
    assertThat(machine.nodes())
        .filteredOn(node -> node.place().equals("disks"))
        .singleElement()
        .satisfies(node ->
            assertThat(((Outcome.Failed) node.outcome()).reason())
                .hasMessageContaining("plugin " + Disk.class.getName() + ": " + operation));
    assertThat(machine.devices()).noneMatch(device -> device.name().equals("disk"));
  }

  @Test
  void plugin01_diskThatCannotSayWhatItIs_isLeftOut() {
    assertNotSetUp("size: expected 0 or more, found -5", liar -> liar.size = -5);
    assertNotSetUp("backingDeviceInfo: it returned null", liar -> liar.info = () -> null);
    assertNotSetUp("mountStore: it returned null", liar -> liar.mountStore = () -> null);
  }

  @Test
  void plugin01_textOfAFileInProc_isBlamedOnItsDriver() {
    for (Supplier<String> text :
        List.<Supplier<String>>of(
            () -> null,
            () -> {
              throw new IllegalStateException("no text");
            })) {
      TaskCalls p = new TaskCalls(boot(text).init());
      ErrnoException failure = failureOf(() -> p.text("/proc/disks"));
      assertThat(failure.errno()).isEqualTo(Errno.EIO);
      assertThat(failure)
          .hasMessageContaining("plugin " + getClass().getName() + ": text of /proc/disks");
    }
  }
}
