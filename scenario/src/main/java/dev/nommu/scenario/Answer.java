package dev.nommu.scenario;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PollEvent;
import java.util.List;
import java.util.Set;

/** The answer of a call, before it is written down. */
public sealed interface Answer {
  /** The largest number that the kernel uses for errors. */
  int MAX_ERRNO = 4095;

  /** How many bytes a step shows at most. */
  int MOST_BYTES = 1 << 24;

  /** Returns what a variable that is given the answer is set to. */
  long value();

  /** Returns the answer of a call whose result is a number. */
  static Answer returned(long value) {
    return new Returned(value);
  }

  /** A call whose result is 0 if it does not fail. */
  @FunctionalInterface
  interface Action {
    /** Makes the call. */
    void run() throws ErrnoException;
  }

  /** Makes a call whose result is 0 if it does not fail. */
  static Answer done(Action action) throws ErrnoException {
    action.run();
    return returned(0);
  }

  /** Returns how many bytes a step shows; EINVAL if they would not be a transcript. */
  static int shown(long count) throws ErrnoException {
    if (count < 0 || count > MOST_BYTES) {
      throw new ErrnoException(
          Errno.EINVAL,
          "expected 0 to %d bytes to be shown, found %d".formatted(MOST_BYTES, count));
    }
    return (int) count;
  }

  /** Returns the answer of a call that failed. */
  static Answer failed(Errno errno) {
    return new Returned(-errno.number());
  }

  /**
   * The raw result of a system call: a count, a descriptor, or a negative error number.
   *
   * @param value from -{@value #MAX_ERRNO} to -1 for an error
   */
  record Returned(long value) implements Answer {
    /** Returns whether the call failed. */
    boolean isError() {
      return value < 0 && value >= -MAX_ERRNO;
    }
  }

  /**
   * A number that is written in a way of its own.
   *
   * @param text how
   */
  record Scalar(long value, String text) implements Answer {
    /** Returns a number that is written as {@code 0x...}. */
    static Scalar hexadecimal(long value) {
      return new Scalar(value, "0x" + Long.toHexString(value));
    }
  }

  /**
   * Where a mapping lies.
   *
   * @param value the address of its first byte
   */
  record Mapped(long value) implements Answer {}

  /**
   * Where the heap ends.
   *
   * @param value the address behind its last byte
   */
  record Heap(long value) implements Answer {}

  /**
   * The events of a file that was polled.
   *
   * @param events none if the time was over first
   */
  record Events(Set<PollEvent> events) implements Answer {
    /** Copies the set. */
    public Events {
      events = Set.copyOf(events);
    }

    @Override
    public long value() {
      return events.stream().mapToLong(PollEvent::bit).sum();
    }
  }

  /**
   * Bytes that were read from a file or from memory, or the text of a kernel parameter.
   *
   * @param bytes nobody may change them
   */
  @SuppressWarnings("ArrayRecordComponent") // written down, never compared
  record Data(byte[] bytes) implements Answer {
    @Override
    public long value() {
      return bytes.length;
    }
  }

  /**
   * The lines of a file.
   *
   * @param path what the file was called
   * @param lines without their ends; addresses are still numbers
   */
  record Lines(String path, List<String> lines) implements Answer {
    /** Copies the list. */
    public Lines {
      lines = List.copyOf(lines);
    }

    @Override
    public long value() {
      return 0;
    }
  }

  /**
   * A structure that the kernel filled in.
   *
   * @param fields those that are shown, in order
   */
  record Structure(List<Field> fields) implements Answer {
    /** Copies the list. */
    public Structure {
      fields = List.copyOf(fields);
    }

    @Override
    public long value() {
      return 0;
    }
  }

  /**
   * The size of a file.
   *
   * @param bytes as {@code st_size}
   * @param blocks of 512 bytes, as {@code st_blocks}
   */
  record Size(long bytes, long blocks) implements Answer {
    @Override
    public long value() {
      return bytes;
    }
  }

  /**
   * The descriptors of a pipe.
   *
   * @param read of the end that is read, which a variable is set to
   * @param write of the end that is written
   */
  record Pipe(int read, int write) implements Answer {
    @Override
    public long value() {
      return read;
    }
  }

  /**
   * A change of a count of pages.
   *
   * @param change pages, negative if there are fewer than before
   */
  record Pages(long change) implements Answer {
    @Override
    public long value() {
      return change;
    }
  }

  /**
   * A child process was made, ran and ended.
   *
   * @param waitStatus as {@code waitpid} gives it
   */
  record ChildRan(int waitStatus) implements Answer {
    @Override
    public long value() {
      return waitStatus;
    }
  }

  /**
   * There was no memory where the process looked.
   *
   * @param signal that it got, such as {@code "SIGSEGV"}
   */
  record Faulted(String signal) implements Answer {
    @Override
    public long value() {
      return -Errno.EFAULT.number();
    }
  }
}
