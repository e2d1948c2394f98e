package dev.nommu.kernel;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_EXEC;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.Profile;
import dev.nommu.kernel.mmap.RegionKind;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that consist of memory and are mapped in place: sections MEMF and PSHM. */
final class MemoryFileTest {
  private static final int READ_WRITE = PROT_READ | PROT_WRITE;

  @RegisterExtension final Machines machines = new Machines();

  private TaskCalls init(Profile profile) {
    return new TaskCalls(
        machines
            .boot(
                TestBoard.withMebibytes(16)
                    .mount("shm", "/dev/shm", "tmpfs", "size=4k,nr_inodes=1")
                    .mount("noexec", "/noexec", "ramfs", "noexec")
                    .build(),
                profile)
            .init());
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void memf01_tmpfs_isRamfsWithoutAnyLimit(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    assertThat(p.map(p.gathered("/dev/shm/a", 5 * PAGE), 5 * PAGE, READ_WRITE, MAP_SHARED))
        .isPositive();
    assertThat(p.map(p.gathered("/dev/shm/b", PAGE), PAGE, READ_WRITE, MAP_SHARED)).isPositive();
    assertThat(p.task().tree().statfs("/dev/shm").magic()).isEqualTo(0x858458f6L);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void memf02_anyProtection_isMappedSharedExceptExecOnNoexec(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    int file = p.gathered("/tmp/memory", PAGE);
    long start = p.map(file, PAGE, PROT_READ, MAP_SHARED);
    for (int protection = 0; protection < 8; protection++) {
      assertThat(p.map(file, PAGE, protection, MAP_SHARED)).isEqualTo(start);
    }
    int noexec = p.gathered("/noexec/memory", PAGE);
    assertErrno(
        Errno.EPERM, "MMAP-21a", () -> p.map(noexec, PAGE, PROT_READ | PROT_EXEC, MAP_SHARED));
    assertErrno(Errno.EPERM, "MMAP-21a", () -> p.map(noexec, PAGE, PROT_EXEC, MAP_PRIVATE));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void memf05_privateReadOnlyMapping_isOnTheFileItself(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    int file = p.gathered("/tmp/memory", 3 * PAGE);
    long start = p.map(file, 2 * PAGE, PROT_READ, MAP_PRIVATE, PAGE);
    assertThat(p.task().mapping(start).orElseThrow().region().kind()).isEqualTo(RegionKind.STORE);
    p.task().pwrite(file, MemorySegment.ofArray(new byte[] {42}), PAGE);
    assertThat(p.bytes(start, 1)).containsExactly(42);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void memf05_pagesThatAreMissing_areEnodevSharedAndACopyPrivately(Profile profile)
      throws Exception {
    TaskCalls p = init(profile);
    int file = p.gathered("/tmp/memory", PAGE);
    p.task().ftruncate(file, 3 * PAGE);
    assertErrno(Errno.ENODEV, "DIR-04", () -> p.map(file, 2 * PAGE, READ_WRITE, MAP_SHARED));
    long copy = p.map(file, 2 * PAGE, PROT_READ, MAP_PRIVATE);
    assertThat(p.task().mapping(copy).orElseThrow().region().kind()).isEqualTo(RegionKind.COPY);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void memf06_mapping_reachesToTheEndOfTheLastPageAndNotBeyond(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    int file = p.gathered("/tmp/memory", PAGE + 1);
    assertThat(p.map(file, 2 * PAGE, READ_WRITE, MAP_SHARED)).isPositive();
    assertErrno(Errno.ENODEV, () -> p.map(file, 3 * PAGE, READ_WRITE, MAP_SHARED));
    assertErrno(Errno.ENODEV, () -> p.map(file, PAGE, READ_WRITE, MAP_SHARED, 2 * PAGE));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void memf08_readWriteAndStoresThroughAllMappings_areCoherent(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    int file = p.gathered("/tmp/memory", 2 * PAGE);
    long start = p.map(file, 2 * PAGE, READ_WRITE, MAP_SHARED);
    TaskCalls other = p.other();
    long theirs = other.map(other.write("/tmp/memory"), PAGE, READ_WRITE, MAP_SHARED, PAGE);
    other.store(theirs, "stored");
    assertThat(Arrays.copyOfRange(p.content(file, 2 * PAGE), PAGE, PAGE + 6))
        .isEqualTo(p.bytes(start + PAGE, 6));
    p.task().pwrite(file, MemorySegment.ofArray(new byte[] {'w'}), PAGE);
    assertThat(other.bytes(theirs, 3)).containsExactly('w', 't', 'o');
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void memf10_unlinkedAndClosedFile_isThereAsLongAsItIsMapped(Profile profile) throws Exception {
    Machine machine = machines.boot(profile);
    TaskCalls p = new TaskCalls(machine.init());
    long free = machine.freePages();
    int file = p.gathered("/tmp/memory", 2 * PAGE);
    long start = p.map(file, 2 * PAGE, READ_WRITE, MAP_SHARED);
    p.store(start, "still there");
    p.task().close(file);
    p.task().tree().unlink("/tmp/memory");
    assertThat(p.bytes(start, 5)).isEqualTo(new byte[] {'s', 't', 'i', 'l', 'l'});
    assertThat(machine.freePages()).isEqualTo(free - 2);
    p.task().munmap(start, 2 * PAGE);
    assertThat(machine.freePages()).isEqualTo(free);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void memf11_pagesMadeByWrite_cannotBeMappedSharedButCopied(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    int file = p.file("/tmp/written", TaskCalls.pattern(3 * PAGE));
    assertErrno(Errno.ENODEV, () -> p.map(file, 3 * PAGE, READ_WRITE, MAP_SHARED));
    assertThat(p.map(file, PAGE, READ_WRITE, MAP_SHARED, PAGE)).isPositive();
    long copy = p.map(file, 3 * PAGE, READ_WRITE, MAP_PRIVATE);
    assertThat(p.bytes(copy, 3 * PAGE)).isEqualTo(TaskCalls.pattern(3 * PAGE));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void pshm01_openTruncateMap_sharesMemory(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    int file = p.gathered("/dev/shm/segment", 4 * PAGE);
    long start = p.map(file, 4 * PAGE, READ_WRITE, MAP_SHARED);
    assertThat(p.bytes(start, 4 * PAGE)).containsOnly(0);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void pshm01_withoutTruncateOrInSteps_isEnodev(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    int empty = p.gathered("/dev/shm/empty", 0);
    assertErrno(Errno.ENODEV, () -> p.map(empty, PAGE, READ_WRITE, MAP_SHARED));
    int steps = p.gathered("/dev/shm/steps", PAGE);
    p.task().ftruncate(steps, 2 * PAGE);
    assertErrno(Errno.ENODEV, () -> p.map(steps, 2 * PAGE, READ_WRITE, MAP_SHARED));
    assertThat(p.map(steps, PAGE, READ_WRITE, MAP_SHARED)).isPositive();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void pshm02_allMappers_getTheSameAddress(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    long start = p.map(p.gathered("/dev/shm/s", 3 * PAGE), 3 * PAGE, READ_WRITE, MAP_SHARED);
    TaskCalls other = p.other();
    int file = other.write("/dev/shm/s");
    assertThat(other.map(file, 3 * PAGE, READ_WRITE, MAP_SHARED)).isEqualTo(start);
    assertThat(other.map(file, PAGE, READ_WRITE, MAP_SHARED, PAGE)).isEqualTo(start + PAGE);
  }

  @Test
  void pshm03_memfd_isAFileOnTmpfsByTheDocument() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    int file = p.task().unnamedFiles().memfdCreate("buffer", 1);
    p.task().ftruncate(file, 3 * PAGE);
    p.map(file, 3 * PAGE, READ_WRITE, MAP_SHARED);
    assertThat(p.maps()).singleElement().asString().endsWith(" /memfd:buffer (deleted)");
  }

  @Test
  void pshm03_memfd_isEfbigBy612() {
    TaskCalls p = init(Profile.LINUX_6_12);
    assertErrno(Errno.EFBIG, "PSHM-03", () -> p.task().unnamedFiles().memfdCreate("buffer", 0));
  }

  @Test
  void pshm03_memfdOfHugePages_isEnosys() {
    TaskCalls p = init(Profile.LINUX_6_12);
    int hugeOf2Mebibytes = 4 | 21 << 26;
    assertErrno(
        Errno.ENOSYS,
        "PSHM-03",
        () -> p.task().unnamedFiles().memfdCreate("buffer", hugeOf2Mebibytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x20, 0x80, 21 << 26})
  void pshm03_memfdWithAnUnknownFlagOrALongName_isEinval(int flag) throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    assertErrno(Errno.EINVAL, () -> p.task().unnamedFiles().memfdCreate("buffer", flag));
    assertErrno(Errno.EINVAL, () -> p.task().unnamedFiles().memfdCreate("n".repeat(250), 0));
    assertThat(p.task().unnamedFiles().memfdCreate("n".repeat(249), 0)).isPositive();
  }
}
