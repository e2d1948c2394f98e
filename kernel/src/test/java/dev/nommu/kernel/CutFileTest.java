package dev.nommu.kernel;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What mappings show of a file that was cut, and who has the pages: rules TRUNC-07, TRUNC-08. */
final class CutFileTest {
  private static final int READ_WRITE = PROT_READ | PROT_WRITE;

  @RegisterExtension final Machines machines = new Machines();

  private Machine boot(Profile profile) throws Exception {
    return machines.boot(TestBoard.withMebibytes(4).build(), profile);
  }

  /** Makes a file in one piece with a pattern. */
  private static int patterned(TaskCalls p, int length) throws Exception {
    int file = p.gathered("/tmp/memory", length);
    p.task().pwrite(file, MemorySegment.ofArray(TaskCalls.pattern(length)), 0);
    return file;
  }

  @Test
  void trunc07_pagesThatAPrivateMappingShows_areNotHandedOutBy612() throws Exception {
    TaskCalls p = new TaskCalls(boot(Profile.LINUX_6_12).init());
    int file = patterned(p, 2 * PAGE);
    long shown = p.map(file, 2 * PAGE, PROT_READ, MAP_PRIVATE);
    p.task().ftruncate(file, 0);
    p.fillMemory();
    assertThat(p.bytes(shown, 2 * PAGE)).isEqualTo(TaskCalls.pattern(2 * PAGE));
  }

  @Test
  void trunc07_pagesThatWereShown_goBackWithTheLastMappingThatShowsThem() throws Exception {
    Machine machine = boot(Profile.LINUX_6_12);
    TaskCalls p = new TaskCalls(machine.init());
    int file = patterned(p, 4 * PAGE);
    long all = p.map(file, 4 * PAGE, PROT_READ, MAP_PRIVATE);
    p.map(file, PAGE, PROT_READ, MAP_PRIVATE, 2 * PAGE);
    long free = machine.freePages();
    p.task().ftruncate(file, PAGE);
    assertThat(machine.freePages()).isEqualTo(free);
    assertThat(machine.check()).isEmpty();
    p.task().munmap(all, 4 * PAGE);
    assertThat(machine.freePages()).isEqualTo(free + 2);
    p.task().munmap(all + 2 * PAGE, PAGE);
    assertThat(machine.freePages()).isEqualTo(free + 3);
  }

  @Test
  void trunc07_fileThatIsCutTwice_keepsWhatEachCutLeftShown() throws Exception {
    Machine machine = boot(Profile.LINUX_6_12);
    TaskCalls p = new TaskCalls(machine.init());
    long free = machine.freePages();
    int file = patterned(p, 3 * PAGE);
    long shown = p.map(file, 3 * PAGE, PROT_READ, MAP_PRIVATE);
    p.task().ftruncate(file, 2 * PAGE);
    p.task().ftruncate(file, PAGE);
    p.fillMemory();
    assertThat(p.bytes(shown, 3 * PAGE)).isEqualTo(TaskCalls.pattern(3 * PAGE));
    machine.tasks().forEach(Task::exit);
    assertThat(machine.freePages()).isEqualTo(free - 1);
  }

  @Test
  void trunc07_fileThatIsRemoved_leavesItsPagesToTheMapping() throws Exception {
    Machine machine = boot(Profile.LINUX_6_12);
    TaskCalls p = new TaskCalls(machine.init());
    long free = machine.freePages();
    int file = patterned(p, 3 * PAGE);
    long shown = p.map(file, 3 * PAGE, PROT_READ, MAP_PRIVATE);
    p.task().ftruncate(file, PAGE);
    p.task().close(file);
    p.task().tree().unlink("/tmp/memory");
    TaskCalls other = p.other();
    other.fillMemory();
    assertThat(p.bytes(shown, 3 * PAGE)).isEqualTo(TaskCalls.pattern(3 * PAGE));
    other.task().exit();
    p.task().munmap(shown, 3 * PAGE);
    assertThat(machine.freePages()).isEqualTo(free);
  }

  @Test
  void trunc07_whatWasCutOff_isNotMappedAgainBy612() throws Exception {
    TaskCalls p = new TaskCalls(boot(Profile.LINUX_6_12).init());
    int file = patterned(p, 2 * PAGE);
    long old = p.map(file, 2 * PAGE, PROT_READ, MAP_PRIVATE);
    p.task().ftruncate(file, 0);
    p.task().ftruncate(file, 2 * PAGE);
    long fresh = p.map(file, 2 * PAGE, READ_WRITE, MAP_SHARED);
    p.store(fresh, "kept");
    assertThat(p.content(file, 4)).isEqualTo(new byte[] {'k', 'e', 'p', 't'});
    assertThat(p.bytes(old, 2 * PAGE)).isEqualTo(TaskCalls.pattern(2 * PAGE));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void trunc08_partOfARegionThatNoMappingShows_isNotMappedAgain(Profile profile) throws Exception {
    Machine machine = boot(profile);
    TaskCalls p = new TaskCalls(machine.init());
    int file = patterned(p, 3 * PAGE);
    long all = p.map(file, 3 * PAGE, PROT_READ, MAP_PRIVATE);
    p.map(file, PAGE, PROT_READ, MAP_PRIVATE);
    p.task().munmap(all, 3 * PAGE);
    p.task().ftruncate(file, PAGE);
    p.task().ftruncate(file, 3 * PAGE);
    long again = p.map(file, 3 * PAGE, PROT_READ, MAP_PRIVATE);
    assertThat(machine.check()).isEmpty();
    byte[] expected = Arrays.copyOf(TaskCalls.pattern(PAGE), 3 * PAGE);
    assertThat(p.bytes(again, 3 * PAGE)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void trunc08_regionThatWasCut_doesNotGrowWhenTheFileIsCutAgain(Profile profile) throws Exception {
    TaskCalls p = new TaskCalls(boot(profile).init());
    int file = p.gathered("/tmp/memory", 3 * PAGE);
    long start = p.map(file, 3 * PAGE, READ_WRITE, MAP_SHARED);
    p.map(file, PAGE, READ_WRITE, MAP_SHARED);
    p.task().munmap(start, 3 * PAGE);
    p.task().ftruncate(file, PAGE + 1);
    p.task().ftruncate(file, 3 * PAGE);
    p.task().ftruncate(file, 2 * PAGE - 1);
    assertThat(p.regions())
        .singleElement()
        .asString()
        .startsWith("%08x-%08x ".formatted(start, start + PAGE + 1));
  }

  @Test
  void trunc08_copyThatASharedMappingUses_isShownShorterAndKeepsItsPagesBy612() throws Exception {
    Machine machine = boot(Profile.LINUX_6_12);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.file("/tmp/scattered", TaskCalls.pattern(3 * PAGE));
    long whole = p.map(file, 3 * PAGE, PROT_READ, MAP_PRIVATE);
    long first = p.map(file, PAGE, PROT_READ, MAP_SHARED);
    p.task().ftruncate(file, PAGE);
    assertThat(List.of(whole, first)).containsOnly(whole);
    assertThat(p.regions())
        .singleElement()
        .asString()
        .startsWith("%08x-%08x ".formatted(whole, whole + PAGE));
    assertThat(p.bytes(whole, 3 * PAGE)).isEqualTo(TaskCalls.pattern(3 * PAGE));
    assertThat(machine.check()).isEmpty();
    p.task().munmap(first, PAGE);
    p.task().munmap(whole, 3 * PAGE);
    assertThat(machine.mappedCopyPages()).isZero();
  }
}
