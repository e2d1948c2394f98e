package dev.nommu.kernel.task;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_EXEC;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapCapability;
import dev.nommu.api.Profile;
import dev.nommu.kernel.signal.PtraceRequest;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitOption;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.testing.FakeDevice;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.kernel.vfs.Credentials;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One process traces another: section PTRACE and ptrace(2). */
final class PtraceTest {
  private static final Optional<Signal> NO_SIGNAL = Optional.empty();
  private static final Set<WaitOption> WNOHANG = EnumSet.of(WaitOption.WNOHANG);
  private static final int PROT_NONE = 0;
  private static final long WORD = 0x1122_3344_5566_7788L;

  @RegisterExtension final Machines machines = new Machines();

  private final FakeDevice device = new FakeDevice();

  /** The tracer. */
  private TaskCalls p;

  /** Its child, which is driven from outside. */
  private TaskCalls child;

  private void boot(Profile profile) {
    TestBoard board = TestBoard.withMebibytes(8).files(Map.of("data", TaskCalls.pattern(2 * PAGE)));
    p = new TaskCalls(machines.boot(board.build(), profile, device).init()).other();
    child = p.other();
  }

  private PtraceCalls tracer() {
    return p.task().ptrace();
  }

  private int pid() {
    return child.task().pid();
  }

  private void attach() throws Exception {
    tracer().attach(pid());
    assertThat(p.task().processes().waitpid(pid()))
        .isEqualTo(new WaitStatus.Stopped(Signal.SIGSTOP));
  }

  private String status() throws Exception {
    return p.text("/proc/%d/status".formatted(pid()));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void ptrace01_word_isReadAndWrittenWithinOneMapping(Profile profile) throws Exception {
    boot(profile);
    long address = child.anonymous(PAGE);
    attach();
    tracer().poke(pid(), address + 3, WORD);
    assertThat(tracer().peek(pid(), address + 3)).isEqualTo(WORD);
    assertThat(child.bytes(address + 2, 3)).containsExactly(0, 0x88, 0x77);
    long last = address + PAGE - Long.BYTES;
    tracer().poke(pid(), last, -1);
    assertThat(tracer().peek(pid(), last)).isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void ptrace01_wordThatIsNotAllInOneMapping_isEio(Profile profile) throws Exception {
    boot(profile);
    long address = child.anonymous(PAGE);
    attach();
    for (long outside : new long[] {0, -1, address - 1, address + PAGE - 7, address + PAGE}) {
      assertErrno(Errno.EIO, "PTRACE-01", () -> tracer().peek(pid(), outside));
      assertErrno(Errno.EIO, "PTRACE-01", () -> tracer().poke(pid(), outside, WORD));
    }
    assertThat(child.bytes(address + PAGE - 8, 8)).as("no part is written").containsOnly(0);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void ptrace02_copyAndAnonymousMemory_permitEverythingWhateverWasAskedFor(Profile profile)
      throws Exception {
    boot(profile);
    long copy = child.map(child.read("/host/data"), PAGE, PROT_NONE, MAP_PRIVATE);
    attach();
    tracer().poke(pid(), copy, WORD);
    assertThat(tracer().peek(pid(), copy)).isEqualTo(WORD);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void ptrace02_mappingInPlace_permitsWhatItsDevicePermits(Profile profile) throws Exception {
    boot(profile);
    device.info = () -> Optional.of(offering(MapCapability.READ_MAP));
    long readable = child.map(child.read("/dev/fake"), PAGE, PROT_READ, MAP_SHARED);
    device.info = () -> Optional.of(offering(MapCapability.WRITE_MAP));
    int file = child.write("/dev/fake");
    long writable = child.map(file, PAGE, PROT_NONE, MAP_SHARED, PAGE);
    attach();
    assertThat(tracer().peek(pid(), readable)).isZero();
    assertErrno(Errno.EIO, () -> tracer().poke(pid(), readable, WORD));
    tracer().poke(pid(), writable, WORD);
    assertErrno(Errno.EIO, () -> tracer().peek(pid(), writable));
    assertThat(child.bytes(writable, 1)).containsExactly(0x88);
    int memory = p.write("/proc/%d/mem".formatted(pid()));
    MemorySegment one = MemorySegment.ofArray(new byte[1]);
    assertErrno(Errno.EIO, () -> p.task().pwrite(memory, one, readable));
    assertErrno(Errno.EIO, () -> p.task().pread(memory, one, writable));
    assertThat(p.task().pwrite(memory, one, writable)).isEqualTo(1);
  }

  private static void actAs(TaskCalls process, int user) {
    process.task().life().belongings().fs().credentials(new Credentials(user, user));
  }

  @Test
  void proc02_processOfAnotherUser_isNotLookedInto() throws Exception {
    boot(Profile.DOCUMENT);
    actAs(p, 1000);
    String directory = "/proc/%d/".formatted(pid());
    for (String file : new String[] {"maps", "environ", "mem"}) {
      assertErrno(Errno.EACCES, () -> p.read(directory + file));
    }
    assertErrno(Errno.EACCES, () -> p.task().tree().readlink(directory + "cwd"));
    assertErrno(Errno.EPERM, () -> tracer().attach(pid()));
    assertThat(p.text(directory + "status")).contains("Uid:\t0\t0\t0\t0\n");
    actAs(child, 1000);
    assertThat(p.text(directory + "maps")).isEmpty();
    assertThat(p.task().tree().stat(directory + "environ").attributes())
        .satisfies(environ -> assertThat(environ.owner().uid()).isEqualTo(1000))
        .satisfies(environ -> assertThat(environ.permissions()).isEqualTo(0400));
    tracer().attach(pid());
  }

  private static BackingDeviceInfo offering(MapCapability capability) {
    return BackingDeviceInfo.of(
        Set.of(MapCapability.MAP_DIRECT, capability), BackingDeviceInfo.Backing.DEVICE);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void ptrace03_breakpointInARegionSharedBefore_isSeenByAllSharers(Profile profile)
      throws Exception {
    boot(profile);
    int file = p.read("/host/data");
    long mine = p.map(file, PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE);
    long theirs = child.map(child.read("/host/data"), PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE);
    assertThat(theirs).isEqualTo(mine);
    attach();
    tracer().poke(pid(), theirs, WORD);
    assertThat(p.bytes(mine, 1)).containsExactly(0x88);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void flags06_mappingMadeWhileAttached_isItsOwnAndOneMadeAfterDetachIsShared(Profile profile)
      throws Exception {
    boot(profile);
    long shared = p.map(p.read("/host/data"), PAGE, PROT_READ, MAP_PRIVATE);
    int file = child.read("/host/data");
    attach();
    tracer().cont(pid(), NO_SIGNAL);
    long own = child.map(file, PAGE, PROT_READ, MAP_PRIVATE);
    assertThat(own).isNotEqualTo(shared);
    p.task().processes().kill(pid(), Signal.SIGTRAP);
    tracer().detach(pid(), NO_SIGNAL);
    assertThat(child.map(file, PAGE, PROT_READ, MAP_PRIVATE)).isEqualTo(shared);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void ptrace04_processThatExecutedNothing_hasNoLoadMaps(Profile profile) throws Exception {
    boot(profile);
    long to = p.anonymous(PAGE);
    attach();
    for (int selector = 0; selector < 3; selector++) {
      p.store(to, (byte) 1, (byte) 2);
      raw(PtraceRequest.PTRACE_GETFDPIC, selector, to);
      assertThat(p.bytes(to, Long.BYTES)).containsOnly(0);
    }
    assertErrno(Errno.EFAULT, () -> raw(PtraceRequest.PTRACE_GETFDPIC, 0, 8));
  }

  @Test
  void ptrace05_memoryOfADevice_isReadAndWritten() throws Exception {
    boot(Profile.DOCUMENT);
    long mapped = child.map(child.write("/dev/fake"), PAGE, PROT_READ, MAP_SHARED);
    attach();
    tracer().poke(pid(), mapped, WORD);
    assertThat(tracer().peek(pid(), mapped)).isEqualTo(WORD);
  }

  private long raw(PtraceRequest request, long address, long data) throws ErrnoException {
    return tracer().ptrace(request.number(), pid(), address, data);
  }

  @Test
  void requestsByNumber_areTheTypedOnes() throws Exception {
    boot(Profile.LINUX_6_12);
    long address = child.anonymous(PAGE);
    assertThat(raw(PtraceRequest.PTRACE_ATTACH, 0, 0)).isZero();
    raw(PtraceRequest.PTRACE_POKETEXT, address, WORD);
    assertThat(raw(PtraceRequest.PTRACE_PEEKTEXT, address, 0)).isEqualTo(WORD);
    raw(PtraceRequest.PTRACE_POKEDATA, address, -2);
    assertThat(raw(PtraceRequest.PTRACE_PEEKDATA, address, 0)).isEqualTo(-2);
    assertErrno(Errno.EIO, () -> raw(PtraceRequest.PTRACE_CONT, 0, 65));
    assertErrno(Errno.EIO, () -> raw(PtraceRequest.PTRACE_DETACH, 0, -1));
    assertErrno(Errno.EIO, () -> tracer().ptrace(4711, pid(), 0, 0));
    raw(PtraceRequest.PTRACE_CONT, 0, 0);
    assertErrno(Errno.ESRCH, () -> raw(PtraceRequest.PTRACE_DETACH, 0, 0));
    raw(PtraceRequest.PTRACE_KILL, 0, 0);
    assertThat(child.task().status()).contains(new WaitStatus.Signaled(Signal.SIGKILL));
  }

  @Test
  void attach_stopsTheProcessAndItsStatusSaysByWhom() throws Exception {
    boot(Profile.DOCUMENT);
    attach();
    assertThat(status())
        .contains("State:\tt (tracing stop)\n", "TracerPid:\t" + p.task().pid() + "\n");
    tracer().detach(pid(), NO_SIGNAL);
    assertThat(status()).contains("State:\tR (running)\n", "TracerPid:\t0\n");
  }

  @Test
  void whatIsNotToBeTraced_isEpermOrEsrch() throws Exception {
    boot(Profile.DOCUMENT);
    assertErrno(Errno.ESRCH, () -> tracer().attach(4711));
    assertErrno(Errno.EPERM, () -> tracer().attach(p.task().pid()));
    attach();
    assertErrno(Errno.EPERM, () -> tracer().attach(pid()));
    assertErrno(Errno.EPERM, () -> p.other().task().ptrace().attach(pid()));
    child.task().exit();
    assertErrno(Errno.EPERM, () -> tracer().attach(pid()));
  }

  @Test
  void requestAboutWhatIsNoStoppedTracee_isEsrch() throws Exception {
    boot(Profile.DOCUMENT);
    long address = child.anonymous(PAGE);
    assertErrno(Errno.ESRCH, () -> tracer().peek(pid(), address));
    attach();
    PtraceCalls other = p.other().task().ptrace();
    assertErrno(Errno.ESRCH, () -> other.peek(pid(), address));
    assertErrno(Errno.ESRCH, () -> other.kill(pid()));
    tracer().cont(pid(), NO_SIGNAL);
    assertErrno(Errno.ESRCH, () -> tracer().peek(pid(), address));
    assertErrno(Errno.ESRCH, () -> tracer().cont(pid(), NO_SIGNAL));
    assertErrno(Errno.ESRCH, () -> tracer().detach(pid(), NO_SIGNAL));
  }

  @Test
  void traceMe_letsTheParentTraceOnce() throws Exception {
    boot(Profile.DOCUMENT);
    child.task().ptrace().traceMe();
    assertThat(status()).contains("TracerPid:\t" + p.task().pid() + "\n");
    assertErrno(Errno.EPERM, () -> child.task().ptrace().traceMe());
    assertErrno(Errno.EPERM, () -> tracer().attach(pid()));
    assertErrno(Errno.ESRCH, () -> tracer().cont(pid(), NO_SIGNAL));
  }

  @Test
  void signal_stopsATraceeAndItsTracerSaysWhatComesOfIt() throws Exception {
    boot(Profile.DOCUMENT);
    child.task().ptrace().traceMe();
    ProcessCalls calls = p.task().processes();
    calls.kill(pid(), Signal.SIGTERM);
    calls.kill(pid(), Signal.SIGUSR1);
    assertThat(calls.waitpid(pid())).isEqualTo(new WaitStatus.Stopped(Signal.SIGTERM));
    assertThat(calls.waitpid(pid(), WNOHANG)).isEmpty();
    tracer().cont(pid(), NO_SIGNAL);
    assertThat(calls.waitpid(pid())).isEqualTo(new WaitStatus.Stopped(Signal.SIGUSR1));
    tracer().cont(pid(), Optional.of(Signal.SIGTERM));
    assertThat(calls.waitpid(pid())).isEqualTo(new WaitStatus.Signaled(Signal.SIGTERM));
  }

  @Test
  void sigkill_isNotForTheTracerToDecide() throws Exception {
    boot(Profile.DOCUMENT);
    attach();
    p.task().processes().kill(pid(), Signal.SIGKILL);
    assertThat(p.task().processes().waitpid(pid()))
        .isEqualTo(new WaitStatus.Signaled(Signal.SIGKILL));
  }

  @Test
  void detach_deliversTheSignalOfTheTracerAndWhatCameMeanwhile() throws Exception {
    boot(Profile.DOCUMENT);
    attach();
    p.task().processes().kill(pid(), Signal.SIGTERM);
    tracer().detach(pid(), NO_SIGNAL);
    assertThat(child.task().status()).contains(new WaitStatus.Signaled(Signal.SIGTERM));
  }

  @Test
  void endOfTheTracer_detachesItsTracees() throws Exception {
    boot(Profile.DOCUMENT);
    TaskCalls debugger = p.other();
    debugger.task().ptrace().attach(pid());
    debugger.task().exit();
    assertThat(status()).contains("State:\tR (running)\n", "TracerPid:\t0\n");
    child.anonymous(PAGE);
    attach();
  }

  @Test
  void endOfATracee_isToldToItsTracerAndThenToItsParent() throws Exception {
    boot(Profile.DOCUMENT);
    TaskCalls debugger = p.other();
    debugger.task().ptrace().attach(pid());
    debugger.task().processes().waitpid(pid());
    debugger.task().ptrace().cont(pid(), NO_SIGNAL);
    child.task().exit(5);
    assertThat(p.task().processes().waitpid(pid(), WNOHANG)).isEmpty();
    assertThat(debugger.task().processes().waitpid(pid())).isEqualTo(new WaitStatus.Exited(5));
    assertErrno(Errno.ECHILD, () -> debugger.task().processes().waitpid(pid()));
    assertThat(p.task().processes().waitpid(pid())).isEqualTo(new WaitStatus.Exited(5));
    assertErrno(Errno.ECHILD, () -> p.task().processes().waitpid(pid()));
  }

  @Test
  void endOfATracerWithAnEndedTracee_leavesTheEndToItsParent() throws Exception {
    boot(Profile.DOCUMENT);
    TaskCalls debugger = p.other();
    debugger.task().ptrace().attach(pid());
    debugger.task().ptrace().kill(pid());
    debugger.task().exit();
    assertThat(p.task().processes().waitpid(pid()))
        .isEqualTo(new WaitStatus.Signaled(Signal.SIGKILL));
  }

  @Test
  void programThatIsAttached_stopsAtItsNextCallUntilItIsLetGo() throws Exception {
    boot(Profile.DOCUMENT);
    UnnamedFileCalls.PipeDescriptors pipe = p.task().unnamedFiles().pipe();
    Task running =
        p.task()
            .spawn(
                "running",
                task -> {
                  byte[] one = new byte[1];
                  task.read(pipe.read(), MemorySegment.ofArray(one));
                  task.write(pipe.write(), MemorySegment.ofArray(one));
                  return one[0];
                });
    tracer().attach(running.pid());
    assertThat(p.task().processes().waitpid(running.pid()))
        .isEqualTo(new WaitStatus.Stopped(Signal.SIGSTOP));
    byte[] seven = {7};
    p.task().write(pipe.write(), MemorySegment.ofArray(seven));
    tracer().detach(running.pid(), NO_SIGNAL);
    assertThat(p.task().processes().waitpid(running.pid())).isEqualTo(new WaitStatus.Exited(7));
  }
}
