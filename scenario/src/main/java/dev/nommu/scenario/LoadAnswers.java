package dev.nommu.scenario;

import static dev.nommu.scenario.Answer.returned;
import static dev.nommu.scenario.Parameter.number;
import static dev.nommu.scenario.Parameter.text;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.MemoryFault;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Loads and stores, like the instructions of a program. */
final class LoadAnswers {
  static final List<Call> CALLS =
      List.of(
          new Call(
              "peek",
              "Reads memory; the result is the data.",
              Signature.of(number("address"), number("count")),
              LoadAnswers::peek),
          new Call(
              "poke",
              "Writes memory.",
              Signature.of(number("address"), text("data")),
              LoadAnswers::poke),
          new Call(
              "fill",
              "Fills memory with a byte.",
              Signature.of(number("address"), number("byte"), number("count")),
              LoadAnswers::fill),
          new Call(
              "nonzero",
              "Counts the bytes of memory that are not zero.",
              Signature.of(number("address"), number("count")),
              LoadAnswers::nonzero),
          load("peek8", Byte.BYTES),
          load("peek16", Short.BYTES),
          load("peek32", Integer.BYTES),
          load("peek64", Long.BYTES),
          store("poke8", Byte.BYTES),
          store("poke16", Short.BYTES),
          store("poke32", Integer.BYTES),
          store("poke64", Long.BYTES));

  /** The bytes read at a time. */
  private static final int CHUNK = 1 << 16;

  private LoadAnswers() {}

  private static Call load(String name, int bytes) {
    return new Call(
        name,
        "Loads a number of %d bits, such as a register; the result is the number."
            .formatted(bytes * Byte.SIZE),
        Signature.of(number("address")),
        (caller, of) -> loaded(caller, of.number(0), bytes));
  }

  private static Answer loaded(Caller caller, long address, int bytes) throws MemoryFault {
    ByteBuffer value = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    caller.task().load(address, MemorySegment.ofBuffer(value).asSlice(0, bytes));
    return Answer.Scalar.hexadecimal(value.getLong(0));
  }

  private static Call store(String name, int bytes) {
    return new Call(
        name,
        "Stores a number of %d bits, such as a register.".formatted(bytes * Byte.SIZE),
        Signature.of(number("address"), number("value")),
        (caller, of) -> stored(caller, of.number(0), of.number(1), bytes));
  }

  private static Answer stored(Caller caller, long address, long value, int bytes)
      throws MemoryFault {
    ByteBuffer from = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    from.putLong(0, value);
    caller.task().store(address, MemorySegment.ofBuffer(from).asSlice(0, bytes));
    return returned(0);
  }

  private static Answer peek(Caller caller, Arguments of) throws ErrnoException, MemoryFault {
    byte[] bytes = new byte[Answer.shown(of.number(1))];
    caller.task().load(of.number(0), MemorySegment.ofArray(bytes));
    return new Answer.Data(bytes);
  }

  private static Answer poke(Caller caller, Arguments of) throws MemoryFault {
    caller.task().store(of.number(0), MemorySegment.ofArray(of.bytes(1)));
    return returned(0);
  }

  private static Answer fill(Caller caller, Arguments of) throws MemoryFault {
    byte[] bytes = new byte[CHUNK];
    Arrays.fill(bytes, (byte) of.number(1));
    long count = of.number(2);
    for (long done = 0; done < count; done += CHUNK) {
      MemorySegment step = MemorySegment.ofArray(bytes).asSlice(0, Math.min(CHUNK, count - done));
      caller.task().store(of.number(0) + done, step);
    }
    return returned(0);
  }

  private static Answer nonzero(Caller caller, Arguments of) throws MemoryFault {
    byte[] bytes = new byte[CHUNK];
    long count = of.number(1);
    long found = 0;
    for (long done = 0; done < count; done += CHUNK) {
      int step = (int) Math.min(CHUNK, count - done);
      caller.task().load(of.number(0) + done, MemorySegment.ofArray(bytes).asSlice(0, step));
      for (int i = 0; i < step; i++) {
        found += bytes[i] != 0 ? 1 : 0;
      }
    }
    return returned(found);
  }
}
