package dev.nommu.scenario;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.task.Task;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The raw arguments of a system call; omitted ones are 0.
 *
 * @param caller the caller
 * @param values numbers, and texts, which stand for their addresses
 */
record RawArguments(Caller caller, List<Value> values) {
  private static final long AT_FDCWD = -100;
  private static final int LONGEST_TEXT = 4096;

  private Value value(int index) {
    return index < values.size() ? values.get(index) : new Value.Numeric(0);
  }

  /** Returns an argument that is a number; EFAULT if it is a text. */
  long number(int index) throws ErrnoException {
    return switch (value(index)) {
      case Value.Numeric(long number) -> number;
      case Value.Text _ ->
          throw new ErrnoException(Errno.EFAULT, "syscall: a text for argument " + index);
    };
  }

  /** Returns the text that an argument is or points to; EFAULT. */
  byte[] text(int index) throws ErrnoException {
    return switch (value(index)) {
      case Value.Text text -> text.bytes();
      case Value.Numeric(long address) -> textAt(caller.task(), address);
    };
  }

  /** Returns this if a directory argument is AT_FDCWD; ENOSYS for any other. */
  RawArguments at(int directory) throws ErrnoException {
    if ((int) number(directory) != AT_FDCWD) {
      throw ErrnoException.byRule(
          "NOSYS-03", Errno.ENOSYS, "paths relative to a descriptor: expected AT_FDCWD");
    }
    return this;
  }

  /** Returns this if there are no flags; EINVAL. */
  RawArguments withoutFlags(int index) throws ErrnoException {
    if (number(index) != 0) {
      throw new ErrnoException(Errno.EINVAL, "syscall: flags 0x%x".formatted(number(index)));
    }
    return this;
  }

  /** Makes a call of the notation with some of the arguments. */
  Answer call(String name, int... arguments) throws ErrnoException, MemoryFault {
    return call(name, IntStream.of(arguments).mapToObj(this::value).toList());
  }

  /** Makes a call of the notation with as many of the first arguments as it takes. */
  Answer callWithAll(String name, int most) throws ErrnoException, MemoryFault {
    int count = Math.min(most, parameters(name).size());
    return call(name, IntStream.range(0, count).mapToObj(this::value).toList());
  }

  private static List<Parameter> parameters(String name) {
    return CallTable.named(name).orElseThrow().signatures().getLast().parameters();
  }

  private Answer call(String name, List<Value> given) throws ErrnoException, MemoryFault {
    List<Parameter> parameters = parameters(name);
    List<Value> fitting = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      fitting.add(fitting(parameters.get(i), given.get(i)));
    }
    return CallTable.named(name).orElseThrow().handler().answer(caller, new Arguments(fitting));
  }

  private Value fitting(Parameter parameter, Value value) throws ErrnoException {
    return switch (value) {
      case Value.Numeric(long address) when parameter.kind() == Parameter.Kind.TEXT ->
          new Value.Text(textAt(caller.task(), address));
      case Value.Text _ when parameter.kind() == Parameter.Kind.NUMBER ->
          throw new ErrnoException(Errno.EFAULT, "syscall: a text for " + parameter.name());
      case Value.Numeric _, Value.Text _ -> value;
    };
  }

  private static byte[] textAt(Task task, long address) throws ErrnoException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    byte[] one = new byte[1];
    try {
      task.load(address, MemorySegment.ofArray(one));
      while (one[0] != 0 && text.size() < LONGEST_TEXT) {
        text.write(one[0]);
        task.load(address + text.size(), MemorySegment.ofArray(one));
      }
    } catch (MemoryFault fault) {
      throw new ErrnoException(Errno.EFAULT, "syscall: a text: " + fault.getMessage(), fault);
    }
    return text.toByteArray();
  }
}
