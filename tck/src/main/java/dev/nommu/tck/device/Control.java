package dev.nommu.tck.device;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_ANONYMOUS;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.mapping.Opened;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The ioctls of an open file.
 *
 * @param file the file
 * @param page memory of the process for the arguments
 */
record Control(Opened file, long page) {
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /**
   * Allocates memory for arguments.
   *
   * @throws ErrnoException ENOMEM
   */
  static Control of(Opened file) throws ErrnoException {
    Task task = file.task();
    return new Control(
        file, task.mmap(0, Page.SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  }

  /**
   * A structure of 32-bit numbers, little-endian.
   *
   * @param bytes the structure
   */
  record Words(MemorySegment bytes) {
    /** Returns a zeroed structure of this many bytes. */
    static Words ofBytes(int size) {
      return new Words(MemorySegment.ofArray(new byte[size]));
    }

    /** Returns a structure of these numbers. */
    static Words of(int... words) {
      Words made = ofBytes(words.length * Integer.BYTES);
      for (int index = 0; index < words.length; index++) {
        made.set(index, words[index]);
      }
      return made;
    }

    /** Returns a number, unsigned. */
    long get(int index) {
      return Integer.toUnsignedLong(bytes.get(U32, (long) index * Integer.BYTES));
    }

    /** Changes a number. */
    void set(int index, long value) {
      bytes.set(U32, (long) index * Integer.BYTES, (int) value);
    }
  }

  /**
   * Makes a call whose argument points to a structure, which then has the driver's values.
   *
   * @return the result of the call
   * @throws ErrnoException any error of the driver
   */
  long call(int command, Words argument) throws ErrnoException, MemoryFault {
    Task task = file.task();
    task.store(page, argument.bytes());
    long answer = task.ioctl(file.descriptor(), command, page);
    task.load(page, argument.bytes());
    return answer;
  }

  /** Makes a call and returns the name of its error, or its answer. */
  String answer(int command, Words argument) throws MemoryFault {
    try {
      return String.valueOf(call(command, argument));
    } catch (ErrnoException refused) {
      return refused.errno().name();
    }
  }

  /** Returns the first of some commands that does not fail with ENOTTY, with its result. */
  Optional<String> knows(int... commands) throws MemoryFault {
    for (int command : commands) {
      String found = answer(command, Words.ofBytes(Integer.BYTES));
      if (!found.equals(Errno.ENOTTY.name())) {
        return Optional.of(
            "%s: the answer to ioctl 0x%x is %s".formatted(file.path(), command, found));
      }
    }
    return Optional.empty();
  }
}
