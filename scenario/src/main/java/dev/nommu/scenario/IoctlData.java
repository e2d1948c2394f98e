package dev.nommu.scenario;

import dev.nommu.api.IoctlArgument;
import dev.nommu.api.IoctlArgument.Notation;
import dev.nommu.api.IoctlCommand;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The data that an ioctl has filled in, as transcripts show it: a number as the result of the call,
 * a structure by its fields.
 *
 * @param memory the memory that the argument pointed to when the call had returned, at least the
 *     size of the ioctl's argument, little-endian
 */
record IoctlData(ByteBuffer memory) {
  static IoctlData of(byte[] memory) {
    return new IoctlData(ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN));
  }

  /**
   * Returns the result of a call that succeeded.
   *
   * @param result the returned number
   */
  Answer answer(IoctlCommand command, long result) {
    return command.direction().isRead()
        ? answer(command.argument(), result)
        : Answer.returned(result);
  }

  private Answer answer(IoctlArgument argument, long result) {
    return switch (argument) {
      case IoctlArgument.Nothing _ -> Answer.returned(result);
      case IoctlArgument.Whole(int size, Notation notation) ->
          new Answer.Scalar(number(0, size), text(0, size, notation));
      case IoctlArgument.Structure structure ->
          new Answer.Structure(
              structure.fields().stream()
                  .map(f -> new Field(f.name(), text(f.offset(), f.size(), f.notation())))
                  .toList());
    };
  }

  private String text(int offset, int size, Notation notation) {
    return switch (notation) {
      case DECIMAL -> Long.toString(number(offset, size));
      case UNSIGNED -> Long.toUnsignedString(unsigned(offset, size));
      case HEXADECIMAL -> "0x" + Long.toHexString(unsigned(offset, size));
      case TEXT -> CString.quote(untilZero(offset, size));
    };
  }

  private long number(int offset, int size) {
    return switch (size) {
      case Byte.BYTES -> memory.get(offset);
      case Short.BYTES -> memory.getShort(offset);
      case Integer.BYTES -> memory.getInt(offset);
      default -> memory.getLong(offset);
    };
  }

  private long unsigned(int offset, int size) {
    int unused = Long.SIZE - size * Byte.SIZE;
    return number(offset, size) << unused >>> unused;
  }

  private byte[] untilZero(int offset, int most) {
    int length = 0;
    while (length < most && memory.get(offset + length) != 0) {
      length++;
    }
    byte[] text = new byte[length];
    memory.get(offset, text);
    return text;
  }
}
