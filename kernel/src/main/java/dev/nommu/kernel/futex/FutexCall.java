package dev.nommu.kernel.futex;

import static dev.nommu.kernel.ipc.FutexArguments.FUTEX_CLOCK_REALTIME;
import static dev.nommu.kernel.ipc.FutexArguments.FUTEX_CMP_REQUEUE;
import static dev.nommu.kernel.ipc.FutexArguments.FUTEX_LOCK_PI;
import static dev.nommu.kernel.ipc.FutexArguments.FUTEX_LOCK_PI2;
import static dev.nommu.kernel.ipc.FutexArguments.FUTEX_PRIVATE_FLAG;
import static dev.nommu.kernel.ipc.FutexArguments.FUTEX_REQUEUE;
import static dev.nommu.kernel.ipc.FutexArguments.FUTEX_TRYLOCK_PI;
import static dev.nommu.kernel.ipc.FutexArguments.FUTEX_UNLOCK_PI;
import static dev.nommu.kernel.ipc.FutexArguments.FUTEX_WAIT;
import static dev.nommu.kernel.ipc.FutexArguments.FUTEX_WAIT_BITSET;
import static dev.nommu.kernel.ipc.FutexArguments.FUTEX_WAKE;
import static dev.nommu.kernel.ipc.FutexArguments.FUTEX_WAKE_BITSET;
import static dev.nommu.kernel.ipc.FutexArguments.FUTEX_WAKE_OP;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.call.FallibleAction;
import dev.nommu.kernel.futex.Futexes.At;
import dev.nommu.kernel.ipc.FutexArguments;
import dev.nommu.kernel.ipc.FutexScope;
import dev.nommu.kernel.ipc.FutexTimeout;
import dev.nommu.kernel.ipc.WakeOp;
import dev.nommu.kernel.mm.AddressSpace;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * One call of {@code futex} with its numbers.
 *
 * @param futexes the futexes of the machine
 * @param space the mappings of the calling process
 * @param caller the calling thread
 * @param arguments the numbers
 */
public record FutexCall(
    Futexes futexes, AddressSpace space, FutexCaller caller, FutexArguments arguments) {
  /**
   * Makes the call.
   *
   * @return the number of waiters woken, or woken and moved; 0 after a wait
   * @throws ErrnoException EINVAL for an invalid time, then ENOSYS for an unknown operation or one
   *     that does not support FUTEX_CLOCK_REALTIME, then the errors of {@link Futexes}
   */
  public int make() throws ErrnoException {
    FutexTimeout limit = limit();
    boolean takesClock =
        arguments.command() == FUTEX_WAIT_BITSET || arguments.command() == FUTEX_LOCK_PI2;
    if (isRealtime() && !takesClock) {
      throw unknown();
    }
    At at = new At(space, arguments.address(), scope());
    int value = arguments.value();
    return switch (arguments.command()) {
      case FUTEX_WAIT -> done(() -> futexes.await(at, value, Futexes.MATCH_ANY, limit));
      case FUTEX_WAIT_BITSET -> done(() -> futexes.await(at, value, arguments.value3(), limit));
      case FUTEX_WAKE -> futexes.wake(at, value, Futexes.MATCH_ANY);
      case FUTEX_WAKE_BITSET -> futexes.wake(at, value, arguments.value3());
      case FUTEX_REQUEUE -> requeue(at, OptionalInt.empty());
      case FUTEX_CMP_REQUEUE -> requeue(at, OptionalInt.of(arguments.value3()));
      case FUTEX_LOCK_PI, FUTEX_LOCK_PI2 -> done(() -> futexes.lock(at, caller, limit));
      case FUTEX_TRYLOCK_PI -> done(() -> futexes.tryLock(at, caller));
      case FUTEX_UNLOCK_PI -> done(() -> futexes.unlock(at, caller.tid()));
      case FUTEX_WAKE_OP ->
          futexes.wakeOp(
              at,
              value,
              arguments.address2(),
              arguments.value2(),
              WakeOp.decode(arguments.value3()));
      default -> throw unknown();
    };
  }

  private static int done(FallibleAction<ErrnoException> action) throws ErrnoException {
    action.run();
    return 0;
  }

  private int requeue(At at, OptionalInt expected) throws ErrnoException {
    return futexes.requeue(
        at, arguments.value(), arguments.value2(), arguments.address2(), expected);
  }

  private boolean isRealtime() {
    return (arguments.operation() & FUTEX_CLOCK_REALTIME) != 0;
  }

  private FutexScope scope() {
    return (arguments.operation() & FUTEX_PRIVATE_FLAG) != 0
        ? FutexScope.PRIVATE
        : FutexScope.SHARED;
  }

  private FutexTimeout limit() throws ErrnoException {
    if (arguments.timeout().isEmpty() || !FutexArguments.hasTimeout(arguments.operation())) {
      return new FutexTimeout.Never();
    }
    Duration time = arguments.timeout().get().duration();
    if (arguments.command() == FUTEX_WAIT) {
      return new FutexTimeout.After(time);
    }
    return isRealtime() || arguments.command() == FUTEX_LOCK_PI
        ? new FutexTimeout.Realtime(Instant.EPOCH.plus(time))
        : new FutexTimeout.Monotonic(time);
  }

  private ErrnoException unknown() {
    return ErrnoException.byRule(
        "FUTEX-08",
        Errno.ENOSYS,
        "futex at 0x%x: unknown operation 0x%x"
            .formatted(arguments.address(), arguments.operation()));
  }
}
