package dev.nommu.kernel.task;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.api.Whence;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.task.UnnamedFileCalls.PipeDescriptors;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.kernel.testing.WaitingDevice;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code sendfile}: rule FILE-12. */
final class SendfileTest {
  private static final byte[] CONTENT = TaskCalls.pattern(200_000);

  @RegisterExtension final Machines machines = new Machines();

  private Task init;
  private TaskCalls program;
  private int source;
  private int target;

  @BeforeEach
  void boot() throws Exception {
    init =
        machines
            .boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, new WaitingDevice())
            .init();
    program = new TaskCalls(init);
    source = program.file("/tmp/source", CONTENT);
    init.lseek(source, 0, Whence.START);
    target = init.open("/tmp/target", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0600);
  }

  private long send(int to, int from, long count) throws ErrnoException {
    return init.descriptors().sendfile(to, from, Optional.empty(), count);
  }

  private long position(int file) throws ErrnoException {
    return init.lseek(file, 0, Whence.CURRENT);
  }

  @Test
  void file12_sendfile_copiesFromPositionToPositionAndMovesBoth() throws Exception {
    init.lseek(target, 10, Whence.START);
    assertThat(send(target, source, 150_000)).isEqualTo(150_000);
    assertThat(send(target, source, 150_000)).as("what was left").isEqualTo(50_000);
    assertThat(send(target, source, 1)).as("the end").isZero();
    assertThat(position(source)).isEqualTo(200_000);
    assertThat(position(target)).isEqualTo(200_010);
    byte[] copied = new byte[200_000];
    init.pread(target, MemorySegment.ofArray(copied), 10);
    assertThat(copied).isEqualTo(CONTENT);
  }

  @Test
  void file12_sendfileFromAStart_leavesThePosition() throws Exception {
    assertThat(init.descriptors().sendfile(target, source, Optional.of(199_990L), 100))
        .isEqualTo(10);
    assertThat(position(source)).isZero();
    assertThat(position(target)).isEqualTo(10);
  }

  @Test
  void file12_whatCannotBe_isRefusedInLinuxsOrder() throws Exception {
    int written = init.open("/tmp/source", OpenFlags.O_WRONLY);
    int read = init.open("/tmp/target", OpenFlags.O_RDONLY);
    int appended = init.open("/tmp/target", OpenFlags.O_WRONLY | OpenFlags.O_APPEND);
    PipeDescriptors pipe = init.unnamedFiles().pipe();
    assertErrno(Errno.EBADF, () -> send(target, 99, -1));
    assertErrno(Errno.EBADF, () -> send(target, written, -1));
    assertErrno(Errno.EINVAL, "FILE-12", () -> send(99, source, -1));
    assertErrno(Errno.EBADF, () -> send(99, source, 1));
    assertErrno(Errno.EBADF, "FILE-12", () -> send(read, source, 1));
    assertErrno(Errno.EINVAL, "FILE-12", () -> send(appended, source, 1));
    assertErrno(Errno.EINVAL, "FILE-12", () -> send(target, pipe.read(), 1));
    assertErrno(Errno.EINVAL, "FILE-12", () -> send(target, program.read("/tmp"), 1));
    assertErrno(
        Errno.ESPIPE, () -> init.descriptors().sendfile(target, pipe.read(), Optional.of(0L), 1));
    assertErrno(
        Errno.EINVAL, () -> init.descriptors().sendfile(target, source, Optional.of(-1L), 1));
    assertThat(position(target)).isZero();
  }

  @Test
  void file12_characterDevice_takesPartIfItSaysSo() throws Exception {
    int device = init.open("/dev/waiting", OpenFlags.O_RDWR);
    assertErrno(Errno.EINVAL, "FILE-12", () -> send(device, source, 1));
    assertErrno(Errno.EINVAL, "FILE-12", () -> send(target, device, 1));
    assertThat(position(source)).isZero();
  }

  @Test
  void file12_pipe_getsWhatItHasRoomFor() throws Exception {
    PipeDescriptors pipe = init.unnamedFiles().pipe();
    init.write(pipe.write(), MemorySegment.ofArray(new byte[5000]));
    assertThat(send(pipe.write(), source, 200_000)).isEqualTo(65536 - 5000);
    assertThat(position(source)).isEqualTo(65536 - 5000);
    init.descriptors().fcntl(pipe.write(), DescriptorCalls.F_SETFL, OpenFlags.O_NONBLOCK);
    assertErrno(Errno.EAGAIN, () -> send(pipe.write(), source, 1));
    List<Signal> signals = new ArrayList<>();
    init.processes().sigaction(Signal.SIGPIPE, new Disposition.Handle(signals::add));
    init.close(pipe.read());
    assertErrno(Errno.EPIPE, () -> send(pipe.write(), source, 1));
    assertThat(signals).containsExactly(Signal.SIGPIPE);
    assertThat(position(source)).isEqualTo(65536 - 5000);
  }
}
