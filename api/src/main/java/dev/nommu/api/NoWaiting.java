package dev.nommu.api;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A queue in which nobody waits, as there is no kernel.
 *
 * @param what what would be waited for
 */
record NoWaiting(String what) implements WaitQueue {
  @Override
  public void await(BooleanSupplier condition) throws ErrnoException {
    if (!condition.getAsBoolean()) {
      throw new ErrnoException(Errno.EAGAIN, "waiting for " + what + ": there is no kernel");
    }
  }

  @Override
  public boolean await(BooleanSupplier condition, Duration timeout) throws ErrnoException {
    await(condition);
    return true;
  }

  @Override
  public void wakeAll() {}
}
