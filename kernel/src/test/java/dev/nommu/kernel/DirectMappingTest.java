package dev.nommu.kernel;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_EXEC;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Consent;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.api.Profile;
import dev.nommu.api.Protection;
import dev.nommu.api.Sharing;
import dev.nommu.kernel.mmap.RegionKind;
import dev.nommu.kernel.testing.FakeDevice;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.ReadOnlyMemoryDriver;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a driver is asked for a mapping in place, and what its answers lead to: section DIR. */
final class DirectMappingTest {
  @RegisterExtension final Machines machines = new Machines();

  private final FakeDevice device = new FakeDevice();

  private TaskCalls init(Profile profile) {
    return new TaskCalls(machines.boot(TestBoard.withMebibytes(8).build(), profile, device).init());
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void dir01_driver_isAskedWithOffsetAndWholePages(Profile profile) throws Exception {
    List<MapRequest> asked = new ArrayList<>();
    TaskCalls p = init(profile);
    device.where =
        request -> {
          asked.add(request);
          return Placement.at(device.base() + request.offset());
        };
    p.map(p.write("/dev/fake"), PAGE + 1, PROT_READ | PROT_EXEC, MAP_SHARED, 2 * PAGE);
    assertThat(asked)
        .containsExactly(
            MapRequest.of(
                2 * PAGE, 2 * PAGE, Set.of(Protection.READ, Protection.EXEC), Sharing.SHARED));
    assertThat(device.calls).containsExactly("getUnmappedArea", "mmap");
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void dir02_mapping_liesWhereTheDriverSaysAlsoUnaligned(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    device.where = request -> Placement.at(device.base() + 20);
    long start = p.map(p.read("/dev/fake"), 2 * PAGE, PROT_READ, MAP_PRIVATE);
    assertThat(start).isEqualTo(device.base() + 20);
    assertThat(p.maps())
        .singleElement()
        .asString()
        .startsWith("%08x-%08x r--p".formatted(start, start + 2 * PAGE));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void dir03_errorOfTheDriver_isTheErrorOfTheCallAndNothingIsCopied(Profile profile)
      throws Exception {
    TaskCalls p = init(profile);
    int file = p.write("/dev/fake");
    for (Errno errno : List.of(Errno.EINVAL, Errno.EAGAIN, Errno.EPERM, Errno.ENOMEM)) {
      device.where =
          request -> {
            throw new ErrnoException(errno, "not this");
          };
      assertErrno(errno, () -> p.map(file, PAGE, PROT_READ, MAP_SHARED));
      assertErrno(errno, () -> p.map(file, PAGE, PROT_READ, MAP_PRIVATE));
    }
    assertThat(device.calls).containsOnly("getUnmappedArea");
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void dir04_sharedMappingWithoutAPlace_isEnodev(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    device.where = request -> Placement.DECLINED;
    int file = p.write("/dev/fake");
    assertErrno(Errno.ENODEV, "DIR-04", () -> p.map(file, PAGE, PROT_READ, MAP_SHARED));
    assertThat(device.calls).containsExactly("getUnmappedArea");
  }

  @Test
  void dir04_privateMappingWithoutAPlace_isCopiedIfCopyIsPermitted() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    device.where = request -> Placement.DECLINED;
    p.store(device.base(), "to be copied");
    long start = p.map(p.write("/dev/fake"), PAGE, PROT_READ, MAP_PRIVATE);
    assertThat(start).isNotEqualTo(device.base());
    assertThat(p.bytes(start, PAGE)).isEqualTo(p.bytes(device.base(), PAGE));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void dir04_enosysThatIsThrown_isTheSameAsDeclined(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    device.where =
        request -> {
          throw new ErrnoException(Errno.ENOSYS, "not me");
        };
    int file = p.write("/dev/fake");
    assertErrno(Errno.ENODEV, "DIR-04", () -> p.map(file, PAGE, PROT_READ, MAP_SHARED));
    assertIsCopyOrRefusedAsOne(profile, p, file);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void dir06_enosysThatMmapThrows_isTheSameAsDeclined(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    device.whether =
        (request, address) -> {
          throw new ErrnoException(Errno.ENOSYS, "not me");
        };
    int file = p.write("/dev/fake");
    assertErrno(Errno.ENODEV, "DIR-05", () -> p.map(file, PAGE, PROT_READ, MAP_SHARED));
    assertIsCopyOrRefusedAsOne(profile, p, file);
  }

  /** Linux 6.12 refuses to copy a character device, but only after it tried to (COPY-05). */
  private void assertIsCopyOrRefusedAsOne(Profile profile, TaskCalls p, int file) throws Exception {
    if (profile == Profile.LINUX_6_12) {
      assertErrno(Errno.EINVAL, "COPY-05", () -> p.map(file, PAGE, PROT_READ, MAP_PRIVATE));
      return;
    }
    long start = p.map(file, PAGE, PROT_READ, MAP_PRIVATE);
    assertThat(start).isNotEqualTo(device.base());
    assertThat(p.bytes(start, PAGE)).isEqualTo(p.bytes(device.base(), PAGE));
  }

  @Test
  void dir04_privateMappingWithoutAPlace_isRejectedIfCopyIsNotPermitted() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    device.info = () -> Optional.of(BackingDeviceInfo.DIRECT_READ_WRITE);
    device.where = request -> Placement.DECLINED;
    int file = p.write("/dev/fake");
    assertErrno(Errno.ENODEV, "DIR-04", () -> p.map(file, PAGE, PROT_READ, MAP_PRIVATE));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void dir05_mmapThatDeclinesASharedMapping_isEnodev(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    device.whether = (request, address) -> Consent.DECLINED;
    int file = p.write("/dev/fake");
    assertErrno(
        Errno.ENODEV, "DIR-05", () -> p.map(file, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED));
    assertThat(device.calls).containsExactly("getUnmappedArea", "mmap");
  }

  @Test
  void dir06_mmapThatDeclinesAPrivateMapping_leadsToACopy() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    device.whether = (request, address) -> Consent.DECLINED;
    long start = p.map(p.write("/dev/fake"), PAGE, PROT_READ, MAP_PRIVATE);
    assertThat(p.task().mapping(start).orElseThrow().region().kind()).isEqualTo(RegionKind.COPY);
    assertThat(device.calls).containsExactly("getUnmappedArea", "mmap", "read");
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void dir06_errorOfMmap_isTheErrorOfTheCallAndNothingIsCopied(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    device.whether =
        (request, address) -> {
          throw new ErrnoException(Errno.EAGAIN, "busy");
        };
    int file = p.write("/dev/fake");
    assertErrno(Errno.EAGAIN, () -> p.map(file, PAGE, PROT_READ, MAP_PRIVATE));
    assertErrno(Errno.EAGAIN, () -> p.map(file, PAGE, PROT_READ, MAP_SHARED));
    assertThat(device.calls).doesNotContain("read");
  }

  @Test
  void dir09_directMapping_isNeitherAllocatedNorClearedNorFreed() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    p.store(device.base(), "as it was");
    int file = p.write("/dev/fake");
    long start = p.map(file, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
    assertThat(p.text("/proc/meminfo")).contains("MmapCopy:              0 kB\n");
    p.task().munmap(start, 2 * PAGE);
    assertThat(p.bytes(start, 2)).containsExactly('a', 's');
  }

  @Test
  void dir11_close_isCalledOnceWhenTheLastMappingGoesByTheDocument() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    int file = p.write("/dev/fake");
    long whole = p.map(file, 2 * PAGE, PROT_READ, MAP_SHARED);
    long part = p.map(file, PAGE, PROT_READ, MAP_SHARED, PAGE);
    device.calls.clear();
    p.task().munmap(whole, 2 * PAGE);
    assertThat(device.calls).isEmpty();
    p.task().munmap(part, PAGE);
    assertThat(device.calls).containsExactly("close 0x%x-0x%x".formatted(whole, whole + 2 * PAGE));
  }

  @Test
  void dir11_close_isCalledForEachMappingBy612() throws Exception {
    TaskCalls p = init(Profile.LINUX_6_12);
    int file = p.write("/dev/fake");
    long whole = p.map(file, 2 * PAGE, PROT_READ, MAP_SHARED);
    p.map(file, PAGE, PROT_READ, MAP_SHARED, PAGE);
    device.calls.clear();
    p.task().munmap(whole, 2 * PAGE);
    assertThat(device.calls).containsExactly("close 0x%x-0x%x".formatted(whole, whole + 2 * PAGE));
    p.task().exit();
    assertThat(device.calls).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void chr01_driverWithoutGetUnmappedArea_isNeverMappedShared(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    int file = p.write("/dev/fake_unplaced");
    assertErrno(Errno.ENODEV, "MMAP-17", () -> p.map(file, PAGE, PROT_READ, MAP_SHARED));
    assertThat(device.calls).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void chr04_driverThatGivesNoCapabilities_isReadWriteAndOnlyDirect(Profile profile)
      throws Exception {
    TaskCalls p = init(profile);
    device.info = Optional::empty;
    int file = p.write("/dev/fake");
    assertThat(p.map(file, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED)).isEqualTo(device.base());
    assertErrno(
        Errno.EINVAL, "MMAP-20", () -> p.map(file, PAGE, PROT_READ | PROT_EXEC, MAP_SHARED));
    assertErrno(
        Errno.ENODEV, "MMAP-19", () -> p.map(file, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE));
  }

  @Test
  void mmap10_fileWithoutMmap_isEnodev() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    int file = p.write("/dev/fake_unmappable");
    assertErrno(Errno.ENODEV, "MMAP-10", () -> p.map(file, PAGE, PROT_READ, MAP_PRIVATE));
    int directory = p.read("/tmp");
    assertErrno(Errno.ENODEV, "MMAP-10", () -> p.map(directory, PAGE, PROT_READ, MAP_PRIVATE));
  }

  @Test
  void mmap19_privateReadOnlyWithoutCopy_isDirectByTheDocument() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    int file = p.write("/dev/fake_unread");
    assertThat(p.map(file, PAGE, PROT_READ, MAP_PRIVATE)).isEqualTo(device.base());
    assertErrno(
        Errno.ENODEV, "MMAP-19", () -> p.map(file, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE));
  }

  @Test
  void mmap19_privateReadOnlyWithoutCopy_isEnodevBy612() throws Exception {
    TaskCalls p = init(Profile.LINUX_6_12);
    int file = p.write("/dev/fake_unread");
    assertErrno(Errno.ENODEV, "MMAP-19", () -> p.map(file, PAGE, PROT_READ, MAP_PRIVATE));
  }

  @Test
  void design_readOnlyMemory_isACompleteDriver() throws Exception {
    TestBoard board =
        TestBoard.withMebibytes(4)
            .node(
                "memory@20000000 { compatible = \"test,romem\"; reg = <0 0x20000000 0 0x4000>; };");
    TaskCalls p =
        new TaskCalls(
            machines.boot(board.build(), Profile.DOCUMENT, new ReadOnlyMemoryDriver()).init());
    int file = p.read("/dev/romem");
    assertThat(p.map(file, PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE, PAGE)).isEqualTo(0x2000_1000L);
    assertThat(p.map(file, 4 * PAGE, PROT_READ, MAP_SHARED)).isEqualTo(0x2000_0000L);
    assertErrno(Errno.ENODEV, () -> p.map(file, 5 * PAGE, PROT_READ, MAP_SHARED));
    assertErrno(Errno.ENODEV, () -> p.map(file, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE));
  }
}
