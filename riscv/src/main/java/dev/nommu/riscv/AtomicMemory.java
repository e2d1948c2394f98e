package dev.nommu.riscv;

import dev.nommu.api.Access;
import dev.nommu.api.AccessFault;
import dev.nommu.api.PlainMemory;
import dev.nommu.api.ProcessorMemory;
import dev.nommu.api.Stop;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The A extension. Each of its instructions is ordered as if aq and rl were set. A
 * store-conditional succeeds if the reserved word still has the loaded value: a word that was
 * changed and changed back counts as unchanged.
 */
final class AtomicMemory {
  private static final VarHandle INT =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
  private static final VarHandle LONG =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

  /** An odd address, where no aligned word can be. */
  private static final long NOT_RESERVED = 1;

  private final ProcessorMemory memory;
  private final PlainPieces pieces;
  private final Registers registers;
  private long reserved = NOT_RESERVED;
  private int reservedWidth;
  private long reservedValue;

  AtomicMemory(ProcessorMemory memory, Registers registers) {
    this.memory = memory;
    this.pieces = new PlainPieces(memory, Access.STORE);
    this.registers = registers;
  }

  /** Executes an operation from {@link Op#LR} on. */
  void execute(int op, int d, int a, int b) throws Trap {
    long[] x = registers.x;
    int width = (op & 1) == 0 ? 4 : 8;
    long address = x[a];
    boolean loads = op - (op & 1) == Op.LR;
    if ((address & (width - 1)) != 0) {
      throw new Trap(new Stop.Misaligned(loads ? Access.LOAD : Access.STORE, address));
    }
    try {
      x[d] =
          switch (op & ~1) {
            case Op.LR -> reserve(address, width);
            case Op.SC -> storeReserved(address, width, x[b]);
            default -> modify(op & ~1, address, width, x[b]);
          };
    } catch (AccessFault fault) {
      throw Trap.of(loads ? Access.LOAD : Access.STORE, fault);
    }
  }

  private long reserve(long address, int width) throws AccessFault {
    long value = load(address, width);
    reserved = address;
    reservedWidth = width;
    reservedValue = value;
    return value;
  }

  private long storeReserved(long address, int width, long value) throws AccessFault {
    boolean holds = reserved == address && reservedWidth == width;
    reserved = NOT_RESERVED;
    return holds && exchange(address, width, reservedValue, value) == reservedValue ? 0 : 1;
  }

  private long modify(int op, long address, int width, long operand) throws AccessFault {
    long before = load(address, width);
    while (true) {
      long found = exchange(address, width, before, combined(op, width, before, operand));
      if (found == before) {
        return before;
      }
      before = found;
    }
  }

  private static long combined(int op, int width, long before, long operand) {
    long with = width == 4 ? (int) operand : operand;
    return switch (op) {
      case Op.AMOSWAP -> with;
      case Op.AMOADD -> before + with;
      case Op.AMOXOR -> before ^ with;
      case Op.AMOAND -> before & with;
      case Op.AMOOR -> before | with;
      case Op.AMOMIN -> Math.min(before, with);
      case Op.AMOMAX -> Math.max(before, with);
      case Op.AMOMINU -> Long.compareUnsigned(before, with) <= 0 ? before : with;
      default -> Long.compareUnsigned(before, with) >= 0 ? before : with;
    };
  }

  /** Loads a word, sign-extended. */
  private long load(long address, int width) throws AccessFault {
    Optional<PlainMemory> piece = pieces.find(address, width);
    if (piece.isEmpty()) {
      long value = memory.load(address, width);
      VarHandle.fullFence();
      return width == 4 ? (int) value : value;
    }
    long offset = address - piece.get().start();
    return width == 4
        ? (int) INT.getVolatile(piece.get().memory(), offset)
        : (long) LONG.getVolatile(piece.get().memory(), offset);
  }

  /** Replaces a word if it has the expected value; returns the previous value, sign-extended. */
  private long exchange(long address, int width, long expected, long value) throws AccessFault {
    Optional<PlainMemory> piece = pieces.find(address, width);
    if (piece.isEmpty()) {
      long mask = -1L >>> (64 - 8 * width);
      long found = memory.compareAndExchange(address, width, expected & mask, value & mask);
      return width == 4 ? (int) found : found;
    }
    long offset = address - piece.get().start();
    return width == 4
        ? (int) INT.compareAndExchange(piece.get().memory(), offset, (int) expected, (int) value)
        : (long) LONG.compareAndExchange(piece.get().memory(), offset, expected, value);
  }

  /** Releases the reservation. */
  void release() {
    reserved = NOT_RESERVED;
  }
}
