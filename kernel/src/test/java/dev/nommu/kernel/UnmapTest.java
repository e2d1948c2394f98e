package dev.nommu.kernel;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.Profile;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code munmap}: section UNMAP. The profiles do not differ in it. */
final class UnmapTest {
  private static final byte[] DATA = TaskCalls.pattern(4 * PAGE);

  @RegisterExtension final Machines machines = new Machines();

  private Machine machine;
  private TaskCalls p;

  @BeforeEach
  void boot() {
    machine =
        machines.boot(
            TestBoard.withMebibytes(8).files(Map.of("data", DATA)).build(), Profile.DOCUMENT);
    p = new TaskCalls(machine.init());
  }

  private void assertMapped(long start, long end) throws Exception {
    assertThat(p.maps()).anyMatch(line -> line.startsWith("%08x-%08x ".formatted(start, end)));
  }

  @Test
  void unmap01_length0_isEinval() throws Exception {
    long start = p.anonymous(PAGE);
    assertErrno(Errno.EINVAL, "UNMAP-01", () -> p.task().munmap(start, 0));
    assertErrno(Errno.EINVAL, "UNMAP-01", () -> p.task().munmap(start, -1));
  }

  @Test
  void unmap02_whereNothingIsMapped_isEinvalAndLogged() throws Exception {
    long start = p.anonymous(PAGE);
    assertErrno(Errno.EINVAL, "UNMAP-02", () -> p.task().munmap(start + PAGE, PAGE));
    assertThat(machine.log().lines())
        .anyMatch(line ->
            line.endsWith(
                "munmap of memory not mmapped by process 1 (init): 0x%x-0x%x"
                    .formatted(start + PAGE, start + 2 * PAGE - 1)));
  }

  @Test
  void unmap02_mappingOfAnotherProcess_isEinval() throws Exception {
    long start = p.anonymous(PAGE);
    TaskCalls other = p.other();
    assertErrno(Errno.EINVAL, "UNMAP-02", () -> other.task().munmap(start, PAGE));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 2", "1, 3", "1, 2", "0, 5", "1, 4"})
  void unmap03_partOfAMappingOfAFile_isEinval(int from, int pages) throws Exception {
    long start = p.map(p.read("/host/data"), 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);
    assertErrno(
        Errno.EINVAL, () -> p.task().munmap(start + (long) from * PAGE, (long) pages * PAGE));
    assertMapped(start, start + 4 * PAGE);
  }

  @Test
  void unmap04_startBelowAMappingOfAFile_isAcceptedWhenTheEndsAgree() throws Exception {
    long start = p.map(p.read("/host/data"), 2 * PAGE, PROT_READ, MAP_PRIVATE);
    p.task().munmap(start - PAGE, 3 * PAGE);
    assertThat(p.maps()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-4096, 8192", "0, 20480", "-4096, 20480", "4096, 16384", "1, 4096", "4097, 4095"})
  void unmap05_rangeThatSticksOutOrIsUnaligned_isEinval(long offset, long length) throws Exception {
    long start = p.anonymous(4 * PAGE);
    assertErrno(Errno.EINVAL, () -> p.task().munmap(start + offset, length));
    assertMapped(start, start + 4 * PAGE);
  }

  @ParameterizedTest
  @ValueSource(longs = {-4096, -8192, -16384, Long.MIN_VALUE, Long.MAX_VALUE})
  void unmap05_lengthThatWraps_isEinvalAndChangesNothing(long length) throws Exception {
    long start = p.anonymous(4 * PAGE);
    for (int page = 0; page < 4; page++) {
      long from = start + (long) page * PAGE;
      assertErrno(Errno.EINVAL, () -> p.task().munmap(from, length));
    }
    assertMapped(start, start + 4 * PAGE);
    assertThat(machine.mappedCopyPages()).isEqualTo(4);
  }

  @Test
  void unmap06_head_isCutOff() throws Exception {
    long start = p.anonymous(4 * PAGE);
    p.store(start + PAGE, "stays");
    p.task().munmap(start, PAGE);
    assertMapped(start + PAGE, start + 4 * PAGE);
    assertThat(machine.mappedCopyPages()).isEqualTo(3);
    assertThat(p.bytes(start + PAGE, 5)).isEqualTo(new byte[] {'s', 't', 'a', 'y', 's'});
  }

  @Test
  void unmap06_tail_isCutOffWithTheSlackBehindIt() throws Exception {
    p.text("/proc/sys/vm/nr_trim_pages", "0");
    long start = p.anonymous(5 * PAGE);
    assertThat(machine.mappedCopyPages()).isEqualTo(8);
    p.task().munmap(start + 4 * PAGE, PAGE);
    assertMapped(start, start + 4 * PAGE);
    assertThat(machine.mappedCopyPages()).isEqualTo(4);
  }

  @Test
  void unmap07_hole_leavesTwoMappings() throws Exception {
    long start = p.anonymous(8 * PAGE);
    p.store(start, TaskCalls.pattern(8 * PAGE));
    p.task().munmap(start + 2 * PAGE, 3 * PAGE);
    assertMapped(start, start + 2 * PAGE);
    assertMapped(start + 5 * PAGE, start + 8 * PAGE);
    assertThat(machine.regions()).hasSize(2);
    assertThat(p.regions().getLast()).as("where the upper part was divided").contains(" 00002000 ");
    assertThat(machine.mappedCopyPages()).isEqualTo(5);
    assertThat(p.bytes(start + 5 * PAGE, 1)).containsExactly(TaskCalls.pattern(8 * PAGE)[5 * PAGE]);
    p.task().munmap(start, 2 * PAGE);
    p.task().munmap(start + 5 * PAGE, 3 * PAGE);
    assertThat(machine.mappedCopyPages()).isZero();
  }

  @Test
  void unmap07_holeInAMappingWithSlack_keepsTheSlackWithTheUpperPart() throws Exception {
    p.text("/proc/sys/vm/nr_trim_pages", "0");
    long start = p.anonymous(5 * PAGE);
    p.task().munmap(start + PAGE, PAGE);
    assertThat(machine.mappedCopyPages()).isEqualTo(7);
    p.task().munmap(start + 2 * PAGE, 3 * PAGE);
    assertThat(machine.mappedCopyPages()).isEqualTo(1);
  }

  @Test
  void unmap09_rangeOverTwoMappings_isEinval() throws Exception {
    p.text("/proc/sys/vm/nr_trim_pages", "1");
    long whole = p.anonymous(4 * PAGE);
    p.task().munmap(whole + PAGE, PAGE);
    assertErrno(Errno.EINVAL, "UNMAP-05", () -> p.task().munmap(whole, 4 * PAGE));
    assertThat(p.maps()).hasSize(2);
  }

  @Test
  void unmap10_lengthWithinTheLastPage_isRoundedUp() throws Exception {
    long start = p.anonymous(5000);
    p.task().munmap(start, 4097);
    assertThat(p.maps()).isEmpty();
    long file = p.map(p.read("/host/data"), 5000, PROT_READ, MAP_PRIVATE);
    p.task().munmap(file, 8192);
    assertThat(p.maps()).isEmpty();
  }

  @Test
  void unmap11_ofMappingsWithOneStart_theOneWhoseEndFitsGoes() throws Exception {
    int file = p.gathered("/tmp/memory", 3 * PAGE);
    long start = p.map(file, PAGE, PROT_READ, MAP_SHARED);
    p.map(file, 3 * PAGE, PROT_READ, MAP_SHARED);
    p.map(file, 2 * PAGE, PROT_READ, MAP_SHARED);
    p.task().munmap(start, 2 * PAGE);
    assertThat(p.maps()).hasSize(2);
    assertMapped(start, start + PAGE);
    assertMapped(start, start + 3 * PAGE);
  }

  @Test
  void unmap14_mappingWithExactlyTheseBounds_goesWhateverContainsIt() throws Exception {
    int file = p.gathered("/tmp/memory", 3 * PAGE);
    long start = p.map(file, 3 * PAGE, PROT_READ, MAP_SHARED);
    long inner = p.map(file, PAGE, PROT_READ, MAP_SHARED, PAGE);
    assertThat(inner).isEqualTo(start + PAGE);
    p.task().munmap(inner, PAGE);
    assertThat(p.maps()).hasSize(1);
    assertMapped(start, start + 3 * PAGE);
  }

  @Test
  void unmap12_privateMapping_isNeverWrittenBack() throws Exception {
    int file = p.write("/host/data");
    long start = p.map(file, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);
    p.store(start, "only in memory");
    p.task().munmap(start, 4 * PAGE);
    assertThat(p.content(file, 4 * PAGE)).isEqualTo(DATA);
  }

  @Test
  void unmap13_exit_removesEveryMappingAndClosesEveryFile() throws Exception {
    TaskCalls other = p.other();
    other.anonymous(3 * PAGE);
    other.map(other.read("/host/data"), PAGE, PROT_READ, MAP_PRIVATE);
    other.gathered("/tmp/memory", PAGE);
    long free = machine.freePages();
    other.task().exit();
    assertThat(machine.regions()).isEmpty();
    assertThat(other.space().mappings()).isEmpty();
    assertThat(machine.freePages()).isEqualTo(free + 4);
    p.task().tree().unlink("/tmp/memory");
    assertThat(machine.freePages()).isEqualTo(free + 5);
  }
}
