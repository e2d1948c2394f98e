package dev.nommu.kernel.console;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.PollEvent;
import dev.nommu.api.Profile;
import dev.nommu.api.Whence;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.PollFd;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Background;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streams of the host as files of programs. */
@Timeout(20)
final class HostStreamsTest {
  private static final String WHAT = "input from the host";

  @RegisterExtension final Machines machines = new Machines();
  private final PipedOutputStream host = new PipedOutputStream();
  private Machine machine;
  private Task init;
  private int input;

  @BeforeEach
  void open() throws IOException {
    machine = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT);
    init = machine.init();
    input = open(new PipedInputStream(host));
  }

  private int open(InputStream stream) throws ErrnoException {
    return init.unnamedFiles()
        .open("stdin", new HostInput(stream, machine.clock()), OpenFlags.O_RDONLY);
  }

  private int open(OutputStream stream) throws ErrnoException {
    return init.unnamedFiles().open("stdout", new HostOutput(stream), OpenFlags.O_WRONLY);
  }

  private static String read(Task task, int descriptor, int most) throws ErrnoException {
    byte[] bytes = new byte[most];
    int count = (int) task.read(descriptor, MemorySegment.ofArray(bytes));
    return new String(bytes, 0, count, StandardCharsets.UTF_8);
  }

  private void say(String text) throws IOException {
    host.write(text.getBytes(StandardCharsets.UTF_8));
    host.flush();
  }

  @Test
  void readWaitsForTheHost_andReadsWhatIsThere() throws Exception {
    Background<String> reader = Background.waiting(init, WHAT, () -> read(init, input, 100));
    say("hello");
    assertThat(reader.result()).isEqualTo("hello");
    say("world");
    assertThat(read(init, input, 3)).isEqualTo("wor");
    assertThat(read(init, input, 3)).isEqualTo("ld");
    host.close();
    assertThat(read(init, input, 3)).isEmpty();
  }

  /** The stream has a pipe's kind of inode, and is none of the machine's pipes. */
  @Test
  void sendfile_copiesToTheHost() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int file = init.open("/tmp/f", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
    init.write(file, MemorySegment.ofArray("hello".getBytes(StandardCharsets.UTF_8)));
    assertThat(init.descriptors().sendfile(open(out), file, Optional.of(1L), 3)).isEqualTo(3);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("ell");
  }

  @Test
  void timeStandsStill_whileTheHostIsAsked() throws Exception {
    Task program =
        init.spawn(
            "program",
            own -> {
              PollFd file = PollFd.of(input, PollEvent.IN);
              List<Set<PollEvent>> told =
                  own.descriptors().poll(List.of(file), Optional.of(Duration.ofSeconds(1)));
              return told.getFirst().contains(PollEvent.IN) ? 1 : 2;
            });
    while (program.waitsFor().isEmpty() && program.status().isEmpty()) {
      Thread.onSpinWait();
    }
    say("late");
    assertThat(program.join()).isEqualTo(new WaitStatus.Exited(1));
    assertThat(machine.clock().nanos()).isZero();
  }

  @Test
  void timeGoesOn_whenWhoAskedTheHostIsKilled() throws Exception {
    Task program = init.spawn("program", own -> read(own, input, 1).length());
    Background.awaitWait(program, WHAT);
    init.processes().kill(program.pid(), Signal.SIGTERM);
    program.join();
    assertThat(sleepASecond().join()).isEqualTo(new WaitStatus.Exited(0));
    say("kept");
    assertThat(read(init, input, 10)).isEqualTo("kept");
  }

  private Task sleepASecond() throws ErrnoException {
    return init.spawn(
        "sleeper",
        own -> {
          own.time().nanosleep(Duration.ofSeconds(1));
          return 0;
        });
  }

  @Test
  void programThatWaitsForTheHost_canBeKilled() throws Exception {
    Task program = init.spawn("program", own -> read(own, input, 1).length());
    Background.awaitWait(program, WHAT);
    init.processes().kill(program.pid(), Signal.SIGTERM);
    assertThat(program.join()).isEqualTo(new WaitStatus.Signaled(Signal.SIGTERM));
  }

  @Test
  void streamThatFails_isEio() throws Exception {
    int broken =
        open(
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("broken");
              }
            });
    assertErrno(Errno.EIO, () -> read(init, broken, 1));
  }

  @Test
  void whatIsWritten_isThereAtOnce() throws Exception {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    int output = open(written);
    init.write(output, MemorySegment.ofArray("text".getBytes(StandardCharsets.UTF_8)));
    assertThat(written).hasToString("text");
  }

  @Test
  void streamThatNobodyReads_isEpipeAndSigpipe() throws Exception {
    int output =
        open(
            new OutputStream() {
              @Override
              public void write(int each) throws IOException {
                throw new IOException("Broken pipe");
              }
            });
    Task program =
        init.spawn(
            "program", own -> (int) own.write(output, MemorySegment.ofArray(new byte[] {1})));
    assertThat(program.join()).isEqualTo(new WaitStatus.Signaled(Signal.SIGPIPE));
  }

  @Test
  void streams_haveNoPositions() {
    assertErrno(Errno.ESPIPE, () -> init.lseek(input, 0, Whence.START));
  }
}
