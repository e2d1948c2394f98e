package dev.nommu.kernel.ipc;

import java.util.Optional;

/**
 * The arguments of the system call {@code futex} as numbers, unchecked.
 *
 * @param address the address of the futex
 * @param operation FUTEX_WAIT and so on, with its flags
 * @param value the expected value, or the number of waiters to wake
 * @param timeout the timeout of operations that wait; empty to wait indefinitely
 * @param value2 the number of the others; passed in place of the timeout in the system call
 * @param address2 the address of the other futex
 * @param value3 the expected value, a bitset, or an encoded {@link WakeOp}
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

  /** FUTEX_LOCK_PI. */
  public static final int FUTEX_LOCK_PI = 6;

  /** FUTEX_UNLOCK_PI. */
  public static final int FUTEX_UNLOCK_PI = 7;

  /** FUTEX_TRYLOCK_PI. */
  public static final int FUTEX_TRYLOCK_PI = 8;

  /** FUTEX_WAIT_BITSET. */
  public static final int FUTEX_WAIT_BITSET = 9;

  /** FUTEX_WAKE_BITSET. */
  public static final int FUTEX_WAKE_BITSET = 10;

  /** FUTEX_LOCK_PI2. */
  public static final int FUTEX_LOCK_PI2 = 13;

  /** FUTEX_PRIVATE_FLAG. */
  public static final int FUTEX_PRIVATE_FLAG = 128;

  /** FUTEX_CLOCK_REALTIME. */
  public static final int FUTEX_CLOCK_REALTIME = 256;

  private static final int FLAGS = FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME;

  /** Returns whether an operation waits: then the fourth argument points to a timespec. */
  public static boolean hasTimeout(int operation) {
    return switch (operation & ~FLAGS) {
      case FUTEX_WAIT, FUTEX_WAIT_BITSET, FUTEX_LOCK_PI, FUTEX_LOCK_PI2 -> true;
      default -> false;
    };
  }

  /** Returns the operation without its flags. */
  public int command() {
    return operation & ~FLAGS;
  }
}
