package dev.nommu.conformance;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_ANONYMOUS;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files of /proc that programs read before anything else: each in the format of its source. */
final class ProcFilesTest {
  private static final long PAGE = 4096;

  private TestMachine machine;

  @BeforeEach
  void boot() throws Exception {
    machine = TestMachine.of(RecordedScenario.board(), Profile.LINUX_6_12);
  }

  @AfterEach
  void close() {
    machine.close();
  }

  /** {@code show_partition} of block/genhd.c: major, minor, KiB, name. */
  @Test
  void proc14_partitions_areTheBlockDevicesThatHaveASize() throws Exception {
    List<String> lines = machine.lines("/proc/partitions");
    assertThat(lines).startsWith("major minor  #blocks  name", "");
    assertThat(lines)
        .contains(
            "   1        0       4096 ram0",
            "   1        1       4096 ram1",
            "  31        0       1024 mtdblock0");
  }

  /** {@code swap_show} of mm/swapfile.c. */
  @Test
  void proc14_swaps_hasOnlyItsHeading() throws Exception {
    assertThat(machine.lines("/proc/swaps"))
        .containsExactly("Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority");
  }

  /** {@code version_proc_show} of fs/proc/version.c. */
  @Test
  void proc14_version_namesTheSystemAndItsRelease() throws Exception {
    String release = machine.lines("/proc/sys/kernel/osrelease").getFirst();
    assertThat(machine.lines("/proc/sys/kernel/ostype")).containsExactly("Linux");
    assertThat(release).startsWith("6.12.");
    assertThat(machine.lines("/proc/version").getFirst())
        .startsWith("Linux version " + release + " (");
  }

  /** {@code filesystems_proc_show} goes along the list that registering appends to. */
  @Test
  void proc15_filesystems_areInTheOrderOfRegistration() throws Exception {
    assertThat(machine.lines("/proc/filesystems"))
        .containsSubsequence("\tcramfs", "nodev\thostfs", "nodev\tramfs", "nodev\ttmpfs", "\tromfs")
        .endsWith("nodev\tproc", "nodev\tsysfs", "nodev\tdevtmpfs");
  }

  /** Without an MMU nothing looks at it ({@code mm/nommu.c}). */
  @Test
  void proc14_overcommit_isANumberFrom0To2() throws Exception {
    assertThat(machine.lines("/proc/sys/vm/overcommit_memory")).containsExactly("0");
  }

  /** {@code proc_pid_statm} with {@code task_statm} of fs/proc/task_nommu.c: seven numbers. */
  @Test
  void proc12_statm_countsThePagesOfTheRegions() throws Exception {
    assertThat(machine.lines("/proc/self/statm")).containsExactly("0 0 0 0 0 0 0");
    machine.init().mmap(0, 3 * PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assertThat(machine.lines("/proc/self/statm")).containsExactly("3 3 0 0 0 0 0");
  }

  /** {@code proc_pid_limits} of fs/proc/base.c, with INIT_RLIMITS. */
  @Test
  void proc13_limits_areInFourColumns() throws Exception {
    List<String> lines = machine.lines("/proc/self/limits");
    assertThat(lines).hasSize(17);
    assertThat(lines)
        .startsWith(
            "Limit                     Soft Limit           Hard Limit           Units     ",
            "Max cpu time              unlimited            unlimited            seconds   ")
        .contains(
            "Max open files            1024                 4096                 files     ",
            "Max nice priority         0                    0                    ");
  }
}
