package dev.nommu.kernel.console;

import dev.nommu.kernel.signal.Signal;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The processing of a terminal's input, as {@code n_tty}: line editing, echo, and signal
 * characters. Not thread-safe.
 */
final class LineDiscipline {
  /** The input that a terminal holds, in bytes: N_TTY_BUF_SIZE. */
  static final int ROOM = 4096;

  private static final byte BACKSPACE = '\b';
  private static final int CONTROL = 0x40;
  private static final int DELETE = 0x7f;

  private final Consumer<byte[]> echo;
  private Termios settings = Termios.STANDARD;

  /** Complete lines, each with its end; in non-canonical mode, chunks of input as typed. */
  private final Deque<byte[]> ready = new ArrayDeque<>();

  private ByteArrayOutputStream begun = new ByteArrayOutputStream();

  /**
   * Creates a terminal with the usual settings.
   *
   * @param echo receives the echo of typed input
   */
  LineDiscipline(Consumer<byte[]> echo) {
    this.echo = echo;
  }

  Termios settings() {
    return settings;
  }

  /** In non-canonical mode an incomplete line can be read at once. */
  void set(Termios other) {
    if (settings.isCanonical() && !other.isCanonical() && begun.size() > 0) {
      endLine();
    }
    settings = other;
  }

  /** Processes typed input; returns the signals for the foreground processes. */
  List<Signal> typed(byte[] bytes) {
    List<Signal> signals = new ArrayList<>();
    for (byte each : bytes) {
      typed(translated(each), signals);
    }
    if (!settings.isCanonical() && begun.size() > 0) {
      endLine();
    }
    return signals;
  }

  private byte translated(byte each) {
    if (each == '\r' && (settings.input() & Termios.ICRNL) != 0) {
      return '\n';
    }
    return each == '\n' && (settings.input() & Termios.INLCR) != 0 ? (byte) '\r' : each;
  }

  private void typed(byte each, List<Signal> signals) {
    if (each == '\r' && (settings.input() & Termios.IGNCR) != 0) {
      return;
    }
    Optional<Signal> signal = signal(each);
    if (signal.isPresent()) {
      show(each);
      flushInput();
      signals.add(signal.get());
      return;
    }
    if (settings.isCanonical() && edits(each)) {
      return;
    }
    if (settings.isCanonical() && begun.size() >= ROOM - 1 && each != '\n') {
      return; // the rest of an overlong line is lost
    }
    begun.write(each);
    show(each);
    if (settings.isCanonical() && each == '\n') {
      endLine();
    }
  }

  /** Returns the signal of a character; drops the input before it. */
  private Optional<Signal> signal(byte each) {
    if ((settings.local() & Termios.ISIG) == 0) {
      return Optional.empty();
    }
    if (settings.is(Termios.VINTR, each)) {
      return Optional.of(Signal.SIGINT);
    }
    if (settings.is(Termios.VQUIT, each)) {
      return Optional.of(Signal.SIGQUIT);
    }
    return settings.is(Termios.VSUSP, each) ? Optional.of(Signal.SIGTSTP) : Optional.empty();
  }

  private boolean edits(byte each) {
    if (settings.is(Termios.VERASE, each)) {
      erase();
      return true;
    }
    if (settings.is(Termios.VKILL, each)) {
      while (begun.size() > 0) {
        erase();
      }
      return true;
    }
    if (settings.is(Termios.VEOF, each)) {
      endLine();
      return true;
    }
    return false;
  }

  /** Erases the last character, which may have several bytes in UTF-8. */
  private void erase() {
    byte[] line = begun.toByteArray();
    if (line.length == 0) {
      return;
    }
    int last = line.length - 1;
    while (last > 0 && (line[last] & 0xc0) == 0x80) {
      last--;
    }
    begun = new ByteArrayOutputStream();
    begun.write(line, 0, last);
    if (settings.echoes(Termios.ECHOE)) {
      int columns = isControl(line[last]) && settings.echoes(Termios.ECHOCTL) ? 2 : 1;
      for (int i = 0; i < columns; i++) {
        echo.accept(new byte[] {BACKSPACE, ' ', BACKSPACE});
      }
    }
  }

  private static boolean isControl(byte each) {
    return (each >= 0 && each < ' ') || each == DELETE;
  }

  private void show(byte each) {
    if (!settings.echoes(0)) {
      return;
    }
    if (isControl(each) && each != '\n' && each != '\t' && settings.echoes(Termios.ECHOCTL)) {
      echo.accept(new byte[] {'^', (byte) (each ^ CONTROL)});
    } else {
      echo.accept(new byte[] {each});
    }
  }

  /** Makes the typed input readable, even if empty: then a read returns 0. */
  void endLine() {
    ready.add(begun.toByteArray());
    begun.reset();
  }

  /** Returns whether an incomplete line has been typed. */
  boolean hasBegun() {
    return begun.size() > 0;
  }

  /**
   * Returns whether a poll finds a line; in non-canonical mode a byte, or VMIN bytes without VTIME.
   */
  boolean isReadable() {
    if (settings.isCanonical()) {
      return !ready.isEmpty();
    }
    return readable() >= (settings.tenths() == 0 ? Math.max(1, settings.least()) : 1);
  }

  /**
   * Returns whether a read finds a line; in non-canonical mode VMIN bytes, or as many as it has
   * room for.
   */
  boolean hasEnough(long room) {
    if (settings.isCanonical()) {
      return !ready.isEmpty();
    }
    return readable() >= Math.clamp(room, 1, Math.max(1, settings.least()));
  }

  /** Returns how many bytes can be read. */
  int readable() {
    return ready.stream().mapToInt(line -> line.length).sum();
  }

  /** Drops the unread input. */
  void flushInput() {
    ready.clear();
    begun.reset();
  }

  /**
   * Reads a line or its beginning; in non-canonical mode the typed bytes; 0 if there is nothing.
   */
  long take(MemorySegment into) {
    long count = 0;
    do {
      count += takeOne(into.asSlice(count));
    } while (!settings.isCanonical() && count < into.byteSize() && !ready.isEmpty());
    return count;
  }

  private long takeOne(MemorySegment into) {
    byte[] line = ready.isEmpty() ? new byte[0] : ready.remove();
    int count = (int) Math.min(line.length, into.byteSize());
    MemorySegment.copy(MemorySegment.ofArray(line), 0, into, 0, count);
    if (count < line.length) {
      ready.addFirst(Arrays.copyOfRange(line, count, line.length));
    }
    return count;
  }

  /** Returns the bytes a terminal shows for this output. */
  byte[] written(byte[] bytes) {
    int both = Termios.OPOST | Termios.ONLCR;
    if ((settings.output() & both) != both) {
      return bytes;
    }
    ByteArrayOutputStream shown = new ByteArrayOutputStream(bytes.length + 16);
    for (byte each : bytes) {
      if (each == '\n') {
        shown.write('\r');
      }
      shown.write(each);
    }
    return shown.toByteArray();
  }
}
