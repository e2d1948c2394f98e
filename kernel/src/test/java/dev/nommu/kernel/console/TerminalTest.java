package dev.nommu.kernel.console;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PollEvent;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.console.Console.Keyboard;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.PollFd;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Background;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The console as a terminal: echo, editing, signals, settings (termios(3), ioctl_tty(2)). */
@Timeout(20)
final class TerminalTest {
  private static final int TCGETS = 0x5401;
  private static final int TCSETS = 0x5402;
  private static final int TIOCGWINSZ = 0x5413;
  private static final int FIONREAD = 0x541b;
  private static final int LOCAL_FLAGS = 12;
  private static final int VTIME = 17 + 5;
  private static final int VMIN = 17 + 6;
  private static final int ICANON = 2;
  private static final int ECHO = 8;
  private static final String WHAT = "a line typed at the console";

  @RegisterExtension final Machines machines = new Machines();
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private Machine machine;
  private Task init;
  private Keyboard keyboard;

  @BeforeEach
  void attach() {
    machine = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT);
    init = machine.init();
    keyboard = machine.console().attach(screen::writeBytes);
  }

  private String shown() {
    return screen.toString(StandardCharsets.UTF_8);
  }

  private static String read(Task task) throws ErrnoException {
    byte[] bytes = new byte[100];
    int count = (int) task.read(0, MemorySegment.ofArray(bytes));
    return new String(bytes, 0, count, StandardCharsets.UTF_8);
  }

  private long memory() throws ErrnoException {
    int flags = MmapArguments.MAP_PRIVATE | MmapArguments.MAP_ANONYMOUS;
    return init.mmap(0, 4096, MmapArguments.PROT_READ | MmapArguments.PROT_WRITE, flags, -1, 0);
  }

  private int word(long address, int offset) throws Exception {
    return init.memory(address, 64).get(ValueLayout.JAVA_INT, offset);
  }

  private void withoutLines() throws Exception {
    withoutLines(1, 0);
  }

  private void withoutLines(int least, int tenths) throws Exception {
    long settings = memory();
    init.ioctl(0, TCGETS, settings);
    init.memory(settings, 64)
        .set(ValueLayout.JAVA_INT, LOCAL_FLAGS, word(settings, LOCAL_FLAGS) & ~(ICANON | ECHO));
    init.memory(settings, 64).set(ValueLayout.JAVA_BYTE, VTIME, (byte) tenths);
    init.memory(settings, 64).set(ValueLayout.JAVA_BYTE, VMIN, (byte) least);
    init.ioctl(0, TCSETS, settings);
  }

  @Test
  void whatIsWritten_isShownWithCarriageReturns() throws Exception {
    init.write(1, MemorySegment.ofArray("one\ntwo".getBytes(StandardCharsets.UTF_8)));
    assertThat(shown()).isEqualTo("one\r\ntwo");
    assertThat(machine.log().lines()).noneMatch(line -> line.contains("one"));
  }

  @Test
  void whatIsTyped_isEchoedAndEdited() throws Exception {
    keyboard.type("lx\177s\025dé\177ate\rrest");
    assertThat(read(init)).isEqualTo("date\n");
    assertThat(shown()).isEqualTo("lx\b \bs\b \b\b \bdé\b \bate\r\nrest");
  }

  @Test
  void endOfFile_endsALineWithoutAnEnd_andIsTheEndAtTheBeginning() throws Exception {
    keyboard.type("ab\004\004");
    assertThat(read(init)).isEqualTo("ab");
    assertThat(read(init)).isEmpty();
    keyboard.type("c\n");
    assertThat(read(init)).isEqualTo("c\n");
  }

  @Test
  void interrupt_goesToTheForegroundAndDropsTheLine() throws Exception {
    Task program =
        init.spawn(
            "program",
            own -> {
              machine.console().foreground(own.processes().sessions().setsid());
              return read(own).length();
            });
    Background.awaitWait(program, WHAT);
    keyboard.type("half\003");
    assertThat(program.join()).isEqualTo(new WaitStatus.Signaled(Signal.SIGINT));
    assertThat(shown()).isEqualTo("half^C");
    keyboard.type("next\n");
    assertThat(read(init)).isEqualTo("next\n");
  }

  @Test
  void withoutLines_eachKeyIsRead() throws Exception {
    withoutLines();
    keyboard.type("x");
    assertThat(read(init)).isEqualTo("x");
    assertThat(shown()).isEmpty();
  }

  @Test
  void withoutLines_whatWasBegunCanBeRead() throws Exception {
    keyboard.type("beg");
    withoutLines();
    assertThat(read(init)).isEqualTo("beg");
  }

  @Test
  void windowSize_isThatOfTheScreen() throws Exception {
    long size = memory();
    init.ioctl(1, TIOCGWINSZ, size);
    assertThat(word(size, 0)).isZero();
    keyboard.resize(24, 80);
    init.ioctl(1, TIOCGWINSZ, size);
    assertThat(word(size, 0)).isEqualTo(80 << 16 | 24);
  }

  @Test
  void readableBytes_areCounted() throws Exception {
    long count = memory();
    keyboard.type("four\nmore");
    init.ioctl(0, FIONREAD, count);
    assertThat(word(count, 0)).isEqualTo(5);
  }

  @Test
  void unknownIoctl_isEnotty() {
    assertErrno(Errno.ENOTTY, () -> init.ioctl(0, 0x4600, 0));
  }

  @Test
  void keysOfAStream_waitUntilAProgramReads() throws Exception {
    Background<String> reader = Background.waiting(init, WHAT, () -> read(init));
    assertThat(keyboard.awaitReader()).isTrue();
    keyboard.type("one\ntwo\n");
    assertThat(reader.result()).isEqualTo("one\n");
    assertThat(read(init)).isEqualTo("two\n");
    Thread waiting = Thread.ofPlatform().start(this::awaitReader);
    while (waiting.getState() != Thread.State.WAITING) {
      assertThat(waiting.isAlive()).isTrue();
      Thread.onSpinWait();
    }
    keyboard.end();
    waiting.join();
    assertThat(keyboard.awaitReader()).isFalse();
  }

  /** {@code n_tty_read}: VMIN bytes, or as many as there is room for; a poll needs VMIN, too. */
  @Test
  void withoutLines_readWaitsForVminBytes() throws Exception {
    withoutLines(3, 0);
    keyboard.type("ab");
    assertThat(
            init.descriptors()
                .poll(List.of(PollFd.of(0, PollEvent.IN)), Optional.of(Duration.ZERO)))
        .containsExactly(Set.of());
    byte[] two = new byte[2];
    assertThat(init.read(0, MemorySegment.ofArray(two))).isEqualTo(2);
    keyboard.type("cd");
    Task reader =
        init.spawn(
            "reader",
            task -> {
              assertThat(read(task)).isEqualTo("cde");
              return 0;
            });
    Background.awaitWait(reader, WHAT);
    keyboard.type("e");
    assertThat(reader.join()).isEqualTo(new WaitStatus.Exited(0));
  }

  /** VTIME goes from byte to byte: the first one is waited for without a limit. */
  @Test
  void withoutLines_readEndsWhenNoByteFollowsInVtime() throws Exception {
    withoutLines(3, 5);
    keyboard.type("ab");
    assertThat(
            init.descriptors()
                .poll(List.of(PollFd.of(0, PollEvent.IN)), Optional.of(Duration.ZERO)))
        .containsExactly(Set.of(PollEvent.IN));
    Duration before = init.time().monotonic();
    assertThat(read(init)).isEqualTo("ab");
    assertThat(init.time().monotonic().minus(before)).isEqualTo(Duration.ofMillis(500));
  }

  private void awaitReader() {
    try {
      keyboard.awaitReader();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@code n_tty_receive_char} keeps room for the end of the line. */
  @Test
  void lineThatIsTooLong_losesItsRest() throws Exception {
    keyboard.type("a".repeat(5000) + "\nnext\n");
    byte[] line = new byte[5000];
    assertThat(init.read(0, MemorySegment.ofArray(line))).isEqualTo(4096);
    assertThat(line[4095]).isEqualTo((byte) '\n');
    assertThat(read(init)).isEqualTo("next\n");
  }
}
