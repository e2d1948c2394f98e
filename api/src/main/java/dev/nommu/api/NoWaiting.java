package dev.nommu.api;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * The queue of a mount request that was not made by a kernel, such as in a test: nothing can wait
 * in it.
 *
 * @param what the event waited for
 */
record NoWaiting(String what) implements WaitQueue {
  @Override
  public void await(BooleanSupplier condition) throws ErrnoException {
    if (!condition.getAsBoolean()) {
      throw new ErrnoException(Errno.EAGAIN, "waiting for " + what + ": no kernel made this queue");
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
