package dev.nommu.scenario;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PollEvent;
import java.util.List;
import java.util.Set;

/** The result of a call, before it is formatted. */
public sealed interface Answer {
  /** The largest error number of the kernel. */
  int MAX_ERRNO = 4095;

  /** The most bytes that a step shows. */
  int MOST_BYTES = 1 << 24;

  /** Returns the value to assign to a variable. */
  long value();

  /** Returns the result of a call that returns a number. */
  static Answer returned(long value) {
    return new Returned(value);
  }

  /** A call that returns 0 on success. */
  @FunctionalInterface
  interface Action {
    /** Makes the call. */
    void run() throws ErrnoException;
  }

  /** Makes a call that returns 0 on success. */
  static Answer done(Action action) throws ErrnoException {
    action.run();
    return returned(0);
  }

  /**
   * Returns the number of bytes that a step shows; EINVAL if they are too many for a transcript.
   */
  static int shown(long count) throws ErrnoException {
    if (count < 0 || count > MOST_BYTES) {
      throw new ErrnoException(
          Errno.EINVAL, "expected 0 to %d bytes to show, found %d".formatted(MOST_BYTES, count));
    }
    return (int) count;
  }

  /** Returns the result of a call that failed. */
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
   * A number with a special format.
   *
   * @param text the formatted number
   */
  record Scalar(long value, String text) implements Answer {
    /** Returns a number formatted as {@code 0x...}. */
    static Scalar hexadecimal(long value) {
      return new Scalar(value, "0x" + Long.toHexString(value));
    }
  }

  /**
   * The address of a mapping.
   *
   * @param value the address of its first byte
   */
  record Mapped(long value) implements Answer {}

  /**
   * The end of the heap.
   *
   * @param value the address after its last byte
   */
  record Heap(long value) implements Answer {}

  /**
   * The events of a polled file.
   *
   * @param events empty if the timeout expired first
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
   * @param bytes must not be modified
   */
  @SuppressWarnings("ArrayRecordComponent") // formatted, never compared
  record Data(byte[] bytes) implements Answer {
    @Override
    public long value() {
      return bytes.length;
    }
  }

  /**
   * The lines of a file.
   *
   * @param path the path of the file
   * @param lines without line terminators; addresses are still numbers
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
   * @param fields the fields to show, in order
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
   * @param read the descriptor of the read end, which is assigned to a variable
   * @param write the descriptor of the write end
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
   * @param change the change in pages, negative if there are fewer
   */
  record Pages(long change) implements Answer {
    @Override
    public long value() {
      return change;
    }
  }

  /**
   * A child process was created, ran and ended.
   *
   * @param waitStatus the status of {@code waitpid}
   */
  record ChildRan(int waitStatus) implements Answer {
    @Override
    public long value() {
      return waitStatus;
    }
  }

  /**
   * The process accessed an address without memory.
   *
   * @param signal the signal it received, such as {@code "SIGSEGV"}
   */
  record Faulted(String signal) implements Answer {
    @Override
    public long value() {
      return -Errno.EFAULT.number();
    }
  }
}
