package dev.nommu.kernel.ipc;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.List;

/**
 * The change that FUTEX_WAKE_OP makes to the second futex, and the condition for waking there.
 *
 * @param operation how the value is changed
 * @param operand the operand of the operation
 * @param comparison how the previous value is compared
 * @param comparand the operand of the comparison
 */
public record WakeOp(Operation operation, int operand, Comparison comparison, int comparand) {
  /** The bit of the operation that makes the operand a shift count: 1 is shifted by it. */
  public static final int FUTEX_OP_OPARG_SHIFT = 8;

  /** How a value is changed; in the order of Linux's numbers. */
  public enum Operation {
    /** Replaces the value with the operand. */
    SET,
    /** Adds the operand. */
    ADD,
    /** Sets the operand's bits. */
    OR,
    /** Clears the operand's bits. */
    ANDN,
    /** Toggles the operand's bits. */
    XOR;

    int apply(int value, int operand) {
      return switch (this) {
        case SET -> operand;
        case ADD -> value + operand;
        case OR -> value | operand;
        case ANDN -> value & ~operand;
        case XOR -> value ^ operand;
      };
    }
  }

  /** How a value is compared, signed; in the order of Linux's numbers. */
  public enum Comparison {
    /** Equal. */
    EQ,
    /** Not equal. */
    NE,
    /** Less. */
    LT,
    /** Less or equal. */
    LE,
    /** Greater. */
    GT,
    /** Greater or equal. */
    GE;

    boolean holds(int value, int comparand) {
      return switch (this) {
        case EQ -> value == comparand;
        case NE -> value != comparand;
        case LT -> value < comparand;
        case LE -> value <= comparand;
        case GT -> value > comparand;
        case GE -> value >= comparand;
      };
    }
  }

  /**
   * Decodes Linux's number (uapi linux/futex.h, FUTEX_OP): operation, comparison, operand and
   * comparand in 4, 4, 12 and 12 bits, the latter two signed. A shift by more than 31 uses its
   * lowest five bits.
   *
   * @throws ErrnoException ENOSYS for an unknown operation or comparison
   */
  public static WakeOp decode(int encoded) throws ErrnoException {
    int operation = encoded >>> 28;
    int operand = encoded << 8 >> 20;
    boolean shifted = (operation & FUTEX_OP_OPARG_SHIFT) != 0;
    return new WakeOp(
        of(Operation.values(), operation & ~FUTEX_OP_OPARG_SHIFT, "operation", encoded),
        shifted ? 1 << operand : operand,
        of(Comparison.values(), encoded >>> 24 & 0xf, "comparison", encoded),
        encoded << 20 >> 20);
  }

  private static <T> T of(T[] known, int number, String what, int encoded) throws ErrnoException {
    if (number >= known.length) {
      throw ErrnoException.byRule(
          "FUTEX-08",
          Errno.ENOSYS,
          "futex: FUTEX_WAKE_OP 0x%08x: expected %s 0 to %d of %s, found %d"
              .formatted(encoded, what, known.length - 1, List.of(known), number));
    }
    return known[number];
  }

  /** Returns the value after the operation. */
  public int apply(int value) {
    return operation.apply(value, operand);
  }

  /** Returns whether waiters at the second futex are woken, given its previous value. */
  public boolean wakes(int before) {
    return comparison.holds(before, comparand);
  }
}
