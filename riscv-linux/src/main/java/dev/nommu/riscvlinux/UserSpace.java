package dev.nommu.riscvlinux;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileNames;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.task.Task;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory that pointers in a program's calls refer to. Each method fails with EFAULT where there
 * is no memory, before it changes anything.
 */
final class UserSpace {
  /** PATH_MAX. */
  private static final int LONGEST_PATH = 4096;

  /** MAX_ARG_STRLEN. */
  private static final int LONGEST_ARGUMENT = 32 * 4096;

  /** More than fit on the stack of a program (rule EXEC-01). */
  private static final int MOST_ARGUMENTS = 32 * 4096 / Long.BYTES;

  static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);

  private final Task task;

  UserSpace(Task task) {
    this.task = task;
  }

  /** Returns memory as a segment, for a call to read or write. */
  MemorySegment at(long address, long length) throws ErrnoException {
    if (length == 0) {
      return NOTHING;
    }
    if (length < 0) {
      throw fault(address, "%d bytes".formatted(length));
    }
    try {
      return task.memory(address, length);
    } catch (MemoryFault fault) {
      throw new ErrnoException(Errno.EFAULT, String.valueOf(fault.getMessage()), fault);
    }
  }

  /** Returns memory as {@link #at} does; an empty segment for NULL. */
  MemorySegment optional(long address, long length) throws ErrnoException {
    return address == 0 ? NOTHING : at(address, length);
  }

  private static ErrnoException fault(long address, String what) {
    return new ErrnoException(
        Errno.EFAULT, "%s at 0x%x: there is no memory".formatted(what, address));
  }

  int getInt(long address) throws ErrnoException {
    return at(address, Integer.BYTES).get(INT, 0);
  }

  long getLong(long address) throws ErrnoException {
    return at(address, Long.BYTES).get(LONG, 0);
  }

  void putInt(long address, int value) throws ErrnoException {
    at(address, Integer.BYTES).set(INT, 0, value);
  }

  /** Writes a number; ignores EFAULT, as {@code clone} does. */
  void putIfThere(long address, int value) {
    try {
      putInt(address, value);
    } catch (ErrnoException nowhere) {
      assert nowhere.errno() == Errno.EFAULT;
    }
  }

  /** Writes a 64-bit number as {@link #putIfThere(long, int)} does. */
  void putIfThere(long address, long value) {
    try {
      putLong(address, value);
    } catch (ErrnoException nowhere) {
      assert nowhere.errno() == Errno.EFAULT;
    }
  }

  void putLong(long address, long value) throws ErrnoException {
    at(address, Long.BYTES).set(LONG, 0, value);
  }

  /** Returns a path; ENAMETOOLONG if it is not terminated within PATH_MAX. */
  String path(long address) throws ErrnoException {
    return text(address, LONGEST_PATH, Errno.ENAMETOOLONG);
  }

  /** Returns a path, or an empty one for NULL. */
  String optional(long address) throws ErrnoException {
    return address == 0 ? "" : path(address);
  }

  private String text(long address, int most, Errno tooLong) throws ErrnoException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int i = 0; i < most; i++) {
      byte each = at(address + i, 1).get(ValueLayout.JAVA_BYTE, 0);
      if (each == 0) {
        return FileNames.decode(text.toByteArray());
      }
      text.write(each);
    }
    throw new ErrnoException(
        tooLong, "string at 0x%x: not terminated within %d bytes".formatted(address, most));
  }

  /** Returns the strings that a list of pointers such as argv points to; none for NULL. */
  List<String> texts(long address) throws ErrnoException {
    List<String> texts = new ArrayList<>();
    if (address == 0) {
      return texts;
    }
    for (int i = 0; i < MOST_ARGUMENTS; i++) {
      long pointer = getLong(address + (long) i * Long.BYTES);
      if (pointer == 0) {
        return texts;
      }
      texts.add(text(pointer, LONGEST_ARGUMENT, Errno.E2BIG));
    }
    throw new ErrnoException(
        Errno.E2BIG,
        "list at 0x%x: not terminated within %d strings".formatted(address, MOST_ARGUMENTS));
  }
}
