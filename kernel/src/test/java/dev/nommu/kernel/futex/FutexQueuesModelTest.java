package dev.nommu.kernel.futex;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.futex.FutexQueues.Futex;
import dev.nommu.kernel.futex.FutexQueues.Place;
import dev.nommu.kernel.ipc.WakeOp;
import java.util.Optional;
import java.util.OptionalInt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * The queues of futexes under all interleavings of a few calls that a model checker finds: a
 * counter behind a lock that consists of a futex. A lost wake-up leaves a thread waiting forever, a
 * lock held by two at once returns a number twice; Lincheck reports both.
 */
final class FutexQueuesModelTest {
  private static final int FREE = 0;
  private static final int HELD = 1;
  private static final int CONTENDED = 2;

  /** The address of the lock. */
  private static final int LOCK = 0;

  /** An address without a value: a second queue, in another bucket. */
  private static final int ASIDE = 1;

  private static void check(Class<?> counter) {
    new ModelCheckingOptions()
        .threads(3)
        .actorsPerThread(1)
        .actorsBefore(0)
        .actorsAfter(0)
        .iterations(3)
        .invocationsPerIteration(150)
        .check(counter);
  }

  @Test
  void futex08_waitAndWake_loseNoWakeUp() {
    check(WithWake.class);
  }

  @Test
  void futex08_requeue_losesNoWakeUp() {
    check(WithRequeue.class);
  }

  @Test
  void futex08_wakeOp_losesNoWakeUp() {
    check(WithWakeOp.class);
  }

  /** A counter whose lock is released in one of several ways. */
  public abstract static class Counter {
    final FutexWords words = new FutexWords(2);
    final FutexQueues<Integer> queues = new FutexQueues<>(words, 2);
    private int count;

    /** Counts. */
    @Operation
    public final int next() throws ErrnoException {
      lock();
      int counted = count++;
      unlock();
      return counted;
    }

    /** Begins to wait and gives up at once; an earlier wake-up is used. */
    @Operation
    public final void knock() throws ErrnoException {
      if (words.getAndSet(LOCK, CONTENDED) == FREE) {
        unlock();
        return;
      }
      ParkedThread caller = new ParkedThread();
      Optional<Place<Integer>> place = enter(caller);
      if (place.isPresent()) {
        boolean woken = !caller.giveUp();
        queues.leave(place.get());
        if (woken) {
          lockContended();
          unlock();
        }
      }
    }

    abstract void unlock() throws ErrnoException;

    private void lock() throws ErrnoException {
      if (!words.compareAndSet(LOCK, FREE, HELD)) {
        lockContended();
      }
    }

    /** Others may wait too: a thread from the queue leaves the lock contended. */
    private void lockContended() throws ErrnoException {
      while (words.getAndSet(LOCK, CONTENDED) != FREE) {
        await();
      }
    }

    private void await() throws ErrnoException {
      ParkedThread caller = new ParkedThread();
      Optional<Place<Integer>> place = enter(caller);
      if (place.isPresent()) {
        caller.await();
        queues.leave(place.get());
      }
    }

    private Optional<Place<Integer>> enter(ParkedThread caller) throws ErrnoException {
      return queues.enter(new Futex<>(LOCK, LOCK), CONTENDED, FutexQueues.MATCH_ANY, caller);
    }
  }

  /** With FUTEX_WAKE. */
  public static final class WithWake extends Counter {
    @Override
    void unlock() {
      if (words.getAndSet(LOCK, FREE) == CONTENDED) {
        queues.wake(LOCK, 1, FutexQueues.MATCH_ANY);
      }
    }
  }

  /** With FUTEX_REQUEUE: waiters are moved aside and woken there. */
  public static final class WithRequeue extends Counter {
    @Override
    void unlock() throws ErrnoException {
      if (words.getAndSet(LOCK, FREE) == CONTENDED) {
        queues.requeue(new Futex<>(LOCK, LOCK), ASIDE, 0, Integer.MAX_VALUE, OptionalInt.empty());
        queues.wake(ASIDE, 1, FutexQueues.MATCH_ANY);
      }
    }
  }

  /** With FUTEX_WAKE_OP: the lock becomes free and its waiter is woken in one call. */
  public static final class WithWakeOp extends Counter {
    private static final WakeOp SET_FREE =
        new WakeOp(WakeOp.Operation.SET, FREE, WakeOp.Comparison.EQ, CONTENDED);

    @Override
    void unlock() throws ErrnoException {
      queues.wakeOp(ASIDE, 1, new Futex<>(LOCK, LOCK), 1, SET_FREE);
    }
  }
}
