package dev.nommu.kernel.console;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PollEvent;
import dev.nommu.api.WaitQueue;
import dev.nommu.kernel.wait.FileWaitQueue;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What is typed at a machine's console and read from {@code /dev/console}, line by line, as a
 * terminal in canonical mode gives it (termios(3)). While no keyboard is attached it reads as
 * ended. Thread-safe.
 *
 * {@snippet :
 * try (ConsoleInput.Keyboard keyboard = machine.console().attach()) {
 *   keyboard.type("ls /dev\n");
 * }
 * }
 */
public final class ConsoleInput {
  private final FileWaitQueue changed = FileWaitQueue.ofTasks("a line typed at the console");

  @GuardedBy("this")
  private final Deque<byte[]> lines = new ArrayDeque<>();

  @GuardedBy("this")
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  @GuardedBy("this")
  private boolean attached;

  /** Creates the input of a console without a keyboard. */
  public ConsoleInput() {}

  /** Somebody who types. */
  public final class Keyboard implements AutoCloseable {
    private Keyboard() {}

    /** Types a text, in UTF-8; it can be read up to the last end of a line. */
    public void type(String text) {
      typed(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Ends the input: what was typed can still be read, then it reads as ended. */
    @Override
    public void close() {
      detach();
    }
  }

  /**
   * Attaches a keyboard: from now on who reads the console waits until a line is typed.
   *
   * @throws IllegalStateException if there is one
   */
  public synchronized Keyboard attach() {
    if (attached) {
      throw new IllegalStateException("the console has a keyboard already");
    }
    attached = true;
    return new Keyboard();
  }

  private synchronized void typed(byte[] bytes) {
    for (byte each : bytes) {
      begun.write(each);
      if (each == '\n') {
        endLine();
      }
    }
    changed.wakeAll();
  }

  @GuardedBy("this")
  private void endLine() {
    lines.add(begun.toByteArray());
    begun.reset();
  }

  private synchronized void detach() {
    if (begun.size() > 0) {
      endLine();
    }
    attached = false;
    changed.wakeAll();
  }

  /** Reads a line or the beginning of one; 0 at the end. */
  long read(MemorySegment into) throws ErrnoException {
    OptionalLong count = take(into);
    while (count.isEmpty()) {
      changed.await(this::isReadable);
      count = take(into);
    }
    return count.getAsLong();
  }

  /** Returns how many bytes were read; empty if there is nothing to read yet. */
  private synchronized OptionalLong take(MemorySegment into) {
    byte[] line = lines.poll();
    if (line == null) {
      return attached ? OptionalLong.empty() : OptionalLong.of(0);
    }
    MemorySegment bytes = MemorySegment.ofArray(line);
    long count = Math.min(line.length, into.byteSize());
    into.asSlice(0, count).copyFrom(bytes.asSlice(0, count));
    if (count < line.length) {
      lines.addFirst(Arrays.copyOfRange(line, (int) count, line.length));
    }
    return OptionalLong.of(count);
  }

  private synchronized boolean isReadable() {
    return !attached || !lines.isEmpty();
  }

  /** Returns what can be done: writing always. */
  Set<PollEvent> poll() {
    return isReadable() ? EnumSet.of(PollEvent.IN, PollEvent.OUT) : EnumSet.of(PollEvent.OUT);
  }

  WaitQueue queue() {
    return changed;
  }
}
