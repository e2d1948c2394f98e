package dev.nommu.kernel.task;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.api.Whence;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.UnnamedFileCalls.PipeDescriptors;
import dev.nommu.kernel.testing.Background;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pipes, as pipe(7) describes them. */
@Timeout(20)
final class PipeTest {
  private static final int CAPACITY = 65536;

  @RegisterExtension final Machines machines = new Machines();
  private Machine machine;
  private Task init;

  @BeforeEach
  void boot() {
    machine = machines.boot(Profile.DOCUMENT);
    init = machine.init();
  }

  private static long write(Task task, int file, byte... bytes) throws ErrnoException {
    return task.write(file, MemorySegment.ofArray(bytes));
  }

  private static byte[] read(Task task, int file, int most) throws ErrnoException {
    byte[] bytes = new byte[most];
    return Arrays.copyOf(bytes, (int) task.read(file, MemorySegment.ofArray(bytes)));
  }

  private static byte[] readAll(Task task, int file, int count) throws ErrnoException {
    byte[] bytes = new byte[count];
    MemorySegment into = MemorySegment.ofArray(bytes);
    for (long at = 0; at < count; ) {
      at += task.read(file, into.asSlice(at));
    }
    return bytes;
  }

  @Test
  void whatIsWritten_isReadAtTheOtherEnd() throws Exception {
    PipeDescriptors pipe = init.unnamedFiles().pipe();
    assertThat(write(init, pipe.write(), (byte) 1, (byte) 2, (byte) 3)).isEqualTo(3);
    assertThat(read(init, pipe.read(), 2)).containsExactly(1, 2);
    assertThat(read(init, pipe.read(), 2)).containsExactly(3);
    init.close(pipe.write());
    assertThat(read(init, pipe.read(), 2)).isEmpty();
  }

  @Test
  void ends_areForOneDirectionAndCannotSeek() throws Exception {
    PipeDescriptors pipe = init.unnamedFiles().pipe();
    assertErrno(Errno.EBADF, () -> read(init, pipe.write(), 1));
    assertErrno(Errno.EBADF, () -> write(init, pipe.read(), (byte) 1));
    assertErrno(Errno.ESPIPE, () -> init.lseek(pipe.read(), 0, Whence.START));
    assertErrno(Errno.EINVAL, () -> init.unnamedFiles().pipe2(OpenFlags.O_APPEND));
  }

  @Test
  void withoutWaiting_emptyAndFullAreEagain() throws Exception {
    PipeDescriptors pipe = init.unnamedFiles().pipe2(OpenFlags.O_NONBLOCK);
    assertErrno(Errno.EAGAIN, () -> read(init, pipe.read(), 1));
    assertThat(write(init, pipe.write(), new byte[CAPACITY + 1])).isEqualTo(CAPACITY);
    assertErrno(Errno.EAGAIN, () -> write(init, pipe.write(), (byte) 1));
    read(init, pipe.read(), 4095);
    assertErrno(Errno.EAGAIN, () -> write(init, pipe.write(), new byte[4096]));
    assertThat(write(init, pipe.write(), new byte[4097])).isEqualTo(4095);
  }

  @Test
  void writerThatWaits_writesAllOfIt() throws Exception {
    byte[] sent = TaskCalls.pattern(5 * CAPACITY + 77);
    PipeDescriptors pipe = init.unnamedFiles().pipe();
    Task writer =
        init.spawn("writer", own -> write(own, pipe.write(), sent) == sent.length ? 0 : 1);
    byte[] received = readAll(init, pipe.read(), sent.length);
    assertThat(received).isEqualTo(sent);
    assertThat(writer.join()).isEqualTo(new WaitStatus.Exited(0));
  }

  @Test
  void writeThatNobodyReads_isEpipeAndSigpipe() throws Exception {
    PipeDescriptors pipe = init.unnamedFiles().pipe();
    init.close(pipe.read());
    assertErrno(Errno.EPIPE, () -> write(init, pipe.write(), (byte) 1));
    Task killed =
        init.spawn(
            "killed",
            own -> {
              write(own, pipe.write(), (byte) 1);
              return 0;
            });
    assertThat(killed.join()).isEqualTo(new WaitStatus.Signaled(Signal.SIGPIPE));
    Task ignoring =
        init.spawn(
            "ignoring",
            own -> {
              own.processes().sigaction(Signal.SIGPIPE, Disposition.IGNORE);
              assertErrno(Errno.EPIPE, () -> write(own, pipe.write(), (byte) 1));
              return 5;
            });
    assertThat(ignoring.join()).isEqualTo(new WaitStatus.Exited(5));
  }

  @Test
  void endOfTheWritingProcess_isTheEndOfTheFile() throws Exception {
    PipeDescriptors pipe = init.unnamedFiles().pipe();
    Task writer = init.spawn("writer", own -> (int) write(own, pipe.write(), (byte) 9));
    init.close(pipe.write());
    assertThat(readAll(init, pipe.read(), 1)).containsExactly(9);
    assertThat(read(init, pipe.read(), 1)).isEmpty();
    assertThat(writer.join()).isEqualTo(new WaitStatus.Exited(1));
  }

  @Test
  void namedPipe_isOpenedTogetherWithItsOtherEnd() throws Exception {
    init.tree().create("/tmp/fifo", NewInode.fifo(0600));
    Task writer =
        init.spawn(
            "writer", own -> (int) write(own, own.open("/tmp/fifo", OpenFlags.O_WRONLY), (byte) 8));
    int file = init.open("/tmp/fifo", OpenFlags.O_RDONLY);
    assertThat(readAll(init, file, 1)).containsExactly(8);
    assertThat(writer.join()).isEqualTo(new WaitStatus.Exited(1));
  }

  @Test
  void namedPipeWithoutWaiting_opensForReadingOnly() throws Exception {
    init.tree().create("/tmp/fifo", NewInode.fifo(0600));
    int writing = OpenFlags.O_WRONLY | OpenFlags.O_NONBLOCK;
    assertErrno(Errno.ENXIO, () -> init.open("/tmp/fifo", writing));
    int file = init.open("/tmp/fifo", OpenFlags.O_NONBLOCK);
    assertThat(read(init, file, 1)).isEmpty();
    write(init, init.open("/tmp/fifo", writing), (byte) 7);
    assertThat(read(init, file, 1)).containsExactly(7);
  }

  @Test
  void wait05_closeOfTheEndThatIsRead_endsTheRead() throws Exception {
    PipeDescriptors pipe = init.unnamedFiles().pipe();
    Background<byte[]> reader =
        Background.waiting(init, "a pipe", () -> read(init, pipe.read(), 1));
    init.close(pipe.read());
    assertErrno(Errno.EBADF, reader::awaitResult);
    assertErrno(Errno.EPIPE, () -> write(init, pipe.write(), (byte) 1));
  }

  @Test
  void wait04_pipe_heedsONonblockAsFcntlSetsIt() throws Exception {
    PipeDescriptors pipe = init.unnamedFiles().pipe();
    init.descriptors().fcntl(pipe.read(), DescriptorCalls.F_SETFL, OpenFlags.O_NONBLOCK);
    assertErrno(Errno.EAGAIN, () -> read(init, pipe.read(), 1));
    init.descriptors().fcntl(pipe.read(), DescriptorCalls.F_SETFL, 0);
    Background<byte[]> reader =
        Background.waiting(init, "a pipe", () -> read(init, pipe.read(), 1));
    write(init, pipe.write(), (byte) 7);
    assertThat(reader.result()).containsExactly(7);
  }

  @Test
  void wait03_openOfANamedPipeThatIsInterrupted_leavesNobodyAtIt() throws Exception {
    init.tree().create("/tmp/fifo", NewInode.fifo(0600));
    Task task = init.spawn("task");
    task.processes().sigaction(Signal.SIGUSR1, new Disposition.Handle(signal -> {}));
    Background<Integer> opening =
        Background.waiting(task, "a pipe", () -> task.open("/tmp/fifo", OpenFlags.O_RDONLY));
    init.processes().kill(task.pid(), Signal.SIGUSR1);
    assertErrno(Errno.EINTR, opening::awaitResult);
    assertErrno(
        Errno.ENXIO, () -> init.open("/tmp/fifo", OpenFlags.O_WRONLY | OpenFlags.O_NONBLOCK));
  }

  @Test
  void pipeWithoutADescriptorLeft_isEmfileAndLeavesNothing() throws Exception {
    Task task = init.spawn("task");
    PipeDescriptors pipe = task.unnamedFiles().pipe();
    for (int free = 1024 - pipe.write() - 1; free > 1; free--) {
      task.dup(pipe.read());
    }
    assertErrno(Errno.EMFILE, () -> task.unnamedFiles().pipe());
    assertThat(task.dup(pipe.read())).isEqualTo(1023);
  }
}
