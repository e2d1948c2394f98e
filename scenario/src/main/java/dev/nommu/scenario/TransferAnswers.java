package dev.nommu.scenario;

import static dev.nommu.scenario.Answer.returned;
import static dev.nommu.scenario.Parameter.number;
import static dev.nommu.scenario.Parameter.text;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.task.DescriptorCalls;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/** The calls that transfer data between open files and memory. */
final class TransferAnswers {
  static final List<Call> CALLS =
      List.of(
          new Call(
              "read",
              "Reads at the position of a file; the result is the data.",
              Signature.of(number("fd"), number("count")),
              (caller, of) -> data(of.number(1), into -> caller.task().read(of.integer(0), into))),
          new Call(
                  "pread",
                  "Reads at an offset of a file; the result is the data, or the number of bytes"
                      + " read into memory.",
                  Signature.of(number("fd"), number("count"), number("offset")),
                  TransferAnswers::pread)
              .or(Signature.of(number("fd"), number("address"), number("count"), number("offset"))),
          new Call(
              "sendfile",
              "Copies from one file to another; the offset is the address of one, or 0"
                  + " for the position of the file.",
              Signature.of(number("out fd"), number("in fd"), number("offset"), number("count")),
              TransferAnswers::sendfile),
          new Call(
              "read_into",
              "Reads from a file into memory; the result is the number of bytes read.",
              Signature.of(number("fd"), number("address"), number("count")),
              (caller, of) -> returned(caller.task().read(of.integer(0), memory(caller, of, 1)))),
          new Call(
                  "write",
                  "Writes a text, or bytes of memory; the result is the number of bytes written.",
                  Signature.of(number("fd"), text("data")),
                  (caller, of) ->
                      returned(caller.task().write(of.integer(0), source(caller, of, 2))))
              .or(Signature.of(number("fd"), number("address"), number("count"))),
          new Call(
                  "pwrite",
                  "Writes a text, or bytes of memory, at an offset of a file; the result is the"
                      + " number of bytes written.",
                  Signature.of(number("fd"), text("data"), number("offset")),
                  (caller, of) ->
                      returned(
                          caller
                              .task()
                              .pwrite(
                                  of.integer(0), source(caller, of, 3), of.number(of.size() - 1))))
              .or(
                  Signature.of(
                      number("fd"), number("address"), number("count"), number("offset"))));

  private static final ValueLayout.OfLong OFFSET =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private TransferAnswers() {}

  private static Answer pread(Caller caller, Arguments of) throws ErrnoException, MemoryFault {
    if (of.size() == 3) {
      return data(of.number(1), into -> caller.task().pread(of.integer(0), into, of.number(2)));
    }
    return returned(caller.task().pread(of.integer(0), memory(caller, of, 1), of.number(3)));
  }

  private static Answer sendfile(Caller caller, Arguments of) throws ErrnoException {
    DescriptorCalls calls = caller.task().descriptors();
    int to = of.integer(0);
    int from = of.integer(1);
    if (of.number(2) == 0) {
      return returned(calls.sendfile(to, from, Optional.empty(), of.number(3)));
    }
    MemorySegment offset = offset(caller, of.number(2));
    long start = offset.get(OFFSET, 0);
    long copied = calls.sendfile(to, from, Optional.of(start), of.number(3));
    offset.set(OFFSET, 0, start + copied);
    return returned(copied);
  }

  private static MemorySegment offset(Caller caller, long address) throws ErrnoException {
    try {
      return caller.task().memory(address, Long.BYTES);
    } catch (MemoryFault fault) {
      throw new ErrnoException(Errno.EFAULT, "sendfile: its offset: " + fault.getMessage(), fault);
    }
  }

  private interface Reading {
    long read(MemorySegment into) throws ErrnoException;
  }

  private static Answer data(long count, Reading reading) throws ErrnoException {
    MemorySegment into = MemorySegment.ofArray(new byte[Answer.shown(count)]);
    long length = reading.read(into);
    return new Answer.Data(into.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
  }

  /** Returns the text of the second argument, or the memory given by the second and third. */
  private static MemorySegment source(Caller caller, Arguments of, int sizeWithText)
      throws MemoryFault {
    return of.size() == sizeWithText ? MemorySegment.ofArray(of.bytes(1)) : memory(caller, of, 1);
  }

  private static MemorySegment memory(Caller caller, Arguments of, int address) throws MemoryFault {
    return caller.task().memory(of.number(address), of.number(address + 1));
  }
}
