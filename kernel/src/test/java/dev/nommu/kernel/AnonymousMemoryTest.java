package dev.nommu.kernel;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_ANONYMOUS;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.task.AbsentCall;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Anonymous mappings and what the allocator keeps of them: sections ANON, TRIM, BRK, NOSYS. */
final class AnonymousMemoryTest {
  private static final String TRIM = "/proc/sys/vm/nr_trim_pages";

  @RegisterExtension final Machines machines = new Machines();

  private TaskCalls init(Profile profile) {
    return new TaskCalls(machines.boot(profile).init());
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void anon01_memoryUsedBefore_isZeroAgain(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    long first = p.anonymous(4 * PAGE);
    p.store(first, TaskCalls.pattern(4 * PAGE));
    p.task().munmap(first, 4 * PAGE);
    long second = p.anonymous(4 * PAGE);
    assertThat(second).isEqualTo(first);
    assertThat(p.bytes(second, 4 * PAGE)).containsOnly(0);
  }

  @ParameterizedTest
  @CsvSource({"1", "4095", "4097", "20480", "4194304"})
  void anon02_mapping_isAlwaysPageAligned(long length) throws Exception {
    assertThat(init(Profile.DOCUMENT).anonymous(length) % PAGE).isZero();
  }

  @Test
  void anon04_offsetOfAnonymousMemory_isShownInProcMapsAndNotInThatOfTheProcess() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    p.task().mmap(0, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0x5000);
    assertThat(p.regions()).singleElement().asString().contains(" r--p 00005000 00:00 0 ");
    assertThat(p.maps()).singleElement().asString().contains(" r--p 00000000 00:00 0 ");
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void flags11_sharedAnonymousMapping_behavesAsAPrivateOne(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    long one =
        p.task().mmap(0, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    long other =
        p.task().mmap(0, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    p.store(one, "mine");
    assertThat(p.bytes(other, 4)).containsOnly(0);
    assertThat(p.maps()).allMatch(line -> line.contains(" rw-p "));
    assertThat(p.task().mremap(one, 2 * PAGE, PAGE, 0, 0)).isEqualTo(one);
  }

  @Test
  void mmap01_anonymousMapping_neverLooksAtTheDescriptor() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    long address = p.task().mmap(0, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, 12345, 0);
    assertThat(address).isPositive();
  }

  @Test
  void mmap01_unknownDescriptor_isEbadfBeforeAnyOtherCheck() {
    TaskCalls p = init(Profile.DOCUMENT);
    assertErrno(Errno.EBADF, () -> p.task().mmap(8, 0, PROT_READ, 0, 77, 0));
  }

  @Test
  void mmap02_offsetThatIsNoMultipleOfAPage_isEinvalBeforeTheDescriptor() {
    TaskCalls p = init(Profile.DOCUMENT);
    assertErrno(
        Errno.EINVAL, "MMAP-02", () -> p.task().mmap(0, PAGE, PROT_READ, MAP_PRIVATE, 77, 1));
  }

  @Test
  void mmap26_length_isRoundedUpToPages() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    long start = p.anonymous(5000);
    assertThat(p.maps())
        .singleElement()
        .asString()
        .startsWith("%08x-%08x ".formatted(start, start + 2 * PAGE));
  }

  @Test
  void trim01_moreThanTheLargestBlock_isEnomem() throws Exception {
    TaskCalls p =
        new TaskCalls(machines.boot(TestBoard.withMebibytes(32).build(), Profile.DOCUMENT).init());
    long whole = p.anonymous(4 << 20);
    assertThat(p.bytes(whole + (4 << 20) - 1, 1)).containsOnly(0);
    ErrnoException refused = failureOf(() -> p.anonymous((4 << 20) + 1));
    assertThat(refused.errno()).isEqualTo(Errno.ENOMEM);
    assertThat(refused)
        .hasMessage("order 11: 4100 KiB in one piece; the largest block has 4096 KiB, order 10");
  }

  @ParameterizedTest
  @CsvSource({
    // watermark, pages asked for, pages kept
    "0, 1, 1",
    "0, 3, 4",
    "0, 5, 8",
    "0, 9, 16",
    "1, 1, 1",
    "1, 3, 3",
    "1, 5, 5",
    "1, 9, 9",
    "2, 3, 4",
    "2, 5, 5",
    "2, 6, 6",
    "2, 7, 8",
    "3, 5, 5",
    "3, 6, 8",
    "4, 5, 8",
    "7, 9, 9",
    "8, 9, 16",
    "1, 1024, 1024",
    "0, 513, 1024",
    "512, 513, 1024",
    "511, 513, 513"
  })
  void trim02_excessOfTheWatermarkOrMore_isGivenBackWhole(int watermark, int pages, int kept)
      throws Exception {
    Machine machine = machines.boot(Profile.DOCUMENT);
    TaskCalls p = new TaskCalls(machine.init());
    p.text(TRIM, watermark + "\n");
    long free = machine.freePages();
    p.anonymous((long) pages * PAGE);
    assertThat(machine.mappedCopyPages()).isEqualTo(kept);
    assertThat(machine.freePages()).isEqualTo(free - kept);
  }

  @Test
  void trim03_default_trimsWhateverIsTooMuch() throws Exception {
    assertThat(init(Profile.DOCUMENT).text(TRIM)).isEqualTo("1\n");
  }

  @ParameterizedTest
  @CsvSource({"-1", "x", "''", "2147483648"})
  void trim03_negativeValueOrNoNumber_isEinvalAndChangesNothing(String value) throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    p.text(TRIM, "5");
    assertErrno(Errno.EINVAL, () -> p.text(TRIM, value + "\n"));
    assertThat(p.text(TRIM)).isEqualTo("5\n");
  }

  @Test
  void trim03_change_leavesMappingsThatAreThereAlone() throws Exception {
    Machine machine = machines.boot(Profile.DOCUMENT);
    TaskCalls p = new TaskCalls(machine.init());
    p.text(TRIM, "0");
    long start = p.anonymous(3 * PAGE);
    p.text(TRIM, "1");
    assertThat(machine.mappedCopyPages()).isEqualTo(4);
    p.task().munmap(start, 3 * PAGE);
    assertThat(machine.mappedCopyPages()).isZero();
  }

  @Test
  void trim05_slack_isCountedInMmapCopy() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    p.text(TRIM, "0");
    p.anonymous(5 * PAGE);
    assertThat(p.text("/proc/meminfo")).contains("MmapCopy:             32 kB\n");
  }

  @Test
  void trim06_mappingsInTheWay_fragmentMemoryUntilTheyGo() throws Exception {
    Machine machine = machines.boot(Profile.DOCUMENT);
    TaskCalls p = new TaskCalls(machine.init());
    List<Long> pages = new ArrayList<>();
    for (long left = machine.freePages(); left > 0; left--) {
      pages.add(p.anonymous(PAGE));
    }
    pages.stream().filter(page -> page / PAGE % 2 == 0).forEach(page -> free(p, page));
    assertThat(machine.freePages()).isGreaterThan(1000);
    assertErrno(Errno.ENOMEM, () -> p.anonymous(2 * PAGE));
    assertThat(machine.log().lines())
        .anyMatch(line -> line.contains("Allocation of length 8192 from process 1 (init) failed"));
    pages.stream().filter(page -> page / PAGE % 2 != 0).forEach(page -> free(p, page));
    assertThat(p.anonymous(4 << 20)).isPositive();
  }

  private static void free(TaskCalls p, long page) {
    try {
      p.task().munmap(page, PAGE);
    } catch (ErrnoException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  @Test
  void brk01_breakOutsideTheHeap_isTheCurrentOneAndNoError() {
    Task task = machines.boot(Profile.DOCUMENT).init();
    long start = task.brk(0);
    assertThat(task.brk(start + PAGE)).isEqualTo(start);
    assertThat(task.brk(start - 1)).isEqualTo(start);
    assertThat(task.brk(start)).isEqualTo(start);
  }

  @ParameterizedTest
  @EnumSource(
      value = AbsentCall.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SPLICE", "COPY_FILE_RANGE"})
  void nosys01_callThatNeedsAnMmu_isEnosys(AbsentCall call) {
    Task task = machines.boot(Profile.DOCUMENT).init();
    assertErrno(Errno.ENOSYS, "NOSYS-01", () -> task.call(call));
  }

  @Test
  void flags12_storeThroughAReadOnlyMapping_lands() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    long start = p.task().mmap(0, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    p.store(start, "there is no protection");
    assertThat(p.other().bytes(start, 5)).isEqualTo("there".getBytes(StandardCharsets.US_ASCII));
  }
}
