package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The files in /proc that speak of the whole machine, on the board of the recorded kernel: each
 * line as the function that is named prints it on a machine of 64 bits. {@link DeviceNumbersTest}
 * has /proc/devices and /proc/fb.
 */
class ProcFormatTest {
  private TestMachine machine;

  @BeforeEach
  void boot() throws Exception {
    machine = TestMachine.of(RecordedScenario.board(), Profile.LINUX_6_12);
  }

  @AfterEach
  void close() {
    machine.close();
  }

  /** {@code filesystems_proc_show} of fs/filesystems.c. */
  @Test
  void filesystems_sayWhichNeedNoDevice() throws Exception {
    assertThat(machine.lines("/proc/filesystems"))
        .containsExactlyInAnyOrder(
            "\tcramfs",
            "\tromfs",
            "nodev\tdevtmpfs",
            "nodev\thostfs",
            "nodev\tproc",
            "nodev\tramfs",
            "nodev\tsysfs",
            "nodev\ttmpfs");
  }

  /** {@code r_show} of kernel/resource.c: the last byte, not the one behind it. */
  @Test
  void proc17_iomem_namesDeviceAndNode() throws Exception {
    assertThat(machine.lines("/proc/iomem"))
        .contains(
            "80000000-873fffff : System RAM",
            "20000000-21ffffff : 20000000.flash flash@20000000",
            "87800000-8783ffff : simplefb");
  }

  /** {@code mtd_proc_show} of drivers/mtd/mtdcore.c. */
  @Test
  void mtd_hasSizesInHexadecimalAndNamesInQuotes() throws Exception {
    assertThat(machine.lines("/proc/mtd"))
        .startsWith(
            "dev:    size   erasesize  name",
            "mtd0: 00100000 00040000 \"nor-cramfs\"",
            "mtd1: 00100000 00040000 \"nor-romfs\"")
        .endsWith("mtd8: 00040000 00010000 \"mtdram test device\"")
        .hasSize(10);
  }

  /** {@code cmdline_proc_show} of fs/proc/cmdline.c. */
  @Test
  void cmdline_isThatOfTheBoard() throws Exception {
    assertThat(machine.lines("/proc/cmdline"))
        .containsExactly(
            "phram.phram=phram,0x87600000,0x100000 mtdram.total_size=256"
                + " mtdram.erase_size=64 brd.rd_nr=2 brd.rd_size=4096");
  }

  /** {@code show_vfsmnt} of fs/proc_namespace.c. */
  @Test
  void mounts_haveSixFields() throws Exception {
    assertThat(machine.lines("/proc/mounts"))
        .allMatch(line -> line.split(" ", -1).length == 6)
        .contains(
            "rootfs / rootfs rw 0 0",
            "proc /proc proc rw,relatime 0 0",
            "mtd:rom-romfs /m/romfs_rom romfs ro,relatime 0 0",
            "none /m/noexec ramfs rw,noexec,relatime 0 0");
  }

  /** {@code proc_doulongvec_minmax} and {@code proc_dointvec_minmax} of kernel/sysctl.c. */
  @Test
  void settings_areNumbersWithTheDefaultsOfTheKernel() throws Exception {
    assertThat(machine.lines("/proc/sys/vm/nr_trim_pages")).containsExactly("1");
    assertThat(machine.lines("/proc/sys/kernel/shmmax")).containsExactly("18446744073692774399");
    assertThat(machine.lines("/proc/sys/kernel/shmall")).containsExactly("18446744073692774399");
    assertThat(machine.lines("/proc/sys/kernel/shmmni")).containsExactly("4096");
  }
}
