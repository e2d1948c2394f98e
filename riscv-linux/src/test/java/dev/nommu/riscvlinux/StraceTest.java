package dev.nommu.riscvlinux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.UnnamedFileCalls.PipeDescriptors;
import dev.nommu.riscvlinux.strace.Strace;
import dev.nommu.riscvlinux.strace.SyscallFormats;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls are written as Debian's strace wrote them, recorded by record-strace.sh. */
@Timeout(60)
final class StraceTest {
  /** Before or after its parent continues. */
  private static final String CHILD_ENDS = "+++ exited with 7 +++";

  @RegisterExtension final GuestMachine machine = new GuestMachine();
  private final StringBuffer text = new StringBuffer();

  @Test
  void calls_areWrittenAsStraceWritesThem() throws Exception {
    machine.machine().init().tree().mount("dev", "/dev", "devtmpfs", Set.of(), "");
    machine.machine().programs().trace(new Strace(text::append));
    assertThat(machine.start("traced").join()).isEqualTo(new WaitStatus.Exited(3));
    List<String> written = lines(text.toString());
    List<String> recorded = lines(recorded());
    assertThat(written.removeIf(CHILD_ENDS::equals)).isTrue();
    assertThat(recorded.removeIf(CHILD_ENDS::equals)).isTrue();
    assertThat(written).isEqualTo(recorded);
  }

  @Test
  void firstLine_isWhatWasExecuted() throws Exception {
    machine.machine().programs().trace(new Strace(text::append));
    machine.run("hello", List.of("/bin/hello", "one"), List.of("A=b", "C=d"));
    assertThat(text.toString().lines().findFirst().orElseThrow())
        .matches(
            "execve\\(\"/bin/hello\", \\[\"/bin/hello\", \"one\"], 0x[0-9a-f]+ /\\* 2 vars \\*/\\)"
                + " = 0");
    assertThat(text.toString().lines().toList()).endsWith("+++ exited with 42 +++");
  }

  @Test
  void faults_areWrittenWithTheirAddress() throws Exception {
    machine.machine().programs().trace(new Strace(text::append));
    machine.run("signals");
    assertThat(text.toString())
        .contains("--- SIGSEGV {si_signo=SIGSEGV, si_code=SEGV_ACCERR, si_addr=0x10} ---")
        .contains("--- SIGILL {si_signo=SIGILL, si_code=ILL_ILLOPC, si_addr=0x")
        .contains("= -1 EFAULT (Bad address)")
        .endsWith("+++ killed by SIGSEGV +++\n");
  }

  /** As strace 6.1 writes them on x86-64, apart from the values, which are Linux's there. */
  @Test
  void accounts_areWrittenWithNamesAndStructures() throws Exception {
    machine.machine().programs().trace(new Strace(text::append));
    machine.run("accounts");
    List<String> written =
        text.toString()
            .lines()
            .skip(1)
            .filter(line -> !line.matches(".*(clone|exit|\\+\\+\\+|SIGCHLD).*"))
            .map(line -> line.replaceAll(" += ", " = ").replaceAll("0x8[0-9a-f]{7}", "ADDRESS"))
            .map(line -> line.replaceAll("(time=|tv_sec=|tv_usec=|ram=|procs=)\\d+", "$1N"))
            .map(line -> line.replaceAll("= \\d+$", "= N"))
            .toList();
    String usage = "{ru_utime={tv_sec=N, tv_usec=N}, ru_stime={tv_sec=N, tv_usec=N}, ...}";
    assertThat(written)
        .containsExactly(
            "personality(0xffffffff) = 0 (PER_LINUX)",
            "personality(PER_LINUX) = 0 (PER_LINUX)",
            "personality(PER_LINUX|FDPIC_FUNCPTRS|READ_IMPLIES_EXEC) = 0 (PER_LINUX)",
            "personality(PER_LINUX) = 0x480000 (PER_LINUX|FDPIC_FUNCPTRS|READ_IMPLIES_EXEC)",
            "times({tms_utime=N, tms_stime=N, tms_cutime=N, tms_cstime=N}) = N",
            "times(NULL) = N",
            "getrusage(RUSAGE_SELF, %s) = N".formatted(usage),
            "getrusage(RUSAGE_CHILDREN, %s) = N".formatted(usage),
            "getrusage(RUSAGE_THREAD, %s) = N".formatted(usage),
            "getrusage(0x9 /* RUSAGE_??? */, ADDRESS) = -1 EINVAL (Invalid argument)",
            "getrusage(RUSAGE_SELF, 0x10) = -1 EFAULT (Bad address)",
            "sysinfo({uptime=N, loads=[0, 0, 0], totalram=N, freeram=N, sharedram=N, bufferram=N,"
                + " totalswap=0, freeswap=0, procs=N, totalhigh=0, freehigh=0, mem_unit=1}) = N",
            "sysinfo(NULL) = -1 EFAULT (Bad address)",
            "sched_getaffinity(0, 128, [0]) = N",
            "sched_getaffinity(0, 4, ADDRESS) = -1 EINVAL (Invalid argument)",
            "wait4(-1, [{WIFEXITED(s) && WEXITSTATUS(s) == 3}], 0, %s) = N".formatted(usage),
            "wait4(-1, ADDRESS, 0, ADDRESS) = -1 ECHILD (No child processes)",
            "epoll_create1(0x80000, 0, 0, 0, 0, 0) = -1 ENOSYS (Function not implemented)",
            "syscall_0x270f(0x1, 0x2, 0x3, 0x4, 0, 0) = -1 ENOSYS (Function not implemented)");
  }

  @Test
  void signalThatIsSent_isWrittenBeforeTheEnd() throws Exception {
    machine.machine().programs().trace(new Strace(text::append));
    assertThat(killWhileReading(Signal.SIGTERM))
        .endsWith(
            "? ERESTARTSYS (To be restarted if SA_RESTART is set)\n"
                + "--- SIGTERM {si_signo=SIGTERM, si_code=SI_USER, si_pid=1, si_uid=0} ---\n"
                + "+++ killed by SIGTERM +++\n");
    text.setLength(0);
    assertThat(killWhileReading(Signal.SIGKILL)).endsWith("= ?\n+++ killed by SIGKILL +++\n");
  }

  /** As in strace 6.1: three digits only before an octal digit. */
  @Test
  void byteThatCannotBePrinted_isOctalAsShortAsItCanBe() throws Exception {
    machine.machine().programs().trace(new Strace(text::append));
    Task init = machine.machine().init();
    PipeDescriptors pipe = init.unnamedFiles().pipe2(0);
    init.write(pipe.write(), MemorySegment.ofArray(new byte[] {1, '8', 1, '7'}));
    Task reader = machine.startReading("cat", pipe.read());
    while (!text.toString().contains("write(1, ")) {
      Thread.onSpinWait();
    }
    init.processes().kill(reader.pid(), Signal.SIGKILL);
    assertThat(text.toString()).contains("write(1, \"\\18\\0017\", 4)");
  }

  private String killWhileReading(Signal signal) throws Exception {
    Task init = machine.machine().init();
    PipeDescriptors pipe = init.unnamedFiles().pipe2(0);
    Task reader = machine.startReading("cat", pipe.read());
    while (!text.toString().contains("read(0, ") || reader.waitsFor().isEmpty()) {
      Thread.onSpinWait();
    }
    init.processes().kill(reader.pid(), signal);
    reader.join();
    while (!text.toString().endsWith("+++\n")) {
      Thread.onSpinWait();
    }
    return text.toString();
  }

  @Test
  void signalToItself_isWrittenBehindTheCallThatSentIt() throws Exception {
    machine.machine().programs().trace(new Strace(text::append));
    machine.run("machine");
    assertThat(text.toString())
        .containsPattern(
            "] kill\\(0, SIGTERM\\) += 0\n"
                + "\\[pid +\\d+] --- SIGTERM \\{si_signo=SIGTERM, si_code=SI_USER, si_pid=\\d+,"
                + " si_uid=0} ---\n"
                + "\\[pid +\\d+] \\+\\+\\+ killed by SIGTERM \\+\\+\\+\n");
  }

  @Test
  void signalWithoutRoomForItsFrame_isFollowedByTheKernelsFault() throws Exception {
    machine.machine().programs().trace(new Strace(text::append));
    machine.run("stackless");
    assertThat(text.toString())
        .containsPattern("--- SIGUSR1 \\{si_signo=SIGUSR1, si_code=SI_USER, .*} ---\n")
        .endsWith(
            """
            --- SIGSEGV {si_signo=SIGSEGV, si_code=SI_KERNEL, si_addr=NULL} ---
            +++ killed by SIGSEGV +++
            """);
  }

  @Test
  void explanation_standsBelowTheCallThatFailed() throws Exception {
    machine.machine().programs().trace(new Strace(text::append, RuleOnly::new));
    machine.run("traced");
    List<String> lines = text.toString().lines().toList();
    int failed =
        lines.indexOf(
            "mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, 99, 0x1000) = -1 EBADF"
                + " (Bad file descriptor)");
    assertThat(lines.get(failed + 1)).startsWith("  # EBADF (Bad file descriptor)");
  }

  /** Explains failures only. */
  private static final class RuleOnly implements Strace.Explainer {
    @Override
    public List<String> explain(Optional<ErrnoException> failure) {
      return failure.stream().map(each -> "  # " + each.describe()).toList();
    }
  }

  @Test
  void everyCall_isWrittenWithItsArguments() {
    assertThat(SyscallFormats.names()).containsAllEntriesOf(SyscallTable.standard().names());
  }

  /** Returns the lines after the first, which names another file. */
  private static List<String> lines(String trace) {
    return new ArrayList<>(trace.lines().skip(1).map(StraceTest::likeRecorded).toList());
  }

  /** Where there is an address or a number, the width of the text before the result differs. */
  private static String likeRecorded(String line) {
    String named =
        line.replaceAll("0x[0-9a-f]{5,}", "ADDRESS")
            .replaceAll("^\\[pid +\\w+] ", "")
            .replaceAll("(kill\\(|si_pid=)\\d+", "$1PID")
            .replaceAll("^((?:getpid|wait4|<\\.\\.\\. clone).*= )\\d+$", "$1PID");
    boolean movesResult = !named.equals(line) || line.matches(".*(ADDRESS|PID).*");
    return movesResult ? named.replaceFirst(" +=", " =") : named;
  }

  private static String recorded() throws Exception {
    try (InputStream in =
        Objects.requireNonNull(StraceTest.class.getResourceAsStream("traced.strace"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
