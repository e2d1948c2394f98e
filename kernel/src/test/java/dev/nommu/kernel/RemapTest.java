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
import dev.nommu.kernel.mm.Remapper;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code mremap}: section REMAP. */
final class RemapTest {
  private static final int MAYMOVE = 1;

  @RegisterExtension final Machines machines = new Machines();

  private TaskCalls init(Profile profile) {
    return new TaskCalls(
        machines
            .boot(
                TestBoard.withMebibytes(8)
                    .files(Map.of("data", TaskCalls.pattern(3 * PAGE)))
                    .build(),
                profile)
            .init());
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void remap01_length0_isEinval(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    long start = p.anonymous(PAGE);
    assertErrno(Errno.EINVAL, "REMAP-01", () -> p.task().mremap(start, 0, PAGE, 0, 0));
    assertErrno(Errno.EINVAL, "REMAP-01", () -> p.task().mremap(start, PAGE, 0, 0, 0));
  }

  @Test
  void remap02_addressThatIsNotPageAligned_isEinval() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    long start = p.anonymous(PAGE);
    assertErrno(Errno.EINVAL, "REMAP-02", () -> p.task().mremap(start + 4, PAGE, PAGE, 0, 0));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void remap03_fixed_isIgnoredIfTheAddressDoesNotChangeElseEinval(Profile profile)
      throws Exception {
    TaskCalls p = init(profile);
    long start = p.anonymous(2 * PAGE);
    int fixed = Remapper.MREMAP_FIXED | MAYMOVE;
    assertThat(p.task().mremap(start, 2 * PAGE, PAGE, fixed, start)).isEqualTo(start);
    assertErrno(
        Errno.EINVAL,
        "REMAP-03",
        () -> p.task().mremap(start, PAGE, 2 * PAGE, fixed, start + 16 * PAGE));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void remap04_anythingButAWholeMapping_isEinval(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    long start = p.anonymous(4 * PAGE);
    assertErrno(Errno.EINVAL, "REMAP-04", () -> p.task().mremap(start, PAGE, 2 * PAGE, 0, 0));
    assertErrno(
        Errno.EINVAL, "REMAP-04", () -> p.task().mremap(start + PAGE, 3 * PAGE, PAGE, 0, 0));
    assertErrno(Errno.EINVAL, "REMAP-04", () -> p.task().mremap(start, 5 * PAGE, PAGE, 0, 0));
    assertErrno(Errno.EINVAL, "REMAP-04", () -> p.task().mremap(start, -4 * PAGE, PAGE, 0, 0));
    assertThat(p.maps()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void remap05_sharedMapping_isEperm(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    int file = p.gathered("/tmp/memory", 2 * PAGE);
    long start = p.map(file, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
    assertErrno(Errno.EPERM, "REMAP-05", () -> p.task().mremap(start, 2 * PAGE, PAGE, MAYMOVE, 0));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void remap05_shareableMappingThatNobodyShares_isEpermEvenWithoutAChange(Profile profile)
      throws Exception {
    TaskCalls p = init(profile);
    long start = p.map(p.read("/host/data"), 2 * PAGE, PROT_READ, MAP_PRIVATE);
    assertErrno(Errno.EPERM, "REMAP-05", () -> p.task().mremap(start, 2 * PAGE, 2 * PAGE, 0, 0));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void remap06_withoutSlack_growthIsEnomem(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    long start = p.anonymous(3 * PAGE);
    assertErrno(
        Errno.ENOMEM, "REMAP-06", () -> p.task().mremap(start, 3 * PAGE, 4 * PAGE, MAYMOVE, 0));
    assertErrno(
        Errno.ENOMEM, "REMAP-06", () -> p.task().mremap(start, 3 * PAGE, -PAGE, MAYMOVE, 0));
  }

  @Test
  void remap06_slack_canBeGrownIntoByTheDocument() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    p.text("/proc/sys/vm/nr_trim_pages", "0");
    long start = p.anonymous(5 * PAGE);
    assertThat(p.task().mremap(start, 5 * PAGE, 8 * PAGE, 0, 0)).isEqualTo(start);
    assertThat(p.bytes(start + 5 * PAGE, 3 * PAGE)).containsOnly(0);
    assertErrno(
        Errno.ENOMEM, "REMAP-06", () -> p.task().mremap(start, 8 * PAGE, 9 * PAGE, MAYMOVE, 0));
  }

  @Test
  void remap06_slackThatWasGrownInto_isKeptWhenMoreIs() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    p.text("/proc/sys/vm/nr_trim_pages", "0");
    long start = p.anonymous(5 * PAGE);
    p.task().mremap(start, 5 * PAGE, 6 * PAGE, 0, 0);
    p.store(start + 5 * PAGE, "kept");
    p.task().mremap(start, 6 * PAGE, 7 * PAGE, 0, 0);
    assertThat(p.bytes(start + 5 * PAGE, 4)).isEqualTo(new byte[] {'k', 'e', 'p', 't'});
    assertThat(p.bytes(start + 6 * PAGE, PAGE)).containsOnly(0);
  }

  @Test
  void remap06_slack_cannotBeGrownIntoBy612() throws Exception {
    TaskCalls p = init(Profile.LINUX_6_12);
    p.text("/proc/sys/vm/nr_trim_pages", "0");
    long start = p.anonymous(5 * PAGE);
    assertErrno(Errno.ENOMEM, "REMAP-06", () -> p.task().mremap(start, 5 * PAGE, 6 * PAGE, 0, 0));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void remap07_shrinkAndGrow_keepTheContentAndThePages(Profile profile) throws Exception {
    Machine machine = machines.boot(profile);
    TaskCalls p = new TaskCalls(machine.init());
    long start = p.anonymous(4 * PAGE);
    p.store(start, TaskCalls.pattern(4 * PAGE));
    assertThat(p.task().mremap(start, 4 * PAGE, PAGE, 0, 0)).isEqualTo(start);
    assertThat(p.maps())
        .singleElement()
        .asString()
        .startsWith("%08x-%08x ".formatted(start, start + PAGE));
    assertThat(machine.mappedCopyPages()).isEqualTo(4);
    assertThat(p.task().mremap(start, PAGE, 4 * PAGE, 0, 0)).isEqualTo(start);
    assertThat(p.bytes(start, 4 * PAGE)).isEqualTo(TaskCalls.pattern(4 * PAGE));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, MAYMOVE, 4, 0x100})
  void remap08_flags_neverMoveAndAreNotRejected(int flags) throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    long start = p.anonymous(2 * PAGE);
    assertThat(p.task().mremap(start, 2 * PAGE, PAGE, flags, 0)).isEqualTo(start);
  }

  @Test
  void remap09_afterAPartialUnmap_whatIsLeftIsTheBound() throws Exception {
    TaskCalls p = init(Profile.LINUX_6_12);
    long start = p.anonymous(4 * PAGE);
    p.task().munmap(start + 3 * PAGE, PAGE);
    assertThat(p.task().mremap(start, 3 * PAGE, PAGE, 0, 0)).isEqualTo(start);
    assertErrno(Errno.ENOMEM, "REMAP-06", () -> p.task().mremap(start, PAGE, 4 * PAGE, 0, 0));
    assertThat(p.task().mremap(start, PAGE, 3 * PAGE, 0, 0)).isEqualTo(start);
  }

  @Test
  void remap10_sizesWithinTheLastPage_areRoundedUp() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    long start = p.anonymous(5000);
    assertThat(p.task().mremap(start, 8000, 4097, 0, 0)).isEqualTo(start);
    assertThat(p.maps())
        .singleElement()
        .asString()
        .startsWith("%08x-%08x ".formatted(start, start + 2 * PAGE));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void remap05_privateWritableCopy_canBeResized(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    long start = p.map(p.read("/host/data"), 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);
    assertThat(p.task().mremap(start, 3 * PAGE, PAGE, 0, 0)).isEqualTo(start);
  }
}
