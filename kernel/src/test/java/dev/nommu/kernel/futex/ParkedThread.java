package dev.nommu.kernel.futex;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A thread that waits by itself, without a machine's clock, or gives up. */
final class ParkedThread implements FutexQueues.Alarm {
  private static final int WAITING = 0;
  private static final int RUNG = 1;
  private static final int GIVEN_UP = 2;

  private final Thread thread = Thread.currentThread();
  private final AtomicInteger state = new AtomicInteger(WAITING);

  @Override
  public boolean ring() {
    boolean first = state.compareAndSet(WAITING, RUNG);
    if (first) {
      LockSupport.unpark(thread);
    }
    return first;
  }

  void await() {
    while (state.get() == WAITING) {
      LockSupport.park(this);
    }
  }

  /** Ends the wait as a deadline does; returns false if it was woken before. */
  boolean giveUp() {
    return state.compareAndSet(WAITING, GIVEN_UP);
  }
}
