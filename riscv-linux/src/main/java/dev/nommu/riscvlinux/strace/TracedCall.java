package dev.nommu.riscvlinux.strace;

import dev.nommu.api.Errno;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.task.Tracee;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A call to be written: its arguments, the memory that they point to and, once it has returned, its
 * result.
 *
 * @param task the caller
 * @param arguments a0 to a5
 * @param stackPointer the caller's stack pointer when it made the call
 * @param outcome the state of the call
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record TracedCall(Tracee task, long[] arguments, long stackPointer, Outcome outcome) {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int LONGEST_TEXT = 4096;
  private static final int MOST = 1 << 20;

  /** The progress of a call. */
  sealed interface Outcome {}

  /** It has not ended. */
  record Pending() implements Outcome {}

  /** It returned a result. */
  record Returned(long value) implements Outcome {}

  /** It failed. */
  record Failed(Errno errno) implements Outcome {}

  /** It never returns: the task ended during the call. */
  record Ended() implements Outcome {}

  /** Returns the same call with a later outcome. */
  TracedCall with(Outcome later) {
    return new TracedCall(task, arguments, stackPointer, later);
  }

  /** Returns an argument. */
  long argument(int index) {
    return arguments[index];
  }

  /** Returns the result, or empty if there is none. */
  Optional<Long> result() {
    return outcome instanceof Returned(long value) ? Optional.of(value) : Optional.empty();
  }

  /** Returns memory of the task; empty if there is none at the address. */
  Optional<MemorySegment> memory(long address, long length) {
    if (address == 0 || length < 0 || length > MOST) {
      return Optional.empty();
    }
    byte[] bytes = new byte[(int) length];
    try {
      task.peek(address, MemorySegment.ofArray(bytes));
      return Optional.of(MemorySegment.ofArray(bytes));
    } catch (MemoryFault nothing) {
      return Optional.empty();
    }
  }

  /** Returns bytes of the task; empty if there is no memory at the address. */
  Optional<byte[]> bytes(long address, long length) {
    return memory(address, length).map(found -> found.toArray(ValueLayout.JAVA_BYTE));
  }

  /** Returns the bytes before the first zero; empty if there is no string at the address. */
  Optional<byte[]> text(long address) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int i = 0; i < LONGEST_TEXT; i++) {
      Optional<byte[]> each = bytes(address + i, 1);
      if (each.isEmpty()) {
        return Optional.empty();
      }
      if (each.get()[0] == 0) {
        return Optional.of(text.toByteArray());
      }
      text.write(each.get()[0]);
    }
    return Optional.of(text.toByteArray());
  }

  static int getInt(MemorySegment from, long offset) {
    return from.get(INT, offset);
  }

  static long getLong(MemorySegment from, long offset) {
    return from.get(LONG, offset);
  }
}
