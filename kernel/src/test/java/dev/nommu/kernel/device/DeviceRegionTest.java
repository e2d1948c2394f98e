package dev.nommu.kernel.device;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceFile.Kind;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DeviceRegion;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.NewInode;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ranges of device numbers: their owners, the text of /proc, and numbers without a device. */
final class DeviceRegionTest {
  private static final DeviceRegion CARDS =
      new DeviceRegion(Kind.CHARACTER, "cards", new DeviceNumber(250, 4), 4, Errno.ENODEV);

  @RegisterExtension final Machines machines = new Machines();

  /** Registers regions, and one device in none of them. */
  private record RegionDriver(String name, List<DeviceRegion> regions) implements DeviceDriver {
    @Override
    public Set<String> compatible() {
      return Set.of();
    }

    @Override
    public void init(DeviceContext context) throws ErrnoException {
      context.registerCharacterDevice(name, new DeviceNumber(251, name.length()), flags -> null);
      for (DeviceRegion region : regions) {
        context.registerRegion(region);
      }
    }
  }

  private Machine boot(DeviceDriver... drivers) {
    return machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, (Object[]) drivers);
  }

  private static void assertOpenFails(Errno errno, Machine machine, int minor) throws Exception {
    TaskCalls p = new TaskCalls(machine.init());
    String path = "/tmp/card" + minor;
    p.task()
        .tree()
        .create(path, NewInode.deviceFile(0600, Kind.CHARACTER, new DeviceNumber(250, minor)));
    assertErrno(errno, () -> p.read(path));
  }

  @Test
  void minorWithoutDevice_failsAsItsRegionSays() throws Exception {
    Machine machine = boot(new RegionDriver("cards", List.of(CARDS)));
    for (int minor : new int[] {4, 7}) {
      assertOpenFails(Errno.ENODEV, machine, minor);
    }
  }

  @Test
  void minorOutsideAllRegions_isEnxio() throws Exception {
    Machine machine = boot(new RegionDriver("cards", List.of(CARDS)));
    for (int minor : new int[] {3, 8}) {
      assertOpenFails(Errno.ENXIO, machine, minor);
    }
  }

  @Test
  void procDevices_listsRegionsAndDriversOfDevicesOutsideThem() throws Exception {
    DeviceRegion disks = DeviceRegion.ofMajor(Kind.BLOCK, "disks", 250, Errno.ENXIO);
    Machine machine = boot(new RegionDriver("driver", List.of(CARDS, disks)));
    assertThat(new TaskCalls(machine.init()).text("/proc/devices"))
        .contains("\n  5 /dev/console\n", "\n250 cards\n251 driver\n\nBlock devices:\n")
        .containsOnlyOnce("\n250 disks\n");
  }

  @Test
  void regionThatOverlapsAnother_failsAndNothingOfItsDriverStays() throws Exception {
    DeviceRegion overlapping =
        new DeviceRegion(Kind.CHARACTER, "late", new DeviceNumber(250, 7), 1, Errno.ENXIO);
    Machine machine =
        boot(
            new RegionDriver("cards", List.of(CARDS)),
            new RegionDriver("late", List.of(overlapping)));
    assertThat(machine.nodes())
        .anySatisfy(probed -> {
          assertThat(probed.place()).isEqualTo("late");
          assertThat(probed.outcome().toString())
              .contains("late, CHARACTER devices 250:7 to 250:7", "cards, CHARACTER devices 250:4");
        });
    assertThat(new TaskCalls(machine.init()).text("/proc/devices")).doesNotContain("late");
    assertErrno(Errno.ENOENT, () -> new TaskCalls(machine.init()).read("/dev/late"));
  }

  @Test
  void regionsSideBySide_areBothThere() throws Exception {
    DeviceRegion beside =
        new DeviceRegion(Kind.CHARACTER, "beside", new DeviceNumber(250, 8), 1, Errno.ENODEV);
    Machine machine = boot(new RegionDriver("both", List.of(CARDS, beside)));
    assertThat(new TaskCalls(machine.init()).text("/proc/devices"))
        .contains("\n250 cards\n250 beside\n");
    assertOpenFails(Errno.ENODEV, machine, 8);
  }
}
