package dev.nommu.kernel;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.Shortage;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** truncate of files that consist of memory: section TRUNC. */
final class TruncateTest {
  private static final int READ_WRITE = PROT_READ | PROT_WRITE;

  @RegisterExtension final Machines machines = new Machines();

  private static long size(TaskCalls p, int file) throws Exception {
    return p.task().fstat(file).attributes().size();
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 32, Long.MAX_VALUE, (4 << 20) + 1})
  void trunc01_moreThanTheLargestBlock_isEfbig(long size) throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(Profile.DOCUMENT).init());
    int file = p.gathered("/tmp/memory", 0);
    assertErrno(Errno.EFBIG, () -> p.task().ftruncate(file, size));
    assertThat(size(p, file)).isZero();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void trunc01_growthOfAnEmptyFile_gathersZeroedPagesInOnePiece(Profile profile) throws Exception {
    Machine machine = machines.boot(profile);
    TaskCalls p = new TaskCalls(machine.init());
    long dirty = p.anonymous(8 * PAGE);
    p.store(dirty, TaskCalls.pattern(8 * PAGE));
    p.task().munmap(dirty, 8 * PAGE);
    int file = p.gathered("/tmp/memory", 5 * PAGE);
    long start = p.map(file, 5 * PAGE, READ_WRITE, MAP_SHARED);
    assertThat(p.bytes(start, 5 * PAGE)).containsOnly(0);
  }

  @Test
  void trunc02_withoutMemory_nothingHasChangedByTheDocument() throws Exception {
    Board board = TestBoard.withMebibytes(8).build();
    Shortage shortage = Machines.shortage(board);
    TaskCalls p =
        new TaskCalls(machines.bootWithShortage(board, Profile.DOCUMENT, shortage).init());
    int file = p.gathered("/tmp/memory", 0);
    shortage.after(0);
    assertErrno(Errno.ENOMEM, () -> p.task().ftruncate(file, 3 * PAGE));
    assertThat(size(p, file)).isZero();
    shortage.over();
    p.task().ftruncate(file, 3 * PAGE);
    assertThat(p.map(file, 3 * PAGE, READ_WRITE, MAP_SHARED)).isPositive();
  }

  @Test
  void trunc02_withoutMemory_theNewSizeStaysWithoutPagesBy612() throws Exception {
    Board board = TestBoard.withMebibytes(8).build();
    Shortage shortage = Machines.shortage(board);
    TaskCalls p =
        new TaskCalls(machines.bootWithShortage(board, Profile.LINUX_6_12, shortage).init());
    int file = p.gathered("/tmp/memory", 0);
    shortage.after(0);
    assertErrno(Errno.ENOMEM, () -> p.task().ftruncate(file, 3 * PAGE));
    assertThat(size(p, file)).isEqualTo(3 * PAGE);
    shortage.over();
    p.task().ftruncate(file, 3 * PAGE);
    assertErrno(Errno.ENODEV, () -> p.map(file, 3 * PAGE, READ_WRITE, MAP_SHARED));
  }

  @Test
  void trunc03_excess_isGivenBackWhateverTheSysctlSays() throws Exception {
    Machine machine = machines.boot(Profile.DOCUMENT);
    TaskCalls p = new TaskCalls(machine.init());
    p.text("/proc/sys/vm/nr_trim_pages", "0");
    long free = machine.freePages();
    p.gathered("/tmp/memory", 5 * PAGE);
    assertThat(machine.freePages()).isEqualTo(free - 5);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void trunc04_growthOfAFileThatIsNotEmpty_onlyChangesTheSize(Profile profile) throws Exception {
    Machine machine = machines.boot(profile);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.gathered("/tmp/memory", 2 * PAGE);
    long free = machine.freePages();
    p.task().ftruncate(file, 4 * PAGE);
    assertThat(size(p, file)).isEqualTo(4 * PAGE);
    assertThat(machine.freePages()).isEqualTo(free);
    assertErrno(Errno.ENODEV, () -> p.map(file, 3 * PAGE, READ_WRITE, MAP_SHARED));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void trunc04_growthWithinTheLastPage_leavesTheMappingWhole(Profile profile) throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(profile).init());
    int file = p.gathered("/tmp/memory", 100);
    long start = p.map(file, PAGE, READ_WRITE, MAP_SHARED);
    p.task().ftruncate(file, 200);
    assertOnlyRegion(p, start, start + PAGE);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void trunc05_sameSize_isAllowedUnderAMapping(Profile profile) throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(profile).init());
    int file = p.gathered("/tmp/memory", 100);
    long start = p.map(file, PAGE, READ_WRITE, MAP_SHARED);
    p.store(start, "kept");
    p.task().ftruncate(file, 100);
    assertThat(p.content(file, 4)).isEqualTo(new byte[] {'k', 'e', 'p', 't'});
  }

  @Test
  void trunc05_openWithTruncOfAnEmptyFile_leavesTheGatheringToFtruncate() throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(Profile.DOCUMENT).init());
    p.gathered("/tmp/memory", 0);
    int file = p.task().open("/tmp/memory", OpenFlags.O_RDWR | OpenFlags.O_TRUNC);
    p.task().ftruncate(file, 3 * PAGE);
    assertThat(p.map(file, 3 * PAGE, READ_WRITE, MAP_SHARED)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, PAGE, 2 * PAGE - 1, 2 * PAGE + 1, 3 * PAGE - 1})
  void trunc06_cuttingAMappedPage_isEtxtbsyAndChangesNothing(long size) throws Exception {
    for (Profile profile : Profile.values()) {
      TaskCalls p = new TaskCalls(machines.boot(profile).init());
      int file = p.gathered("/tmp/memory", 4 * PAGE);
      long start = p.map(file, 2 * PAGE, READ_WRITE, MAP_SHARED, PAGE);
      p.store(start, "kept");
      assertErrno(Errno.ETXTBSY, "TRUNC-06", () -> p.task().ftruncate(file, size));
      assertErrno(
          Errno.ETXTBSY,
          () -> p.task().open("/tmp/memory", OpenFlags.O_WRONLY | OpenFlags.O_TRUNC));
      assertThat(size(p, file)).isEqualTo(4 * PAGE);
      assertThat(p.bytes(start, 4)).isEqualTo(new byte[] {'k', 'e', 'p', 't'});
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void trunc06_cuttingBehindTheMapping_isAllowed(Profile profile) throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(profile).init());
    int file = p.gathered("/tmp/memory", 4 * PAGE);
    p.map(file, 2 * PAGE, READ_WRITE, MAP_SHARED, PAGE);
    p.task().ftruncate(file, 3 * PAGE);
    assertThat(size(p, file)).isEqualTo(3 * PAGE);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void trunc06_cuttingTheLastPageThatAloneIsMapped_isEtxtbsy(Profile profile) throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(profile).init());
    int file = p.gathered("/tmp/memory", 2 * PAGE);
    p.map(file, PAGE, READ_WRITE, MAP_SHARED, PAGE);
    assertErrno(Errno.ETXTBSY, "TRUNC-06", () -> p.task().ftruncate(file, PAGE));
    assertThat(size(p, file)).isEqualTo(2 * PAGE);
  }

  @Test
  void trunc06_afterTheLastMapping_theFileCanBeCut() throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(Profile.DOCUMENT).init());
    int file = p.gathered("/tmp/memory", 2 * PAGE);
    TaskCalls other = p.other();
    other.map(file, PAGE, READ_WRITE, MAP_SHARED);
    assertErrno(Errno.ETXTBSY, () -> p.task().ftruncate(file, 0));
    other.task().exit();
    p.task().ftruncate(file, 0);
    assertThat(size(p, file)).isZero();
  }

  @Test
  void trunc07_privateMappingOfTheFilesOwnPages_isEtxtbsyByTheDocument() throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(Profile.DOCUMENT).init());
    int file = p.gathered("/tmp/memory", 2 * PAGE);
    p.map(file, PAGE, PROT_READ, MAP_PRIVATE);
    assertErrno(Errno.ETXTBSY, "TRUNC-06", () -> p.task().ftruncate(file, 0));
  }

  @Test
  void trunc07_privateMappingOfTheFilesOwnPages_doesNotStopTruncateBy612() throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(Profile.LINUX_6_12).init());
    int file = p.gathered("/tmp/memory", 2 * PAGE);
    long start = p.map(file, 2 * PAGE, PROT_READ, MAP_PRIVATE);
    p.task().ftruncate(file, 0);
    assertThat(size(p, file)).isZero();
    assertThat(p.task().mapping(start)).isPresent();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void trunc07_privateCopy_neverStopsTruncate(Profile profile) throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(profile).init());
    int file = p.gathered("/tmp/memory", 2 * PAGE);
    p.task().pwrite(file, MemorySegment.ofArray(TaskCalls.pattern(2 * PAGE)), 0);
    long start = p.map(file, 2 * PAGE, READ_WRITE, MAP_PRIVATE);
    p.task().ftruncate(file, 0);
    assertThat(p.bytes(start, 2 * PAGE)).isEqualTo(TaskCalls.pattern(2 * PAGE));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void trunc08_privateCopy_isUsedAgainAsItIs(Profile profile) throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(profile).init());
    int file = p.file("/tmp/memory", TaskCalls.pattern(2 * PAGE));
    long start = p.map(file, 2 * PAGE, PROT_READ, MAP_PRIVATE);
    p.task().ftruncate(file, PAGE);
    assertThat(p.map(file, 2 * PAGE, PROT_READ, MAP_PRIVATE)).isEqualTo(start);
  }

  /** Linux looks one page farther than the file reached. */
  @Test
  void trunc06_sharedMappingBehindTheEnd_forbidsCuttingIfItIsOfTheNextPage() throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(Profile.LINUX_6_12).init());
    sharedCopyOfAPage(p, "/tmp/farther", 2 * PAGE);
    p.task().tree().truncate("/tmp/farther", 0);
    sharedCopyOfAPage(p, "/tmp/next", PAGE);
    assertErrno(Errno.ETXTBSY, "TRUNC-06", () -> p.task().tree().truncate("/tmp/next", 0));
  }

  /** Maps a page of a copy that reaches farther than its file, which has one page. */
  private static void sharedCopyOfAPage(TaskCalls p, String path, long offset) throws Exception {
    int file = p.file(path, TaskCalls.pattern(PAGE));
    p.map(file, 4 * PAGE, PROT_READ, MAP_PRIVATE);
    p.map(file, PAGE, PROT_READ, MAP_SHARED, offset);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void trunc08_regionLongerThanItsMappings_isCutSoThatNewOnesAreNotTooLong(Profile profile)
      throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(profile).init());
    int file = p.gathered("/tmp/memory", 2 * PAGE);
    long start = p.map(file, 2 * PAGE, READ_WRITE, MAP_SHARED);
    p.map(file, PAGE, READ_WRITE, MAP_SHARED);
    p.task().munmap(start, 2 * PAGE);
    p.task().ftruncate(file, PAGE);
    assertErrno(Errno.ENODEV, () -> p.map(file, 2 * PAGE, READ_WRITE, MAP_SHARED));
    assertOnlyRegion(p, start, start + PAGE);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void trunc09_cutToNothingAndGrown_gathersAfresh(Profile profile) throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(profile).init());
    int file = p.file("/tmp/memory", TaskCalls.pattern(3 * PAGE));
    p.task().ftruncate(file, 0);
    p.task().ftruncate(file, 3 * PAGE);
    long start = p.map(file, 3 * PAGE, READ_WRITE, MAP_SHARED);
    assertThat(p.bytes(start, 3 * PAGE)).isEqualTo(Arrays.copyOf(new byte[0], 3 * PAGE));
  }

  private static void assertOnlyRegion(TaskCalls p, long start, long end) throws Exception {
    assertThat(p.regions())
        .singleElement()
        .asString()
        .startsWith("%08x-%08x ".formatted(start, end));
  }
}
