package dev.nommu.kernel.proc;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a process: proc_pid(5) and the man pages it names. */
final class ProcessFilesTest {
  @RegisterExtension final Machines machines = new Machines();

  private Machine machine;
  private TaskCalls init;

  @BeforeEach
  void boot() {
    machine = machines.boot(TestBoard.withMebibytes(8).build(), Profile.LINUX_6_12);
    init = new TaskCalls(machine.init());
  }

  private String statusOf(TaskCalls p) throws Exception {
    return init.text("/proc/%d/status".formatted(p.task().pid()));
  }

  @Test
  void proc11_status_hasTheFieldsOfLinuxInItsOrder() throws Exception {
    TaskCalls child = init.other();
    child.anonymous(PAGE);
    child.task().processes().sigaction(Signal.SIGINT, Disposition.IGNORE);
    child.task().processes().sigaction(Signal.SIGUSR1, new Disposition.Handle(signal -> {}));
    assertThat(statusOf(child))
        .isEqualTo(
            """
            Name:\tother
            Umask:\t0000
            State:\tR (running)
            Tgid:\t%1$d
            Pid:\t%1$d
            PPid:\t1
            TracerPid:\t0
            Uid:\t0\t0\t0\t0
            Gid:\t0\t0\t0\t0
            FDSize:\t64
            Groups:\t\s
            Mem:\t    4096 bytes
            Slack:\t       0 bytes
            Shared:\t       0 bytes
            Threads:\t1
            SigPnd:\t0000000000000000
            ShdPnd:\t0000000000000000
            SigBlk:\t0000000000000000
            SigIgn:\t0000000000000002
            SigCgt:\t0000000000000200
            """
                .formatted(child.task().pid()));
  }

  @Test
  void proc11_sizeOfTheDescriptorTable_growsByDoubling() throws Exception {
    for (int i = 0; i < 64; i++) {
      init.task().dup(0);
    }
    assertThat(statusOf(init)).contains("FDSize:\t128\n");
  }

  @Test
  void proc11_stoppedProcess_isToldByItsState() throws Exception {
    TaskCalls child = init.other();
    init.task().processes().kill(child.task().pid(), Signal.SIGSTOP);
    assertThat(statusOf(child)).contains("State:\tT (stopped)\n");
    init.task().processes().kill(child.task().pid(), Signal.SIGCONT);
    assertThat(statusOf(child)).contains("State:\tR (running)\n");
  }

  @Test
  void proc02_processThatHasEnded_hasNoMemoryAndIsThereUntilItIsWaitedFor() throws Exception {
    TaskCalls parent = init.other();
    TaskCalls child = parent.other();
    child.anonymous(PAGE);
    child.task().exit(3);
    String directory = "/proc/%d/".formatted(child.task().pid());
    assertThat(init.text(directory + "status"))
        .contains("Name:\tother\n", "State:\tZ (zombie)\n", "PPid:\t" + parent.task().pid())
        .doesNotContain("Mem:");
    assertThat(init.text(directory + "maps")).isEmpty();
    assertErrno(Errno.ENOENT, () -> init.task().tree().readlink(directory + "root"));
    parent.task().processes().waitpid(child.task().pid());
    assertErrno(Errno.ENOENT, () -> init.read(directory + "status"));
  }

  @Test
  void name_isCutToFifteenBytesAndInAStatusWithoutLineBreaks() throws Exception {
    Task longName = machine.init().spawn("a-name-of-more-than-15");
    assertThat(init.text("/proc/%d/comm".formatted(longName.pid()))).isEqualTo("a-name-of-more-\n");
    Task umlauts = machine.init().spawn("\u00e4".repeat(8));
    assertThat(init.text("/proc/%d/comm".formatted(umlauts.pid())))
        .isEqualTo("\u00e4".repeat(7) + "\n");
    Task lines = machine.init().spawn("a\nb\\");
    assertThat(statusOf(new TaskCalls(lines))).startsWith("Name:\ta\\nb\\\\\nUmask:");
  }

  @Test
  void links_leadToTheWorkingDirectoryAndTheRoot() throws Exception {
    init.task().tree().chdir("/tmp");
    assertThat(init.task().tree().readlink("/proc/self/cwd")).isEqualTo("/tmp");
    assertThat(init.task().tree().readlink("/proc/self/root")).isEqualTo("/");
    assertThat(init.task().tree().readlink("/proc/self")).isEqualTo("1");
    assertThat(init.other().task().tree().readlink("/proc/self")).isNotEqualTo("1");
  }

  @Test
  void processThatExecutedNothing_hasNoCommandLineAndNoExecutable() throws Exception {
    assertThat(init.text("/proc/self/cmdline")).isEmpty();
    assertThat(init.text("/proc/self/environ")).isEmpty();
    assertErrno(Errno.ENOENT, () -> init.task().tree().readlink("/proc/self/exe"));
  }

  @Test
  void mounts_isALinkToThatOfTheProcessAndEscapesWhatWouldEndAField() throws Exception {
    assertThat(init.task().tree().readlink("/proc/mounts")).isEqualTo("self/mounts");
    init.task().tree().mkdir("/mnt/a b\\c#", 0755);
    init.task().tree().mount("x\ty#", "/mnt/a b\\c#", "ramfs", 0xe, "");
    assertThat(init.text("/proc/mounts"))
        .endsWith("\nx\\011y\\043 /mnt/a\\040b\\134c# ramfs rw,nosuid,nodev,noexec,relatime 0 0\n")
        .isEqualTo(init.text("/proc/1/mounts"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "01", "+1", "-1", "1 ", "2147483648", "99999999999999999999", "x"})
  void whatIsNoNumberOfAProcess_isEnoent(String name) {
    assertErrno(Errno.ENOENT, () -> init.read("/proc/" + name + "/status"));
  }

  @Test
  void directory_listsProcessesByNumberAndTheirFiles() throws Exception {
    Task child = machine.init().spawn("other");
    assertThat(names("/proc")).startsWith("1", String.valueOf(child.pid())).contains("self");
    assertThat(names("/proc/1"))
        .containsExactly(
            "cmdline", "comm", "cwd", "environ", "exe", "limits", "maps", "mem", "mounts", "root",
            "statm", "status");
  }

  private List<String> names(String directory) throws Exception {
    return init.task().tree().list(directory).stream().map(DirectoryEntry::name).toList();
  }

  @Test
  void ptrace01_mem_readsAndWritesTheMemoryOfAnotherProcessAndEndsWithAMapping() throws Exception {
    TaskCalls child = init.other();
    long address = child.anonymous(PAGE);
    int memory = init.write("/proc/%d/mem".formatted(child.task().pid()));
    child.store(address + PAGE - 4, "text");
    byte[] read = new byte[8];
    assertThat(init.task().pread(memory, MemorySegment.ofArray(read), address + PAGE - 4))
        .isEqualTo(4);
    assertThat(new String(read, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("text");
    init.task().pwrite(memory, MemorySegment.ofArray(new byte[] {1, 2}), address);
    assertThat(child.bytes(address, 3)).containsExactly(1, 2, 0);
    MemorySegment some = MemorySegment.ofArray(read);
    assertErrno(Errno.EIO, () -> init.task().pread(memory, some, address + PAGE));
    assertErrno(Errno.EIO, () -> init.task().pread(memory, some, 0));
    child.task().exit();
    assertThat(init.task().pread(memory, some, address)).isZero();
  }
}
