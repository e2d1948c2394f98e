package dev.nommu.kernel;

import static dev.nommu.kernel.testing.Errnos.failureOf;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.BinaryFormat;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.ExecRequest;
import dev.nommu.api.Executable;
import dev.nommu.api.LoadedImage;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.ProcessMemory;
import dev.nommu.api.Profile;
import dev.nommu.api.Protection;
import dev.nommu.api.Recognition;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.HookedFileSystem;
import dev.nommu.kernel.testing.HookedFileSystem.Operation;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A task is killed while a call opens a file for it, here by the file system that the call asks.
 * The file is closed all the same, and its file system can be unmounted.
 */
@Timeout(60)
final class KilledWhileOpeningTest {
  private static final int KILLS = 3000;

  @RegisterExtension final Machines machines = new Machines();

  private final HookedFileSystem files = new HookedFileSystem("hooked");
  private final AtomicReference<Task> victim = new AtomicReference<>();
  private final AnyFile format = new AnyFile();
  private Task init;

  /** Runs any file; kills the victim before it says so, or while it lays the image out. */
  private final class AnyFile implements BinaryFormat {
    private HookedFileSystem.Hook recognizing = () -> {};
    private HookedFileSystem.Hook loading = () -> {};

    @Override
    public String name() {
      return "any";
    }

    @Override
    public Recognition recognize(Executable file, ExecRequest request) throws ErrnoException {
      recognizing.run();
      return Recognition.program(this::load);
    }

    private LoadedImage load(ProcessMemory memory) throws ErrnoException {
      loading.run();
      long at = memory.mapAnonymous(PAGE, EnumSet.allOf(Protection.class));
      return LoadedImage.builder(at, at).heap(at, at).build();
    }
  }

  @BeforeEach
  void boot() throws ErrnoException {
    init =
        machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, files, format).init();
    init.tree().mkdir("/m", 0755);
    init.tree().mount("none", "/m", "hooked", 0, "");
  }

  @AfterEach
  void unmount() throws ErrnoException {
    assertThat(files.openFiles()).isZero();
    init.tree().umount("/m");
  }

  private void kill() throws ErrnoException {
    init.processes().kill(victim.get().pid(), Signal.SIGKILL);
  }

  private static void assertKilled(Task task) throws InterruptedException {
    assertThat(task.join()).isEqualTo(new WaitStatus.Signaled(Signal.SIGKILL));
  }

  /** A call that a victim makes. */
  private enum Call {
    OPEN {
      @Override
      void make(Task task) throws ErrnoException {
        task.open("/m/file", OpenFlags.O_RDONLY);
      }
    },
    EXECVE {
      @Override
      void make(Task task) throws ErrnoException {
        task.processes().execve("/m/file", List.of("file"), List.of());
      }
    };

    abstract void make(Task task) throws ErrnoException;
  }

  @ParameterizedTest
  @EnumSource
  void killedWhileTheFileSystemOpens_isEsrchAndLeavesNoFile(Call call) throws Exception {
    victim.set(init.spawn("victim"));
    files.on(Operation.OPEN, this::kill);
    assertThat(failureOf(() -> call.make(victim.get())).errno()).isEqualTo(Errno.ESRCH);
    assertKilled(victim.get());
  }

  @ParameterizedTest
  @EnumSource
  void programKilledWhileTheFileSystemOpens_leavesNoFile(Call call) throws Exception {
    files.on(Operation.OPEN, this::kill);
    victim.set(
        init.spawn(
            "victim",
            task -> {
              victim.set(task);
              call.make(task);
              return 0;
            }));
    assertKilled(victim.get());
  }

  @Test
  void killedWhileTheHeadOfAnExecutableIsRead_leavesNoFile() throws Exception {
    victim.set(init.spawn("victim"));
    files.on(Operation.READ, this::kill);
    assertThat(failureOf(() -> Call.EXECVE.make(victim.get())).errno()).isEqualTo(Errno.ESRCH);
  }

  @Test
  void killedWhileAFormatRecognizesTheFile_leavesNoFile() throws Exception {
    victim.set(init.spawn("victim"));
    format.recognizing = this::kill;
    assertThat(failureOf(() -> Call.EXECVE.make(victim.get())).errno()).isEqualTo(Errno.ESRCH);
  }

  @Test
  void killedWhileAFormatLoads_leavesNoFileAndNoMemory() throws Exception {
    victim.set(init.spawn("victim"));
    format.loading = this::kill;
    assertThat(failureOf(() -> Call.EXECVE.make(victim.get())).errno()).isEqualTo(Errno.ESRCH);
    assertKilled(victim.get());
    assertThat(victim.get().memoryMap().mappings()).isEmpty();
  }

  @Test
  void executedProgram_keepsNoFileOpen() throws Exception {
    Task task = init.spawn("program");
    Call.EXECVE.make(task);
    assertThat(files.openFiles()).isZero();
    task.exit();
  }

  @Test
  void handledSignalThatComesWhileAFileIsExecuted_doesWhatItDoesByDefault() throws Exception {
    Task task = init.spawn("program");
    task.processes().sigaction(Signal.SIGTERM, new Disposition.Handle(signal -> {}));
    files.on(Operation.OPEN, () -> init.processes().kill(task.pid(), Signal.SIGTERM));
    assertThat(failureOf(() -> Call.EXECVE.make(task)).errno()).isEqualTo(Errno.ESRCH);
    assertThat(task.join()).isEqualTo(new WaitStatus.Signaled(Signal.SIGTERM));
  }

  @Test
  void programsKilledWhileTheyOpen_leaveNoFile() throws Exception {
    Semaphore opening = new Semaphore(0);
    Semaphore killed = new Semaphore(0);
    files.on(
        Operation.OPEN,
        () -> {
          opening.release();
          killed.acquireUninterruptibly();
        });
    for (int i = 0; i < KILLS; i++) {
      Task program = init.spawn("victim", KilledWhileOpeningTest::openAndRead);
      victim.set(program);
      opening.acquire();
      kill();
      killed.release();
      assertKilled(program);
    }
  }

  private static int openAndRead(Task task) throws ErrnoException {
    int file = task.open("/m/file", OpenFlags.O_RDONLY);
    task.read(file, MemorySegment.ofArray(new byte[1]));
    task.close(file);
    return 0;
  }
}
