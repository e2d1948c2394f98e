package dev.nommu.kernel;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.Consent;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Placement;
import dev.nommu.api.PointedRange;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.testing.FakeDevice;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.PinningDisk;
import dev.nommu.kernel.testing.Shortage;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.romfs.RomfsOptions;
import dev.nommu.romfs.RomfsWriter;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is pointed of a store for a mapping is given back with the mapping, and not before. */
final class PointedRangeTest {
  private static final int READ_WRITE = PROT_READ | PROT_WRITE;

  @RegisterExtension final Machines machines = new Machines();

  private final PinningDisk disk = new PinningDisk();
  private final FakeDevice device = new FakeDevice();
  private final AtomicInteger pinned = new AtomicInteger();
  private final Board board = TestBoard.withMebibytes(8).build();

  private TaskCalls boot(Profile profile) {
    return new TaskCalls(machines.boot(board, profile, disk, device).init());
  }

  private Placement pin(long address) {
    pinned.incrementAndGet();
    return Placement.at(PointedRange.at(address, pinned::decrementAndGet));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void blk05_diskIsPinnedForAsLongAsItIsMapped(Profile profile) throws Exception {
    TaskCalls p = boot(profile);
    int file = p.write("/dev/pinning");
    long first = p.map(file, PAGE, READ_WRITE, MAP_SHARED);
    long second = p.map(file, 2 * PAGE, READ_WRITE, MAP_SHARED, PAGE);
    assertThat(disk.pinned()).isEqualTo(2);
    p.task().munmap(first, PAGE);
    assertThat(disk.pinned()).isEqualTo(1);
    p.task().munmap(second, 2 * PAGE);
    assertThat(disk.pinned()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void share02_sharedMapping_pinsNothingAndKeepsThePin(Profile profile) throws Exception {
    TaskCalls p = boot(profile);
    TaskCalls other = p.other();
    long first = p.map(p.write("/dev/pinning"), 4 * PAGE, READ_WRITE, MAP_SHARED);
    long again = other.map(other.write("/dev/pinning"), PAGE, PROT_READ, MAP_SHARED, PAGE);
    assertThat(disk.points()).isEqualTo(1);
    p.task().munmap(first, 4 * PAGE);
    assertThat(disk.pinned()).isEqualTo(1);
    other.task().munmap(again, PAGE);
    assertThat(disk.pinned()).isZero();
  }

  @Test
  void processThatExits_givesItsPinsBack() throws Exception {
    TaskCalls p = boot(Profile.DOCUMENT).other();
    p.map(p.write("/dev/pinning"), PAGE, READ_WRITE, MAP_SHARED);
    p.task().exit();
    assertThat(disk.points()).isEqualTo(1);
    assertThat(disk.pinned()).isZero();
  }

  @Test
  void taskKilledWhileTheDriverConsents_givesItsPinBack() throws Exception {
    TaskCalls init = boot(Profile.DOCUMENT);
    TaskCalls victim = init.other();
    int file = victim.write("/dev/fake");
    device.where = request -> pin(device.base());
    device.whether =
        (request, address) -> {
          init.task().processes().kill(victim.task().pid(), Signal.SIGKILL);
          return Consent.ACCEPTED;
        };
    victim.map(file, PAGE, READ_WRITE, MAP_SHARED);
    assertThat(device.calls).containsExactly("getUnmappedArea", "mmap");
    assertThat(pinned).hasValue(0);
  }

  @Test
  void plugin01_pinOutsideTheDevice_isGivenBack() throws Exception {
    TaskCalls p = boot(Profile.DOCUMENT);
    int file = p.write("/dev/fake");
    device.where = request -> pin(0x1000);
    assertErrno(Errno.EIO, "PLUGIN-01", () -> p.map(file, PAGE, READ_WRITE, MAP_SHARED));
    assertThat(pinned).hasValue(0);
  }

  @Test
  void dir05_consentThatFails_givesThePinBack() throws Exception {
    TaskCalls p = boot(Profile.DOCUMENT);
    int file = p.write("/dev/fake");
    device.where = request -> pin(device.base());
    device.whether =
        (request, address) -> {
          throw new ErrnoException(Errno.EPERM, "not this one");
        };
    assertErrno(Errno.EPERM, () -> p.map(file, PAGE, READ_WRITE, MAP_SHARED));
    device.whether =
        (request, address) -> {
          throw new IllegalStateException("confused");
        };
    assertErrno(Errno.EIO, () -> p.map(file, PAGE, READ_WRITE, MAP_SHARED));
    assertThat(pinned).hasValue(0);
  }

  @Test
  void dir06_consentThatIsDeclined_givesThePinBackBeforeTheCopy() throws Exception {
    TaskCalls p = boot(Profile.DOCUMENT);
    int file = p.write("/dev/fake");
    device.where = request -> pin(device.base());
    device.whether = (request, address) -> Consent.DECLINED;
    device.reading =
        (into, position) -> {
          assertThat(pinned).hasValue(0);
          return 0;
        };
    p.map(file, PAGE, PROT_READ, MAP_PRIVATE);
    assertThat(device.calls).endsWith("getUnmappedArea", "mmap", "read");
    assertErrno(Errno.ENODEV, () -> p.map(file, PAGE, READ_WRITE, MAP_SHARED));
    assertThat(pinned).hasValue(0);
  }

  @Test
  void copy02_copyForWhichThereIsNoMemory_leavesNothingPinned() throws Exception {
    Shortage shortage = Machines.shortage(board);
    TaskCalls p =
        new TaskCalls(machines.bootWithShortage(board, Profile.DOCUMENT, shortage, device).init());
    int file = p.write("/dev/fake");
    device.where = request -> pin(device.base());
    device.whether = (request, address) -> Consent.DECLINED;
    shortage.after(0);
    assertErrno(Errno.ENOMEM, () -> p.map(file, PAGE, PROT_READ, MAP_PRIVATE));
    shortage.over();
    assertThat(pinned).hasValue(0);
  }

  @Test
  void plugin01_unpointThatThrows_isLoggedAndTheMappingIsGone() throws Exception {
    Machine machine = machines.boot(board, Profile.DOCUMENT, device);
    TaskCalls p = new TaskCalls(machine.init());
    device.where =
        request ->
            Placement.at(
                PointedRange.at(
                    device.base(),
                    () -> {
                      throw new IllegalStateException("stuck");
                    }));
    long address = p.map(p.write("/dev/fake"), PAGE, READ_WRITE, MAP_SHARED);
    p.task().munmap(address, PAGE);
    assertThat(p.maps()).isEmpty();
    assertThat(machine.log().lines())
        .anyMatch(line -> line.contains("FakeDevice") && line.contains("stuck"));
  }

  @Test
  void plugin01_placementWithoutARange_isEio() throws Exception {
    TaskCalls p = boot(Profile.DOCUMENT);
    int file = p.write("/dev/fake");
    device.where = request -> Placement.at(nothing());
    assertThat(failureOf(() -> p.map(file, PAGE, READ_WRITE, MAP_SHARED)))
        .hasMessageContaining("FakeDevice");
  }

  @SuppressWarnings("NullAway") // what a plugin without such a check may do
  private static PointedRange nothing() {
    return null;
  }

  @Test
  void romfs05_fileIsPinnedForAsLongAsItIsMapped_alsoWhenUmountIsRefused() throws Exception {
    TaskCalls p = boot(Profile.DOCUMENT);
    p.task().pwrite(p.write("/dev/pinning"), MemorySegment.ofArray(image()), 0);
    p.task().tree().mount("/dev/pinning", "/mnt", "romfs", 0, "");
    int file = p.read("/mnt/file");
    long address = p.map(file, PAGE, PROT_READ, MAP_SHARED);
    p.task().close(file);
    assertErrno(Errno.EBUSY, () -> p.task().tree().umount("/mnt"));
    assertThat(disk.pinned()).isEqualTo(1);
    p.task().munmap(address, PAGE);
    assertThat(disk.pinned()).isZero();
    p.task().tree().umount("/mnt");
    assertThat(disk.points()).isEqualTo(1);
  }

  private static byte[] image() throws Exception {
    Path root = Jimfs.newFileSystem(Configuration.unix()).getPath("/work");
    Files.createDirectories(root.resolve("tree"));
    Files.write(root.resolve("tree/file"), TaskCalls.pattern(PAGE));
    RomfsWriter.write(root.resolve("tree"), root.resolve("image"), RomfsOptions.DEFAULT);
    return Files.readAllBytes(root.resolve("image"));
  }
}
