package dev.nommu.kernel.proc;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_ANONYMOUS;
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
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.fs.FileStatus;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mappings in /proc: section PROC. */
final class ProcTest {
  @RegisterExtension final Machines machines = new Machines();

  private TaskCalls init(Profile profile) {
    Machine machine =
        machines.boot(
            TestBoard.withMebibytes(8).files(Map.of("data", TaskCalls.pattern(3 * PAGE))).build(),
            profile);
    return new TaskCalls(machine.init());
  }

  private static List<Long> starts(List<String> lines) {
    return lines.stream()
        .map(line -> Long.parseLong(line.substring(0, line.indexOf('-')), 16))
        .toList();
  }

  @Test
  void proc01_maps_hasEveryRegionOfTheSystemOnceByAscendingStart() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    TaskCalls other = p.other();
    long anonymous = other.anonymous(PAGE);
    long copy = p.map(p.read("/host/data"), PAGE, PROT_READ, MAP_PRIVATE);
    other.map(other.read("/host/data"), PAGE, PROT_READ, MAP_PRIVATE);
    long direct = p.map(p.gathered("/tmp/memory", PAGE), PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
    assertThat(starts(p.regions())).isSorted().containsExactlyInAnyOrder(anonymous, copy, direct);
    assertThat(p.task().tree().stat("/proc/maps").attributes().permissions()).isEqualTo(0444);
  }

  @Test
  void proc11_status_tellsMemoryOfItsOwnItsSlackAndWhatIsShared() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    long address = p.anonymous(3 * PAGE);
    p.task().mremap(address, 3 * PAGE, 2 * PAGE, 0, 0);
    p.map(p.gathered("/tmp/memory", PAGE), PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
    assertThat(p.text("/proc/self/status").lines())
        .contains("Mem:\t   12288 bytes", "Slack:\t    4096 bytes", "Shared:\t    4096 bytes");
  }

  @Test
  void proc02_mapsOfAProcess_hasItsMappingsAndNoOthers() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    TaskCalls other = p.other();
    long mine = p.anonymous(PAGE);
    long theirs = other.anonymous(PAGE);
    long second = other.anonymous(PAGE);
    assertThat(starts(p.maps())).containsExactly(mine);
    assertThat(starts(p.text("/proc/%d/maps".formatted(other.task().pid())).lines().toList()))
        .isSorted()
        .containsExactlyInAnyOrder(theirs, second);
    assertErrno(Errno.ENOENT, () -> p.read("/proc/4711/maps"));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void proc03_line_hasItsPathFromColumn73On(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    int file = p.read("/host/data");
    long start = p.map(file, 2 * PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE, PAGE);
    FileStatus status = p.task().fstat(file);
    String head =
        "%08x-%08x r-xp 00001000 %02x:%02x %d "
            .formatted(
                start,
                start + 2 * PAGE,
                status.device().major(),
                status.device().minor(),
                status.inode());
    assertThat(p.text("/proc/self/maps")).isEqualTo("%-73s/host/data\n".formatted(head));
    assertThat(p.text("/proc/maps")).isEqualTo("%-73s/host/data\n".formatted(head));
  }

  @Test
  void proc04_flags_areLettersAndACapitalSForMapShared() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    int file = p.gathered("/tmp/memory", PAGE);
    String[] letters = {"---", "r--", "-w-", "rw-", "--x", "r-x", "-wx", "rwx"};
    for (int protection = 0; protection < 8; protection++) {
      long shared = p.map(file, PAGE, protection, MAP_SHARED);
      assertThat(p.maps()).singleElement().asString().contains(" " + letters[protection] + "S ");
      p.task().munmap(shared, PAGE);
      long own = p.task().mmap(0, PAGE, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      assertThat(p.maps()).singleElement().asString().contains(" " + letters[protection] + "p ");
      p.task().munmap(own, PAGE);
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void proc05_privateMappingOfAFile_isShownAsPrivateWhetherSharedOrNot(Profile profile)
      throws Exception {
    TaskCalls p = init(profile);
    p.map(p.gathered("/tmp/memory", PAGE), PAGE, PROT_READ, MAP_PRIVATE);
    p.map(p.read("/host/data"), PAGE, PROT_READ, MAP_PRIVATE);
    p.map(p.read("/host/data"), PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);
    assertThat(p.maps()).hasSize(3).allMatch(line -> line.charAt(line.indexOf(' ') + 4) == 'p');
  }

  @Test
  void proc06_anonymousMemory_hasNoInodeAndEndsInABlank() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    long start = p.anonymous(PAGE);
    assertThat(p.text("/proc/self/maps"))
        .isEqualTo("%08x-%08x rw-p 00000000 00:00 0 \n".formatted(start, start + PAGE));
  }

  @Test
  void proc08_end_isThatOfTheMappingForAProcessAndThatOfTheRegionForTheSystem() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    long start = p.anonymous(3 * PAGE);
    p.task().mremap(start, 3 * PAGE, PAGE, 0, 0);
    assertThat(p.maps().getFirst()).startsWith("%08x-%08x ".formatted(start, start + PAGE));
    assertThat(p.regions().getFirst()).startsWith("%08x-%08x ".formatted(start, start + 3 * PAGE));
  }

  @Test
  void proc09_unlinkedOrReplacedFile_isMarkedDeletedAndNothingIsEscaped() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    int file = p.gathered("/tmp/a b\\c", PAGE);
    p.map(file, PAGE, PROT_READ, MAP_SHARED);
    assertThat(p.maps().getFirst()).endsWith(" /tmp/a b\\c");
    p.task().tree().unlink("/tmp/a b\\c");
    assertThat(p.maps().getFirst()).endsWith(" /tmp/a b\\c (deleted)");
    p.gathered("/tmp/a b\\c", PAGE);
    assertThat(p.maps().getFirst()).endsWith(" /tmp/a b\\c (deleted)");
  }

  @Test
  void proc09_movedFile_isShownByTheNameItHasNow() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    p.task().tree().mkdir("/tmp/d", 0755);
    p.map(p.gathered("/tmp/d/f", PAGE), PAGE, PROT_READ, MAP_SHARED);
    p.task().tree().rename("/tmp/d/f", "/tmp/d/g");
    p.task().tree().rename("/tmp/d", "/tmp/e");
    assertThat(p.maps().getFirst()).endsWith(" /tmp/e/g");
    p.task().tree().rename("/tmp/e/g", "/tmp/f");
    p.task().tree().rename("/tmp/f", "/tmp/e/f");
    assertThat(p.maps().getFirst()).endsWith(" /tmp/e/f");
    p.task().tree().rename("/tmp/e", "/tmp/d");
    assertThat(p.maps().getFirst()).endsWith(" /tmp/d/f");
    p.task().tree().unlink("/tmp/d/f");
    assertThat(p.maps().getFirst()).endsWith(" /tmp/d/f (deleted)");
  }

  @Test
  void proc09_fileMovedOverAndOver_isShownByItsNewestNameFor64Moves() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    p.map(p.gathered("/tmp/0", PAGE), PAGE, PROT_READ, MAP_SHARED);
    for (int moves = 1; moves <= 65; moves++) {
      p.task().tree().rename("/tmp/" + (moves - 1), "/tmp/" + moves);
      assertThat(p.maps().getFirst()).endsWith(moves <= 64 ? " /tmp/" + moves : " /tmp/0");
    }
  }

  @Test
  void proc09_sysvSegment_hasItsKeyAsPathAndItsIdAsInode() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    p.task().ipc().shmget(7, PAGE, 01600);
    int id = p.task().ipc().shmget(0x1234, PAGE, 01600);
    p.task().ipc().shmat(id, 0, 0);
    assertThat(p.maps().getFirst()).contains(" 1 ").endsWith(" /SYSV00001234 (deleted)");
  }

  @Test
  void proc10_meminfo_hasMmapCopyBetweenMlockedAndSwapTotal() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    p.anonymous(3 * PAGE);
    p.map(p.read("/host/data"), PAGE, PROT_READ, MAP_PRIVATE);
    p.map(p.gathered("/tmp/memory", 9 * PAGE), 9 * PAGE, PROT_READ, MAP_SHARED);
    List<String> lines = p.text("/proc/meminfo").lines().toList();
    int at = lines.indexOf("MmapCopy:             16 kB");
    assertThat(at).isPositive();
    assertThat(lines.get(at - 1)).startsWith("Mlocked:");
    assertThat(lines.get(at + 1)).startsWith("SwapTotal:");
  }

  @Test
  void proc10_meminfo_hasTheFieldsOfLinuxInItsOrderAndColumns() throws Exception {
    List<String> lines = init(Profile.DOCUMENT).text("/proc/meminfo").lines().toList();
    assertThat(lines).allMatch(line -> line.matches("\\S+: +\\d+ kB") && line.length() == 27);
    assertThat(lines.stream().map(line -> line.substring(0, line.indexOf(':'))))
        .containsExactly(
            "MemTotal",
            "MemFree",
            "MemAvailable",
            "Buffers",
            "Cached",
            "SwapCached",
            "Active",
            "Inactive",
            "Active(anon)",
            "Inactive(anon)",
            "Active(file)",
            "Inactive(file)",
            "Unevictable",
            "Mlocked",
            "MmapCopy",
            "SwapTotal",
            "SwapFree",
            "Dirty",
            "Writeback",
            "AnonPages",
            "Mapped",
            "Shmem");
    assertThat(lines).contains("MemTotal:           8192 kB", "SwapTotal:             0 kB");
  }

  @Test
  void proc10_meminfo_countsPagesOfFilesAsCachedAndNeverEvicted() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    List<String> before = p.text("/proc/meminfo").lines().toList();
    p.gathered("/tmp/memory", 3 * PAGE);
    assertThat(p.text("/proc/meminfo").lines().filter(line -> !before.contains(line)))
        .containsExactly(
            "MemFree:            8180 kB",
            "MemAvailable:       8180 kB",
            "Cached:               12 kB",
            "Unevictable:          12 kB");
  }

  @Test
  void proc21_cpuinfo_tellsOfTheProcessorsOfTheTree() throws Exception {
    TestBoard board =
        TestBoard.withMebibytes(8)
            .node(
                """
                cpus {
                  #address-cells = <1>; #size-cells = <0>; timebase-frequency = <1000000>;
                  cpu@2 { device_type = "cpu"; reg = <2>; compatible = "sifive,u54", "riscv"; };
                  cpu@3 { device_type = "cpu"; reg = <3>; compatible = "riscv"; };
                  cpu@4 { device_type = "cpu"; reg = <4>; status = "disabled"; };
                };
                """);
    TaskCalls p = new TaskCalls(machines.boot(board.build(), Profile.LINUX_6_12).init());
    assertThat(p.task().processes().system().processors()).isEqualTo(2);
    assertThat(p.text("/proc/cpuinfo"))
        .isEqualTo(
            """
            processor	: 0
            hart		: 2
            isa		: rv64imafdc_zicsr_zifencei
            mmu		: none
            uarch		: sifive,u54
            mvendorid	: 0x0
            marchid		: 0x0
            mimpid		: 0x0
            hart isa	: rv64imafdc_zicsr_zifencei

            processor	: 1
            hart		: 3
            isa		: rv64imafdc_zicsr_zifencei
            mmu		: none
            mvendorid	: 0x0
            marchid		: 0x0
            mimpid		: 0x0
            hart isa	: rv64imafdc_zicsr_zifencei

            """);
  }

  @Test
  void proc21_cpuinfoOfATreeWithoutProcessors_hasOne() throws Exception {
    TaskCalls p = init(Profile.LINUX_6_12);
    assertThat(p.text("/proc/cpuinfo")).startsWith("processor\t: 0\nhart\t\t: 0\n");
    assertThat(p.text("/proc/cpuinfo").split("processor")).hasSize(2);
  }

  @Test
  void iomem_showsItsAddressesToTheSuperuserOnly() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    TaskCalls other = p.other();
    other.task().processes().setuid(1000);
    assertThat(p.text("/proc/iomem")).contains("80000000-807fffff : System RAM\n");
    assertThat(other.text("/proc/iomem")).contains("00000000-00000000 : System RAM\n");
  }

  @Test
  void procFiles_tellWhatTheMachineHas() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    assertThat(p.text("/proc/cmdline")).isEqualTo("brd.rd_nr=1 brd.rd_size=64\n");
    assertThat(p.text("/proc/filesystems")).contains("nodev\tramfs\n", "\tromfs\n");
    assertThat(p.text("/proc/mounts")).contains("files /host hostfs rw,relatime 0 0\n");
    assertThat(p.text("/proc/devices"))
        .contains("Character devices:\n", "Block devices:\n  1 ramdisk\n");
    assertThat(p.text("/proc/iomem")).contains("80000000-807fffff : System RAM\n");
    assertThat(p.text("/proc/self/comm")).isEqualTo("init\n");
  }
}
