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
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.api.Whence;
import dev.nommu.kernel.mm.Region;
import dev.nommu.kernel.testing.FakeDevice;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Private copies of files: section COPY. */
final class CopyTest {
  private static final byte[] DATA = TaskCalls.pattern(2 * PAGE + 100);

  @RegisterExtension final Machines machines = new Machines();

  private final FakeDevice device = new FakeDevice();

  private Machine boot(Profile profile) {
    return machines.boot(
        TestBoard.withMebibytes(16).files(Map.of("data", DATA, "empty", new byte[0])).build(),
        profile,
        device);
  }

  private TaskCalls init(Profile profile) {
    return new TaskCalls(boot(profile).init());
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void copy01_copy_liesInOnePieceAndIsPageAligned(Profile profile) throws Exception {
    Machine machine = boot(profile);
    TaskCalls p = new TaskCalls(machine.init());
    long start = p.map(p.read("/host/data"), 3 * PAGE, PROT_READ, MAP_PRIVATE);
    assertThat(start % PAGE).isZero();
    assertThat(p.bytes(start, DATA.length)).isEqualTo(DATA);
    assertThat(machine.mappedCopyPages()).isEqualTo(3);
  }

  @Test
  void copy02_withoutABlockLargeEnough_isEnomemAndLogged() throws Exception {
    Machine machine = boot(Profile.DOCUMENT);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.read("/host/data");
    assertErrno(
        Errno.ENOMEM, () -> p.map(file, (4 << 20) + 1, PROT_READ | PROT_WRITE, MAP_PRIVATE));
    assertThat(machine.log().lines())
        .contains("nommu: Allocation of length 4198400 from process 1 (init) failed");
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void copy03_spaceBeyondTheEndOfTheFile_isZero(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    dirty(p, 8 * PAGE);
    long start = p.map(p.read("/host/data"), 5 * PAGE, PROT_READ, MAP_PRIVATE);
    assertThat(p.bytes(start, 5 * PAGE)).isEqualTo(Arrays.copyOf(DATA, 5 * PAGE));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void copy03_offsetBeyondTheEndOfTheFile_isAllZero(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    dirty(p, 2 * PAGE);
    long start = p.map(p.read("/host/data"), 2 * PAGE, PROT_READ, MAP_PRIVATE, 100 * PAGE);
    assertThat(p.bytes(start, 2 * PAGE)).containsOnly(0);
    long empty = p.map(p.read("/host/empty"), PAGE, PROT_READ, MAP_PRIVATE);
    assertThat(p.bytes(empty, PAGE)).containsOnly(0);
  }

  /** Leaves memory that is not zero where the next mapping will be. */
  private static void dirty(TaskCalls p, int length) throws ErrnoException {
    long start = p.anonymous(length);
    byte[] ones = new byte[length];
    Arrays.fill(ones, (byte) 1);
    p.store(start, ones);
    p.task().munmap(start, length);
  }

  @Test
  void copy03_shortRead_isNotRepeatedAndTheRestIsZero() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    dirty(p, 2 * PAGE);
    device.reading =
        (into, position) -> {
          into.asSlice(0, 10).fill((byte) 'x');
          return 10;
        };
    long start = p.map(p.write("/dev/fake"), 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);
    assertThat(p.bytes(start, 10)).containsOnly('x');
    assertThat(p.bytes(start + 10, 2 * PAGE - 10)).containsOnly(0);
    assertThat(device.calls).containsExactly("read");
  }

  @Test
  void copy07_slack_isNeitherClearedNorShown() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    p.text("/proc/sys/vm/nr_trim_pages", "0");
    dirty(p, 4 * PAGE);
    long start = p.map(p.read("/host/data"), 3 * PAGE, PROT_READ, MAP_PRIVATE);
    long end = start + 3 * PAGE;
    Region region = p.space().find(start).orElseThrow().region();
    assertThat(region.top()).isEqualTo(end + PAGE);
    assertThat(p.bytes(end, PAGE)).containsOnly(1);
    assertThat(p.task().mapping(end)).isEmpty();
    String shown = "%08x-%08x ".formatted(start, end);
    assertThat(p.maps()).singleElement().asString().startsWith(shown);
    assertThat(p.regions()).singleElement().asString().startsWith(shown);
  }

  @Test
  void copy08_errorOfRead_isTheErrorOfTheCallAndNoSlackIsLost() throws Exception {
    Machine machine = boot(Profile.DOCUMENT);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.write("/dev/fake");
    p.text("/proc/sys/vm/nr_trim_pages", "0");
    long free = machine.freePages();
    device.reading =
        (into, position) -> {
          throw new ErrnoException(Errno.EIO, "bad sector");
        };
    assertErrno(Errno.EIO, () -> p.map(file, 5 * PAGE, PROT_WRITE, MAP_PRIVATE));
    assertThat(machine.freePages()).isEqualTo(free);
    assertThat(machine.mappedCopyPages()).isZero();
  }

  @Test
  void copy04_restOfTheLastPage_isDataOfTheFile() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    long start = p.map(p.read("/host/data"), 100, PROT_READ, MAP_PRIVATE);
    assertThat(p.bytes(start, PAGE)).isEqualTo(Arrays.copyOf(DATA, PAGE));
  }

  @Test
  void copy05_characterDevice_isCopiedByReadByTheDocument() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    p.store(device.base(), "content");
    long start = p.map(p.write("/dev/fake"), PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);
    assertThat(p.bytes(start, 7)).isEqualTo(p.bytes(device.base(), 7));
  }

  @Test
  void copy05_characterDevice_isEinvalBy612() throws Exception {
    Machine machine = boot(Profile.LINUX_6_12);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.write("/dev/fake");
    ErrnoException refused =
        failureOf(() -> p.map(file, 100, PROT_READ | PROT_WRITE, MAP_PRIVATE, PAGE));
    assertThat(refused.errno()).isEqualTo(Errno.EINVAL);
    assertThat(refused).hasMessageContainingAll("/dev/fake", "at offset 4096", "[COPY-05]");
    assertThat(machine.log().lines())
        .anyMatch(line -> line.endsWith("kernel read not supported for file /dev/fake"));
  }

  @Test
  void copy10_positionThatCannotBe_isItsOwnReason() throws Exception {
    TaskCalls p = init(Profile.LINUX_6_12);
    int file = p.file("/tmp/f", new byte[PAGE]);
    assertErrno(
        Errno.EINVAL,
        "COPY-10",
        () -> p.task().mmap(0, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, -2L * PAGE));
  }

  @Test
  void chr06_zero_isCopiedByTheDocumentAndEinvalBy612() throws Exception {
    TaskCalls document = init(Profile.DOCUMENT);
    long start =
        document.map(document.write("/dev/zero"), 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);
    assertThat(document.bytes(start, 2 * PAGE)).containsOnly(0);
    TaskCalls linux = new TaskCalls(machines.boot(Profile.LINUX_6_12).init());
    int zero = linux.write("/dev/zero");
    assertErrno(Errno.EINVAL, () -> linux.map(zero, PAGE, PROT_READ, MAP_PRIVATE));
    assertErrno(Errno.ENODEV, () -> linux.map(zero, PAGE, PROT_READ, MAP_SHARED));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void copy06_laterWriteOrTruncation_doesNotChangeTheCopyNorMoveThePosition(Profile profile)
      throws Exception {
    TaskCalls p = init(profile);
    int file = p.write("/host/data");
    p.task().lseek(file, 77, Whence.START);
    long start = p.map(file, 2 * PAGE, PROT_READ, MAP_PRIVATE);
    assertThat(p.task().lseek(file, 0, Whence.CURRENT)).isEqualTo(77);
    p.task().pwrite(file, MemorySegment.ofArray(new byte[PAGE]), 0);
    assertThat(p.bytes(start, 2 * PAGE)).isEqualTo(Arrays.copyOf(DATA, 2 * PAGE));
    p.task().ftruncate(file, 0);
    assertThat(p.bytes(start, 2 * PAGE)).isEqualTo(Arrays.copyOf(DATA, 2 * PAGE));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void copy09_storeIntoASharedCopy_isSeenByTheOtherProcess(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    TaskCalls other = p.other();
    long mine = p.map(p.read("/host/data"), PAGE, PROT_READ, MAP_PRIVATE);
    long theirs = other.map(other.read("/host/data"), PAGE, PROT_READ, MAP_PRIVATE);
    p.store(mine, "should not happen");
    assertThat(other.bytes(theirs, 6)).isEqualTo(new byte[] {'s', 'h', 'o', 'u', 'l', 'd'});
    assertThat(p.content(p.read("/host/data"), PAGE)).isEqualTo(Arrays.copyOf(DATA, PAGE));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void bdi04_ordinaryFile_isCopiedWithAnyProtectionAndNeverShared(Profile profile)
      throws Exception {
    TaskCalls p = init(profile);
    int file = p.write("/host/data");
    for (int protection = 0; protection < 8; protection++) {
      int wanted = protection;
      long start = p.map(file, PAGE, wanted, MAP_PRIVATE, 0);
      assertThat(p.bytes(start, PAGE)).isEqualTo(Arrays.copyOf(DATA, PAGE));
      p.task().munmap(start, PAGE);
      assertErrno(Errno.ENODEV, "MMAP-17", () -> p.map(file, PAGE, wanted, MAP_SHARED));
    }
  }

  @Test
  void blk01_ramdisk_isNeverMappedSharedAndCopiedPrivately() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    int disk = p.write("/dev/ram0");
    p.task().pwrite(disk, MemorySegment.ofArray(TaskCalls.pattern(PAGE)), PAGE);
    assertErrno(Errno.ENODEV, "MMAP-17", () -> p.map(disk, PAGE, PROT_READ, MAP_SHARED));
    long start = p.map(disk, 2 * PAGE, PROT_READ, MAP_PRIVATE);
    assertThat(p.bytes(start + PAGE, PAGE)).isEqualTo(TaskCalls.pattern(PAGE));
  }

  @Test
  void blk02_copyBeyondTheEndOfADisk_isZero() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    int disk = p.write("/dev/ram0");
    long last = (64 << 10) - PAGE;
    p.task().pwrite(disk, MemorySegment.ofArray(TaskCalls.pattern(PAGE)), last);
    dirty(p, 2 * PAGE);
    long start = p.map(disk, 2 * PAGE, PROT_READ, MAP_PRIVATE, last);
    assertThat(p.bytes(start, 2 * PAGE))
        .isEqualTo(Arrays.copyOf(TaskCalls.pattern(PAGE), 2 * PAGE));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void blk05_contiguousRamdisk_isMappedSharedWithoutTruncate(Profile profile) throws Exception {
    TestBoard board =
        TestBoard.withMebibytes(8).bootargs("brd.rd_nr=1 brd.rd_size=64 brd.contiguous=1");
    TaskCalls p = new TaskCalls(machines.boot(board.build(), profile).init());
    int disk = p.write("/dev/ram0");
    long start = p.map(disk, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, PAGE);
    p.store(start, "on disk");
    byte[] read = new byte[7];
    p.task().pread(disk, MemorySegment.ofArray(read), PAGE);
    assertThat(read).isEqualTo(p.bytes(start, 7));
    assertErrno(Errno.EINVAL, () -> p.map(disk, 2 * PAGE, PROT_READ, MAP_SHARED, 15 * PAGE));
  }

  @Test
  void bdi08_memoryBacked_decidesNothing() throws Exception {
    for (BackingDeviceInfo.Backing backing : BackingDeviceInfo.Backing.values()) {
      TaskCalls p = init(Profile.DOCUMENT);
      device.info =
          () -> Optional.of(BackingDeviceInfo.of(BackingDeviceInfo.MEMORY.capabilities(), backing));
      assertThat(p.map(p.write("/dev/fake"), PAGE, PROT_READ | PROT_EXEC, MAP_SHARED))
          .isEqualTo(device.base());
      p.task().exit();
    }
  }
}
