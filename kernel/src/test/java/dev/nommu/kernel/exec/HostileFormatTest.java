package dev.nommu.kernel.exec;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.BinaryFormat;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.ExecRequest;
import dev.nommu.api.Executable;
import dev.nommu.api.ImageLoader;
import dev.nommu.api.LoadedImage;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.ProcessMemory;
import dev.nommu.api.Profile;
import dev.nommu.api.Protection;
import dev.nommu.api.Recognition;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.kernel.testing.WatchedMemory;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Binary formats that misbehave: errors name them, and nothing stays behind. */
final class HostileFormatTest {
  private static final Set<Protection> ALL = EnumSet.allOf(Protection.class);

  @RegisterExtension final Machines machines = new Machines();

  /** A format that behaves as set by a test. */
  private static final class Answering implements BinaryFormat {
    private BinaryFormat answer = new NeverMine();

    @Override
    public String name() {
      return "answering";
    }

    @Override
    public Recognition recognize(Executable file, ExecRequest request) throws ErrnoException {
      return answer.recognize(file, request);
    }
  }

  private static final class NeverMine implements BinaryFormat {
    @Override
    public String name() {
      return "never";
    }

    @Override
    public Recognition recognize(Executable file, ExecRequest request) {
      return Recognition.notMine("never");
    }
  }

  private interface Recognizing {
    Recognition recognize(Executable file) throws ErrnoException;
  }

  private final Answering format = new Answering();
  private Machine machine;
  private TaskCalls child;

  @BeforeEach
  void boot() throws ErrnoException {
    machine = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, format);
    TaskCalls p = new TaskCalls(machine.init());
    Exec.install(p, "/file", TaskCalls.pattern(100));
    child = p.other();
  }

  private void recognizing(Recognizing answer) {
    format.answer =
        new BinaryFormat() {
          @Override
          public String name() {
            return "inner";
          }

          @Override
          public Recognition recognize(Executable file, ExecRequest request) throws ErrnoException {
            return answer.recognize(file);
          }
        };
  }

  private void loading(ImageLoader loader) {
    recognizing(file -> Recognition.program(loader));
  }

  @Test
  void exec12_fileIsNotOpenedForWriting_untilTheExecIsOver() throws Exception {
    recognizing(file -> {
      assertErrno(Errno.ETXTBSY, "EXEC-12", () -> machine.init().open("/file", OpenFlags.O_RDWR));
      machine.init().close(machine.init().open("/file", OpenFlags.O_RDONLY));
      return Recognition.notMine("looked at");
    });
    assertThat(failure().errno()).isEqualTo(Errno.ENOEXEC);
    machine.init().close(machine.init().open("/file", OpenFlags.O_RDWR));
  }

  private ErrnoException failure() {
    return failureOf(() -> Exec.run(child, "/file", "file"));
  }

  private static LoadedImage image(long address) {
    return LoadedImage.builder(address, address).heap(address, address).build();
  }

  private void assertBlamed(String why) {
    assertThat(failure())
        .hasMessageContaining("PLUGIN-01")
        .hasMessageContaining(Answering.class.getName())
        .hasMessageContaining(why)
        .matches(failure -> failure.errno() == Errno.EIO);
  }

  private void assertKilledAndGone() {
    assertThat(child.task().status()).contains(new WaitStatus.Signaled(Signal.SIGSEGV));
    assertThat(machine.regions()).isEmpty();
  }

  @Test
  void plugin01_exceptionWhileRecognizing_isEioAndChangesNothing() throws Exception {
    long mapped = child.anonymous(4096);
    recognizing(file -> {
      throw new IllegalStateException("confused");
    });
    assertBlamed("confused");
    assertThat(child.task().mapping(mapped)).isPresent();
  }

  @Test
  @SuppressWarnings("NullAway") // the point of it
  void plugin01_noAnswer_isEio() {
    recognizing(file -> null);
    assertBlamed("null");
    assertThat(child.task().status()).isEmpty();
  }

  @SuppressWarnings("NullAway") // the point of it
  static List<Recognition> answersWithHoles() {
    return List.of(
        Recognition.notMine(null),
        Recognition.script(null, Optional.empty()),
        Recognition.script("/file", null),
        Recognition.program(null));
  }

  @ParameterizedTest
  @MethodSource("answersWithHoles")
  void plugin01_answerWithAPartThatIsNull_isEio(Recognition answer) {
    recognizing(file -> answer);
    assertBlamed("found " + answer);
    assertThat(child.task().status()).isEmpty();
  }

  @Test
  void plugin01_errorWhileRecognizing_closesTheFile() throws Exception {
    recognizing(file -> {
      throw new InternalError("confused");
    });
    assertBlamed("confused");
    machine.init().tree().mount("none", "/mnt", "ramfs", 0, "");
    Exec.install(new TaskCalls(machine.init()), "/mnt/file", TaskCalls.pattern(100));
    assertThat(failureOf(() -> Exec.run(child, "/mnt/file", "file")).errno()).isEqualTo(Errno.EIO);
    machine.init().tree().umount("/mnt");
  }

  @Test
  void plugin01_errorWhileLoading_killsAndWhatWasMappedIsGone() {
    loading(memory -> {
      memory.mapAnonymous(4 * 4096, ALL);
      throw new InternalError("half way");
    });
    assertBlamed("half way");
    assertKilledAndGone();
  }

  @Test
  void errnoWhileRecognizing_isTheErrnoOfTheCall() {
    recognizing(file -> {
      throw new ErrnoException(Errno.EPERM, "not today");
    });
    assertThat(failure().errno()).isEqualTo(Errno.EPERM);
  }

  @Test
  void plugin01_exceptionWhileLoading_killsAndWhatWasMappedIsGone() {
    loading(memory -> {
      memory.mapAnonymous(4 * 4096, ALL);
      throw new IllegalStateException("half way");
    });
    assertBlamed("half way");
    assertKilledAndGone();
  }

  @Test
  void errnoWhileLoading_killsAndWhatWasMappedIsGone() {
    loading(memory -> {
      memory.mapAnonymous(4 * 4096, ALL);
      throw new ErrnoException(Errno.EPERM, "half way");
    });
    assertThat(failure().errno()).isEqualTo(Errno.EPERM);
    assertKilledAndGone();
  }

  private void kill() throws ErrnoException {
    machine.init().processes().kill(child.task().pid(), Signal.SIGKILL);
  }

  @Test
  void killedWhileLoading_leavesNothing() throws Exception {
    child.anonymous(4096);
    loading(memory -> {
      memory.mapAnonymous(4096, ALL);
      kill();
      return image(memory.mapAnonymous(4 * 4096, ALL));
    });
    assertThat(failure().errno()).isEqualTo(Errno.ESRCH);
    assertThat(child.task().status()).contains(new WaitStatus.Signaled(Signal.SIGKILL));
    assertThat(machine.mappedCopyPages()).isZero();
    assertThat(child.task().memoryMap().mappings()).isEmpty();
  }

  @Test
  void killedWhileRecognizing_loadsNothing() throws Exception {
    child.anonymous(4096);
    recognizing(file -> {
      kill();
      return Recognition.program(memory -> image(memory.mapAnonymous(4096, ALL)));
    });
    assertThat(failure().errno()).isEqualTo(Errno.ESRCH);
    assertThat(machine.mappedCopyPages()).isZero();
  }

  @Test
  void plugin01_stackPointerOutsideOfTheImage_isBlamed() {
    loading(memory -> {
      memory.mapAnonymous(4096, ALL);
      return image(0x1000);
    });
    assertBlamed("expected a stack pointer in a mapping, found 0x1000");
    assertKilledAndGone();
  }

  @Test
  void plugin01_heapThatEndsBeforeItBegins_isBlamed() {
    loading(memory -> {
      long at = memory.mapAnonymous(4096, ALL);
      return LoadedImage.builder(at, at).heap(at + 1, at).build();
    });
    assertBlamed("expected a heap");
    assertKilledAndGone();
  }

  @Test
  void plugin01_memoryThatIsNotMappedHere_isEfault() {
    loading(memory -> {
      long at = memory.mapAnonymous(4096, ALL);
      assertErrno(Errno.EFAULT, () -> memory.at(at - 1, 1));
      assertErrno(Errno.EFAULT, () -> memory.at(at, 4097));
      assertErrno(Errno.EFAULT, () -> memory.at(at, -1));
      assertErrno(Errno.EFAULT, () -> memory.clear(at + 4096, 1));
      memory.clear(at, 4096);
      return image(at);
    });
    assertThat(runs()).isTrue();
  }

  private boolean runs() {
    try {
      Exec.run(child, "/file", "file");
      return true;
    } catch (ErrnoException failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void plugin01_memoryOfAnImageThatIsLoaded_isOutOfReach() {
    AtomicReference<ProcessMemory> kept = new AtomicReference<>();
    loading(memory -> {
      kept.set(memory);
      return image(memory.mapAnonymous(4096, ALL));
    });
    assertThat(runs()).isTrue();
    assertThatThrownBy(() -> kept.get().mapAnonymous(4096, ALL))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> kept.get().at(Exec.image(child).entry(), 1))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void plugin01_executableOfAnExecThatHasEnded_isEbadf() {
    AtomicReference<Executable> kept = new AtomicReference<>();
    recognizing(file -> {
      kept.set(file);
      return Recognition.notMine("kept");
    });
    assertThat(failure().errno()).isEqualTo(Errno.ENOEXEC);
    assertErrno(Errno.EBADF, () -> kept.get().open("/file"));
    recognizing(file ->
        Recognition.program(memory -> {
          memory.map(kept.get(), 4096, ALL, 0);
          return image(0);
        }));
    assertThat(failure().errno()).isEqualTo(Errno.EBADF);
    assertKilledAndGone();
  }

  @Test
  void plugin01_twoFormatsOfOneName_areNamedWhenTheBoardCannotBoot() {
    Board board = TestBoard.withMebibytes(8).build();
    WatchedMemory memory = new WatchedMemory();
    Kernel kernel = Machines.kernel(memory, new Answering(), new Answering());
    assertThatThrownBy(() -> kernel.boot(board))
        .isInstanceOf(BoardException.class)
        .hasMessageContainingAll(
            "two plugins provide the binary format \"answering\"", Answering.class.getName());
    assertThat(memory.made()).isOne();
    assertThat(memory.kept()).isZero();
  }
}
