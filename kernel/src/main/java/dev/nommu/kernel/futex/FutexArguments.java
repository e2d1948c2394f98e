package dev.nommu.kernel.futex;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.futex.Futexes.At;
import dev.nommu.kernel.futex.Futexes.Scope;
import dev.nommu.kernel.mm.AddressSpace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The arguments of the system call {@code futex} as numbers, unchecked.
 *
 * @param address of the futex
 * @param operation FUTEX_WAIT and so on, with its flags
 * @param value the value expected, or how many are woken
 * @param timeout of those operations that wait; empty for ever
 * @param value2 how many of the others; in the place of the timeout in the system call
 * @param address2 of the other futex
 * @param value3 the value expected, a bitset, or an encoded {@link WakeOp}
 */
public record FutexArguments(
    long address,
    int operation,
    int value,
    Optional<Timespec> timeout,
    int value2,
    long address2,
    int value3) {
  /** FUTEX_WAIT. */
  public static final int FUTEX_WAIT = 0;

  /** FUTEX_WAKE. */
  public static final int FUTEX_WAKE = 1;

  /** FUTEX_REQUEUE. */
  public static final int FUTEX_REQUEUE = 3;

  /** FUTEX_CMP_REQUEUE. */
  public static final int FUTEX_CMP_REQUEUE = 4;

  /** FUTEX_WAKE_OP. */
  public static final int FUTEX_WAKE_OP = 5;

  /** FUTEX_WAIT_BITSET. */
  public static final int FUTEX_WAIT_BITSET = 9;

  /** FUTEX_WAKE_BITSET. */
  public static final int FUTEX_WAKE_BITSET = 10;

  /** FUTEX_PRIVATE_FLAG. */
  public static final int FUTEX_PRIVATE_FLAG = 128;

  /** FUTEX_CLOCK_REALTIME. */
  public static final int FUTEX_CLOCK_REALTIME = 256;

  private static final int FLAGS = FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME;

  /** Returns whether an operation waits: then the fourth argument points to a timespec. */
  public static boolean hasTimeout(int operation) {
    int command = operation & ~FLAGS;
    return command == FUTEX_WAIT || command == FUTEX_WAIT_BITSET;
  }

  /**
   * Carries the call out.
   *
   * @param space the mappings of the process that makes it
   * @return how many were woken, or woken and moved; 0 for who waited
   * @throws ErrnoException EINVAL for a time that is none, then ENOSYS for an operation that there
   *     is not (those with priority inheritance among them) or one to which FUTEX_CLOCK_REALTIME
   *     means nothing, then as the methods of {@link Futexes} say
   */
  @SuppressWarnings("exports") // called by the kernel's own rooms alone
  public int carryOut(Futexes futexes, AddressSpace space) throws ErrnoException {
    FutexTimeout limit = limit();
    boolean realtime = (operation & FUTEX_CLOCK_REALTIME) != 0;
    int command = operation & ~FLAGS;
    if (realtime && command != FUTEX_WAIT_BITSET) {
      throw unknown();
    }
    At at = new At(space, address, scope());
    return switch (command) {
      case FUTEX_WAIT -> await(futexes, at, Futexes.MATCH_ANY, limit);
      case FUTEX_WAIT_BITSET -> await(futexes, at, value3, limit);
      case FUTEX_WAKE -> futexes.wake(at, value, Futexes.MATCH_ANY);
      case FUTEX_WAKE_BITSET -> futexes.wake(at, value, value3);
      case FUTEX_REQUEUE -> futexes.requeue(at, value, value2, address2, OptionalInt.empty());
      case FUTEX_CMP_REQUEUE ->
          futexes.requeue(at, value, value2, address2, OptionalInt.of(value3));
      case FUTEX_WAKE_OP -> futexes.wakeOp(at, value, address2, value2, WakeOp.decode(value3));
      default -> throw unknown();
    };
  }

  private int await(Futexes futexes, At at, int bitset, FutexTimeout limit) throws ErrnoException {
    futexes.await(at, value, bitset, limit);
    return 0;
  }

  private Scope scope() {
    return (operation & FUTEX_PRIVATE_FLAG) != 0 ? Scope.PRIVATE : Scope.SHARED;
  }

  private FutexTimeout limit() throws ErrnoException {
    if (timeout.isEmpty() || !hasTimeout(operation)) {
      return new FutexTimeout.Never();
    }
    Duration time = timeout.get().duration();
    if ((operation & ~FLAGS) == FUTEX_WAIT) {
      return new FutexTimeout.After(time);
    }
    return (operation & FUTEX_CLOCK_REALTIME) != 0
        ? new FutexTimeout.Realtime(Instant.EPOCH.plus(time))
        : new FutexTimeout.Monotonic(time);
  }

  private ErrnoException unknown() {
    return ErrnoException.byRule(
        "FUTEX-08",
        Errno.ENOSYS,
        "futex at 0x%x: there is no operation 0x%x".formatted(address, operation));
  }
}
