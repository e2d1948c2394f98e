package dev.nommu.kernel.console;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PollEvent;
import dev.nommu.api.UserMemory;
import dev.nommu.api.WaitQueue;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.RealClock;
import dev.nommu.kernel.wait.FileWaitQueue;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A machine's terminal, which programs see as {@code /dev/console}: its input, its output and its
 * settings (termios(3)). Without a keyboard it reads as end of file; without a screen, output
 * becomes lines of the kernel log. Thread-safe.
 *
 * {@snippet :
 * try (Console.Keyboard keyboard = machine.console().attach()) {
 *   keyboard.type("ls /dev\n");
 * }
 * }
 */
public final class Console {
  private static final int TCGETS = 0x5401;
  private static final int TCSETS = 0x5402;
  private static final int TCSETSW = 0x5403;
  private static final int TCSETSF = 0x5404;
  private static final int TCSBRK = 0x5409;
  private static final int TCFLSH = 0x540b;
  private static final int TCOFLUSH = 1;
  private static final int TIOCSCTTY = 0x540e;
  private static final int TIOCGPGRP = 0x540f;
  private static final int TIOCSPGRP = 0x5410;
  private static final int TIOCGWINSZ = 0x5413;
  private static final int TIOCSWINSZ = 0x5414;
  private static final int FIONREAD = 0x541b;
  private static final int WINSIZE = 4 * Short.BYTES;
  private static final Duration TENTH = Duration.ofMillis(100);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final FileWaitQueue changed = FileWaitQueue.ofTasks("a line typed at the console");

  @GuardedBy("this")
  private final LineDiscipline line = new LineDiscipline(this::echo);

  @GuardedBy("this")
  private boolean attached;

  /** Of the keyboard, or else of the last one. */
  @GuardedBy("this")
  private InputRequest request = new InputRequest(new RealClock());

  @GuardedBy("this")
  private Optional<Screen> screen = Optional.empty();

  @GuardedBy("this")
  private long windowSize;

  /** The process group that receives the keyboard's signals; 0 for none. */
  @GuardedBy("this")
  private int foreground;

  private volatile Signals signals = (group, signal) -> {};

  /** Creates a console with neither keyboard nor screen. */
  public Console() {}

  /** Shows the output of programs and the echo of typed input. */
  @FunctionalInterface
  public interface Screen {
    /**
     * Shows the bytes of one call, with the carriage returns that a terminal receives. Must not
     * throw; the console waits for it.
     */
    void show(byte[] bytes);
  }

  /** Sends the keyboard's signals to the foreground processes. */
  @FunctionalInterface
  public interface Signals {
    /** Sends a signal to the processes of a group. */
    void send(int group, Signal signal);
  }

  /** A keyboard, until its input is ended; later input is lost. */
  public final class Keyboard implements AutoCloseable {
    private final AtomicBoolean ended = new AtomicBoolean();
    private final InputRequest request;

    private Keyboard(InputRequest request) {
      this.request = request;
    }

    /** Types text, in UTF-8; unless a program changes the mode, it is read by whole lines. */
    public void type(String text) {
      type(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Types bytes: the Enter key sends a carriage return. */
    public void type(byte[] bytes) {
      if (!ended.get()) {
        typed(bytes);
      }
    }

    /**
     * Waits until a program wants to read more than has been typed: for keys that come from a
     * stream.
     *
     * @return false if the input ended first
     */
    public boolean awaitReader() throws InterruptedException {
      return request.await();
    }

    /** Sets the size of the screen; the foreground processes receive SIGWINCH. */
    public void resize(int rows, int columns) {
      resized((rows & 0xffffL) | (columns & 0xffffL) << Short.SIZE);
    }

    /** Ends the input: typed input can still be read, then end of file. */
    public void end() {
      if (ended.compareAndSet(false, true)) {
        endInput();
      }
    }

    /** Ends the input and detaches the screen. */
    @Override
    public void close() {
      end();
      withoutScreen();
    }
  }

  /**
   * Attaches a keyboard: from now on a read of the console waits until a line is typed.
   *
   * @throws IllegalStateException if there is one
   */
  public Keyboard attach() {
    return attach(Optional.empty(), new RealClock());
  }

  /**
   * Attaches a keyboard and a screen, which receives all output from now on.
   *
   * @throws IllegalStateException if there is a keyboard
   */
  public Keyboard attach(Screen shown) {
    return attach(Optional.of(shown), new RealClock());
  }

  /**
   * Attaches a keyboard and a screen as above, for typing on demand: time stands still from when a
   * program wants to read until something is typed.
   *
   * @param clock of the machine; one that is not simulated keeps running
   * @throws IllegalStateException if there is a keyboard
   */
  public Keyboard attach(Screen shown, MachineClock clock) {
    return attach(Optional.of(shown), clock);
  }

  private synchronized Keyboard attach(Optional<Screen> shown, MachineClock clock) {
    if (attached) {
      throw new IllegalStateException("the console has a keyboard already");
    }
    attached = true;
    screen = shown;
    request = new InputRequest(clock);
    return new Keyboard(request);
  }

  /** Sets how signals reach process groups; called as the machine boots. */
  public void signalsGoTo(Signals processes) {
    signals = processes;
  }

  /** Sets the foreground process group, which receives the typed signals; 0 for none. */
  public synchronized void foreground(int group) {
    foreground = group;
  }

  /** Processes killed by a typed signal do not wait for more input. */
  private void typed(byte[] bytes) {
    take(bytes).forEach(this::send);
    answered();
  }

  private synchronized List<Signal> take(byte[] bytes) {
    return line.typed(bytes);
  }

  /** Time resumes when the waiting reader is awake; a reader that needs more asks again. */
  private synchronized void answered() {
    changed.wakeAll();
    request.settle();
  }

  private void resized(long size) {
    if (isNew(size)) {
      send(Signal.SIGWINCH);
    }
  }

  private synchronized boolean isNew(long size) {
    boolean isNew = size != windowSize;
    windowSize = size;
    return isNew;
  }

  private synchronized void endInput() {
    if (line.hasBegun()) {
      line.endLine();
    }
    attached = false;
    changed.wakeAll();
    request.close();
  }

  /** A keyboard attached meanwhile has its own screen. */
  private synchronized void withoutScreen() {
    if (!attached) {
      screen = Optional.empty();
    }
  }

  /** Not under the monitor: a signal may end a process, which closes files of plugins. */
  private void send(Signal signal) {
    int group = foreground();
    if (group != 0) {
      signals.send(group, signal);
    }
  }

  private synchronized void echo(byte[] bytes) {
    screen.ifPresent(shown -> shown.show(line.written(bytes)));
  }

  /** Shows output; returns whether there is a screen. */
  synchronized boolean show(byte[] bytes) {
    echo(bytes);
    return screen.isPresent();
  }

  /**
   * Reads a line or its beginning; in non-canonical mode the typed bytes, at least VMIN unless
   * VTIME expires; 0 at the end.
   */
  long read(MemorySegment into) throws ErrnoException {
    long there = 0;
    OptionalLong count = take(into);
    while (count.isEmpty()) {
      boolean inTime = awaitMore(there);
      there = readable();
      count = inTime ? take(into) : OptionalLong.of(takeAll(into));
    }
    return count.getAsLong();
  }

  private boolean awaitMore(long there) throws ErrnoException {
    try {
      return awaitMore(settings(), there);
    } catch (ErrnoException givenUp) {
      if (givenUp.errno() == Errno.EINTR) {
        answered();
      }
      throw givenUp;
    }
  }

  /** Returns whether more was typed in time; VTIME runs between bytes if VMIN is not 0. */
  private boolean awaitMore(Termios settings, long there) throws ErrnoException {
    boolean first = there == 0 && settings.least() > 0;
    if (settings.isCanonical() || first || (settings.least() > 0 && settings.tenths() == 0)) {
      changed.await(() -> hasMoreThan(there));
      return true;
    }
    return changed.await(() -> hasMoreThan(there), TENTH.multipliedBy(settings.tenths()));
  }

  private synchronized boolean hasMoreThan(long there) {
    boolean more = line.settings().isCanonical() ? line.isReadable() : line.readable() > there;
    return orAsk(more || !attached);
  }

  /** Asks for input unless there is something to read, or the input has ended. */
  @GuardedBy("this")
  private boolean orAsk(boolean isReadable) {
    if (!isReadable) {
      request.ask();
    }
    return isReadable;
  }

  /** Returns the number of bytes read; empty if there is not enough to read yet. */
  private synchronized OptionalLong take(MemorySegment into) {
    if (attached && !line.hasEnough(into.byteSize())) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(takeAll(into));
  }

  private synchronized long takeAll(MemorySegment into) {
    return line.take(into);
  }

  private synchronized boolean isReadable() {
    return orAsk(!attached || line.isReadable());
  }

  private synchronized Termios settings() {
    return line.settings();
  }

  /** Returns the poll events that are ready: always POLLOUT. */
  Set<PollEvent> poll() {
    return isReadable() ? EnumSet.of(PollEvent.IN, PollEvent.OUT) : EnumSet.of(PollEvent.OUT);
  }

  WaitQueue queue() {
    return changed;
  }

  /** Carries out an ioctl of ioctl_tty(2); ENOTTY, EFAULT. */
  long ioctl(int command, long argument, UserMemory memory) throws ErrnoException {
    switch (command) {
      case TCGETS -> settings().write(memory.at(argument, Termios.SIZE));
      case TCSETS, TCSETSW, TCSETSF ->
          set(command, Termios.read(memory.at(argument, Termios.SIZE)));
      case TCFLSH -> flush(argument);
      case TCSBRK -> {}
      case TIOCSCTTY -> {}
      case TIOCGPGRP -> memory.at(argument, Integer.BYTES).set(INT, 0, foreground());
      case TIOCSPGRP -> foreground(memory.at(argument, Integer.BYTES).get(INT, 0));
      case TIOCGWINSZ -> putSize(memory.at(argument, WINSIZE));
      case TIOCSWINSZ -> resized(size(memory.at(argument, WINSIZE)));
      case FIONREAD -> memory.at(argument, Integer.BYTES).set(INT, 0, readable());
      default ->
          throw new ErrnoException(
              Errno.ENOTTY, "ioctl of the console: unknown command 0x%x".formatted(command));
    }
    return 0;
  }

  private synchronized void set(int command, Termios settings) {
    if (command == TCSETSF) {
      line.flushInput();
    }
    line.set(settings);
    changed.wakeAll();
  }

  private synchronized void flush(long queue) {
    if (queue != TCOFLUSH) {
      line.flushInput();
    }
  }

  private synchronized int foreground() {
    return foreground;
  }

  private synchronized int readable() {
    return line.readable();
  }

  private synchronized void putSize(MemorySegment into) {
    into.set(INT, 0, (int) windowSize);
    into.set(INT, Integer.BYTES, 0);
  }

  private static long size(MemorySegment from) {
    return from.get(INT, 0) & 0xffff_ffffL;
  }
}
