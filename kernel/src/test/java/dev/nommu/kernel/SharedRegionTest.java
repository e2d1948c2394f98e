package dev.nommu.kernel;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_EXEC;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Consent;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapCapability;
import dev.nommu.api.Profile;
import dev.nommu.kernel.fs.MountPoint;
import dev.nommu.kernel.testing.FakeDevice;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a mapping that is there already is used again: section SHARE. */
final class SharedRegionTest {
  private static final byte[] DATA = TaskCalls.pattern(5 * PAGE + 100);

  private static final BackingDeviceInfo READABLE_IN_PLACE =
      BackingDeviceInfo.of(
          Set.of(MapCapability.MAP_COPY, MapCapability.MAP_DIRECT, MapCapability.READ_MAP),
          BackingDeviceInfo.Backing.DEVICE);

  @RegisterExtension final Machines machines = new Machines();

  private final FakeDevice device = new FakeDevice();

  private Machine boot(Profile profile) {
    return machines.boot(
        TestBoard.withMebibytes(16).files(Map.of("data", DATA, "same", DATA)).build(),
        profile,
        device);
  }

  private TaskCalls init(Profile profile) {
    return new TaskCalls(boot(profile).init());
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void share02_sameSegmentOfTheSameFile_isUsedAgainByAnotherProcess(Profile profile)
      throws Exception {
    Machine machine = boot(profile);
    TaskCalls one = new TaskCalls(machine.init());
    TaskCalls other = one.other();
    long first = one.map(one.read("/host/data"), 3 * PAGE, PROT_READ, MAP_PRIVATE);
    long second = other.map(other.read("/host/data"), 3 * PAGE, PROT_READ, MAP_PRIVATE);
    assertThat(second).isEqualTo(first);
    assertThat(machine.mappedCopyPages()).isEqualTo(3);
    assertThat(machine.regions()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void share02_partOfAMappedSegment_liesInsideIt(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    int file = p.read("/host/data");
    long whole = p.map(file, 4 * PAGE, PROT_READ, MAP_PRIVATE, PAGE);
    long part = p.other().map(file, PAGE + 1, PROT_READ, MAP_PRIVATE, 2 * PAGE);
    assertThat(part).isEqualTo(whole + PAGE);
  }

  @Test
  void share01_otherFileWithTheSameContent_isNotTheSame() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    long one = p.map(p.read("/host/data"), PAGE, PROT_READ, MAP_PRIVATE);
    long other = p.map(p.read("/host/same"), PAGE, PROT_READ, MAP_PRIVATE);
    assertThat(other).isNotEqualTo(one);
  }

  @Test
  void share01_ofSeveralRegionsThatFit_theLowestIsUsed() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    int file = p.read("/host/data");
    long high = p.map(file, 2 * PAGE, PROT_READ, MAP_PRIVATE);
    long low = p.map(file, 2 * PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE);
    assertThat(low).isLessThan(high);
    assertThat(p.map(file, PAGE, PROT_READ, MAP_PRIVATE)).isEqualTo(low);
  }

  @Test
  void share01_sameInodeUnderAnotherName_isTheSame() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    int file = p.gathered("/tmp/one", PAGE);
    p.task().tree().link("/tmp/one", "/tmp/two");
    long one = p.map(file, PAGE, PROT_READ, MAP_SHARED);
    assertThat(p.map(p.write("/tmp/two"), PAGE, PROT_READ, MAP_SHARED)).isEqualTo(one);
    assertThat(p.task().memoryMap().mappings().getFirst().region().users()).hasSize(2);
  }

  /**
   * A region keeps open the file it was made through, and a mapping the file it was made through.
   */
  @ParameterizedTest
  @EnumSource(Profile.class)
  void share02_regionThatIsUsedAgain_keepsBothFilesOpenAsLongAsTheyAreMapped(Profile profile)
      throws Exception {
    Machine machine = boot(profile);
    TaskCalls p = new TaskCalls(machine.init());
    MountPoint mount = machine.mounts().getFirst();
    int one = p.gathered("/tmp/one", 2 * PAGE);
    int other = p.write("/tmp/one");
    long both = p.map(one, 2 * PAGE, PROT_READ, MAP_SHARED);
    long second = p.map(other, PAGE, PROT_READ, MAP_SHARED, PAGE);
    p.task().close(one);
    p.task().close(other);
    assertThat(mount.openFiles()).isEqualTo(2);
    p.task().munmap(both, 2 * PAGE);
    assertThat(mount.openFiles()).isEqualTo(2);
    p.task().munmap(second, PAGE);
    assertThat(mount.openFiles()).isZero();
  }

  @Test
  void share03_partialOverlapWithACopy_isACopyOfItsOwnByTheDocument() throws Exception {
    Machine machine = boot(Profile.DOCUMENT);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.read("/host/data");
    long low = p.map(file, 2 * PAGE, PROT_READ, MAP_PRIVATE);
    long high = p.map(file, 2 * PAGE, PROT_READ, MAP_PRIVATE, PAGE);
    assertThat(high).isNotEqualTo(low + PAGE);
    assertThat(machine.mappedCopyPages()).isEqualTo(4);
    assertThat(p.bytes(high, PAGE)).isEqualTo(p.bytes(low + PAGE, PAGE));
  }

  @Test
  void share03_partialOverlapWithACopy_isEinvalBy612() throws Exception {
    Machine machine = boot(Profile.LINUX_6_12);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.read("/host/data");
    p.map(file, 2 * PAGE, PROT_READ, MAP_PRIVATE);
    ErrnoException refused = failureOf(() -> p.map(file, 2 * PAGE, PROT_READ, MAP_PRIVATE, PAGE));
    assertThat(refused.errno()).isEqualTo(Errno.EINVAL);
    assertThat(refused).hasMessageContainingAll("8192 bytes at offset 0x1000", "[SHARE-03]");
    assertThat(machine.log().lines())
        .anyMatch(line -> line.contains("Attempt to share mismatched mappings"));
    assertThat(p.map(file, PAGE, PROT_READ, MAP_PRIVATE, 2 * PAGE)).isPositive();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void share04_partialOverlapOfDirectMappings_doesNotMatter(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    int file = p.gathered("/tmp/memory", 4 * PAGE);
    long low = p.map(file, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
    long high = p.map(file, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, PAGE);
    assertThat(high).isEqualTo(low + PAGE);
  }

  @Test
  void share05_copyWithoutTheProtectionAskedFor_isNotUsedAgainByTheDocument() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    int file = p.read("/host/data");
    long read = p.map(file, PAGE, PROT_READ, MAP_PRIVATE);
    long executed = p.map(file, PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE);
    assertThat(executed).isNotEqualTo(read);
  }

  @Test
  void share05_copyWithMoreThanTheProtectionAskedFor_isUsedAgainByTheDocument() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    int file = p.read("/host/data");
    long executed = p.map(file, PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE);
    assertThat(p.map(file, PAGE, PROT_READ, MAP_PRIVATE)).isEqualTo(executed);
  }

  @Test
  void share05_protections_areNotComparedBy612() throws Exception {
    TaskCalls p = init(Profile.LINUX_6_12);
    int file = p.read("/host/data");
    long read = p.map(file, PAGE, PROT_READ, MAP_PRIVATE);
    assertThat(p.map(file, PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE)).isEqualTo(read);
  }

  @Test
  void share05_mappingInPlaceWithoutTheProtectionAskedFor_isNotJoinedByACopyByTheDocument()
      throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    device.info = () -> Optional.of(READABLE_IN_PLACE);
    int file = p.write("/dev/fake");
    assertThat(p.map(file, PAGE, PROT_READ, MAP_SHARED)).isEqualTo(device.base());
    assertThat(p.map(file, PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE)).isNotEqualTo(device.base());
  }

  @Test
  void share05_mappingInPlace_isJoinedWhateverIsAskedForBy612() throws Exception {
    TaskCalls p = init(Profile.LINUX_6_12);
    device.info = () -> Optional.of(READABLE_IN_PLACE);
    int file = p.write("/dev/fake");
    assertThat(p.map(file, PAGE, PROT_READ, MAP_SHARED)).isEqualTo(device.base());
    assertThat(p.map(file, PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE)).isEqualTo(device.base());
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void share06_newcomerToACopy_seesItAsItWasRead(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    int file = p.write("/host/data");
    long first = p.map(file, PAGE, PROT_READ, MAP_PRIVATE);
    p.task().pwrite(file, MemorySegment.ofArray(new byte[] {'n', 'e', 'w'}), 0);
    long second = p.other().map(file, PAGE, PROT_READ, MAP_PRIVATE);
    assertThat(second).isEqualTo(first);
    assertThat(p.bytes(second, PAGE)).startsWith(DATA[0], DATA[1], DATA[2]);
    assertThat(p.content(file, 3)).containsExactly('n', 'e', 'w');
  }

  @Test
  void share07_secondMapping_isMadeWithoutNotifyingTheDriverByTheDocument() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    int file = p.write("/dev/fake");
    long whole = p.map(file, 3 * PAGE, PROT_READ, MAP_SHARED);
    device.calls.clear();
    assertThat(p.map(file, PAGE, PROT_READ, MAP_SHARED, PAGE)).isEqualTo(whole + PAGE);
    assertThat(device.calls).isEmpty();
  }

  @Test
  void share07_secondMapping_isAskedOfTheDriverAgainBy612() throws Exception {
    TaskCalls p = init(Profile.LINUX_6_12);
    int file = p.write("/dev/fake");
    long whole = p.map(file, 3 * PAGE, PROT_READ, MAP_SHARED, PAGE);
    List<Long> asked = new ArrayList<>();
    device.whether =
        (request, address) -> {
          asked.add(address);
          return Consent.ACCEPTED;
        };
    assertThat(p.map(file, PAGE, PROT_READ, MAP_SHARED, 2 * PAGE)).isEqualTo(whole + PAGE);
    assertThat(asked).containsExactly(whole + PAGE);
  }

  @Test
  void share07_driverThatDeclinesASharer_isEnodevBy612() throws Exception {
    TaskCalls p = init(Profile.LINUX_6_12);
    int file = p.write("/dev/fake");
    p.map(file, PAGE, PROT_READ, MAP_SHARED);
    device.whether = (request, address) -> Consent.DECLINED;
    assertErrno(Errno.ENODEV, "SHARE-07", () -> p.map(file, PAGE, PROT_READ, MAP_SHARED));
    device.whether =
        (request, address) -> {
          throw new ErrnoException(Errno.EAGAIN, "one at a time");
        };
    assertErrno(Errno.EAGAIN, () -> p.map(file, PAGE, PROT_READ, MAP_SHARED));
    assertThat(p.maps()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void share08_privateReadOnlyInsideASharedMapping_isAttachedToIt(Profile profile)
      throws Exception {
    TaskCalls p = init(profile);
    int file = p.gathered("/tmp/memory", 2 * PAGE);
    long shared = p.map(file, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
    assertThat(p.map(file, PAGE, PROT_READ, MAP_PRIVATE, PAGE)).isEqualTo(shared + PAGE);
  }

  @Test
  void share09_sharedMappingInsideACopy_isRefusedByTheDocument() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    int file = p.file("/tmp/scattered", TaskCalls.pattern(3 * PAGE));
    p.map(file, 3 * PAGE, PROT_READ, MAP_PRIVATE);
    assertErrno(Errno.ENODEV, () -> p.map(file, 3 * PAGE, PROT_READ, MAP_SHARED));
  }

  @Test
  void share09_sharedMappingInsideACopy_isAttachedToTheCopyBy612() throws Exception {
    TaskCalls p = init(Profile.LINUX_6_12);
    int file = p.file("/tmp/scattered", TaskCalls.pattern(3 * PAGE));
    long copy = p.map(file, 3 * PAGE, PROT_READ, MAP_PRIVATE);
    long shared = p.map(file, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, PAGE);
    assertThat(shared).isEqualTo(copy + PAGE);
    p.store(shared, "lost");
    assertThat(p.content(file, 3 * PAGE)).isEqualTo(TaskCalls.pattern(3 * PAGE));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void share10_privateWritableMapping_isAlwaysACopyAndNeverShared(Profile profile)
      throws Exception {
    Machine machine = boot(profile);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.read("/host/data");
    long read = p.map(file, 2 * PAGE, PROT_READ, MAP_PRIVATE);
    long one = p.map(file, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);
    long other = p.map(file, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, PAGE);
    assertThat(machine.mappedCopyPages()).isEqualTo(6);
    p.store(one, "changed");
    assertThat(p.bytes(read, PAGE)).startsWith(DATA[0], DATA[1]);
    assertThat(p.bytes(other, 2)).containsExactly(DATA[PAGE], DATA[PAGE + 1]);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void share11_directMappingsWithOneStartAndDifferentLengths_areAllowed(Profile profile)
      throws Exception {
    TaskCalls p = init(profile);
    int file = p.gathered("/tmp/memory", 2 * PAGE);
    long one = p.map(file, PAGE, PROT_READ, MAP_SHARED);
    assertThat(p.map(file, 2 * PAGE, PROT_READ, MAP_SHARED)).isEqualTo(one);
    assertThat(p.regions()).hasSize(2);
  }

  @Test
  void share12_partOfARegion_keepsAllOfItsPages() throws Exception {
    Machine machine = boot(Profile.DOCUMENT);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.read("/host/data");
    long whole = p.map(file, 4 * PAGE, PROT_READ, MAP_PRIVATE);
    TaskCalls other = p.other();
    long part = other.map(file, PAGE, PROT_READ, MAP_PRIVATE, PAGE);
    p.task().munmap(whole, 4 * PAGE);
    assertThat(machine.mappedCopyPages()).isEqualTo(4);
    other.task().munmap(part, PAGE);
    assertThat(machine.mappedCopyPages()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void share13_sameRegionTwiceInOneProcess_isTwoMappings(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    int file = p.read("/host/data");
    long start = p.map(file, PAGE, PROT_READ, MAP_PRIVATE);
    p.map(file, PAGE, PROT_READ, MAP_PRIVATE);
    assertThat(p.maps()).hasSize(2);
    p.task().munmap(start, PAGE);
    assertThat(p.maps()).hasSize(1);
    p.task().munmap(start, PAGE);
    assertErrno(Errno.EINVAL, "UNMAP-02", () -> p.task().munmap(start, PAGE));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void flags08_mappingMadeWhileTraced_isSharedWithNobody(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    int file = p.read("/host/data");
    long before = p.map(file, PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE);
    TaskCalls traced = p.other();
    traced.task().ptrace().traceMe();
    long own = traced.map(file, PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE);
    assertThat(own).isNotEqualTo(before);
    assertThat(p.other().map(file, PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE)).isEqualTo(before);
  }
}
