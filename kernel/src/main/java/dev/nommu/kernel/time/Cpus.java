package dev.nommu.kernel.time;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The processors on which the programs of a machine run. A program holds one from its turn until it
 * waits, yields or ends. Thread-safe; its lock is taken after that of the clock.
 */
abstract sealed class Cpus {
  /** The processors of the host: every runnable thread runs. */
  static final Cpus HOST = new HostCpus();

  /** Returns a number of processors that programs take in turn, in the order of their requests. */
  static Cpus ofMachine(int count) {
    return new SharedCpus(count);
  }

  /** Queues a thread that is about to start for a processor. */
  abstract void begin(Thread thread, Precedence precedence);

  /** Releases the processor of a thread that ends. */
  abstract void finish(Thread thread);

  /** Releases the processor of the waiter's thread, the calling one, unless its wait is over. */
  abstract void leave(Waiter waiter);

  /** Queues the waiter's thread for a processor again because its wait is over. */
  abstract void enter(Waiter waiter);

  /** Blocks until the calling thread has a processor, if it needs one. */
  abstract void awaitTurn();

  /** Lets queued threads run before the calling thread continues. */
  abstract void passTurn();

  /** Lets every runnable thread run from now on, because the machine ends. */
  abstract void open();

  private static final class HostCpus extends Cpus {
    /** The average number of yields per yield that parks instead. */
    private static final int PARKING = 8;

    @Override
    void begin(Thread thread, Precedence precedence) {}

    @Override
    void finish(Thread thread) {}

    @Override
    void leave(Waiter waiter) {}

    @Override
    void enter(Waiter waiter) {
      LockSupport.unpark(waiter.thread());
    }

    @Override
    void awaitTurn() {}

    /**
     * A virtual thread that yields is queued behind those of its carrier, and a carrier takes
     * threads queued from outside only when its own queue is empty: programs that compute endlessly
     * would starve those. A thread that has parked is itself queued from outside.
     */
    @Override
    @SuppressWarnings("ThreadPriorityCheck") // a polling program yields
    void passTurn() {
      if (ThreadLocalRandom.current().nextInt(PARKING) == 0) {
        LockSupport.parkNanos(this, 1);
      } else {
        Thread.yield();
      }
    }

    @Override
    void open() {}
  }

  private static final class SharedCpus extends Cpus {
    @GuardedBy("this")
    private final Map<Thread, Turn> turns = new HashMap<>();

    @GuardedBy("this")
    private final Deque<Turn> runQueue = new ArrayDeque<>();

    @GuardedBy("this")
    private int idle;

    /** The turn of one thread that needs a processor. */
    private static final class Turn {
      final Thread thread;
      final Precedence precedence;
      volatile boolean hasCpu;

      Turn(Thread thread, Precedence precedence) {
        this.thread = thread;
        this.precedence = precedence;
      }
    }

    SharedCpus(int count) {
      this.idle = count;
    }

    @Override
    synchronized void begin(Thread thread, Precedence precedence) {
      Turn turn = new Turn(thread, precedence);
      turns.put(thread, turn);
      enqueue(turn, precedence);
    }

    @Override
    synchronized void finish(Thread thread) {
      Turn turn = Objects.requireNonNull(turns.remove(thread), "the thread has no turn");
      give(turn);
    }

    @Override
    synchronized void leave(Waiter waiter) {
      Turn turn = turns.get(waiter.thread());
      if (turn != null && waiter.ended() == null) {
        give(turn);
      }
    }

    @Override
    synchronized void enter(Waiter waiter) {
      Turn turn = turns.get(waiter.thread());
      if (turn == null || turn.hasCpu) {
        LockSupport.unpark(waiter.thread());
      } else {
        enqueue(turn, waiter.goesFirst() ? Precedence.FIRST : turn.precedence);
      }
    }

    @Override
    void awaitTurn() {
      Turn turn = turn();
      while (turn != null && !turn.hasCpu) {
        LockSupport.park(this);
      }
    }

    @Override
    void passTurn() {
      if (giveWay()) {
        awaitTurn();
      } else {
        HOST.passTurn();
      }
    }

    private synchronized boolean giveWay() {
      Turn turn = turns.get(Thread.currentThread());
      if (turn == null || runQueue.isEmpty()) {
        return false;
      }
      runQueue.add(turn);
      give(turn);
      return true;
    }

    private synchronized @Nullable Turn turn() {
      return turns.get(Thread.currentThread());
    }

    @GuardedBy("this")
    private void enqueue(Turn turn, Precedence precedence) {
      switch (precedence) {
        case FIRST -> runQueue.addFirst(turn);
        case LAST -> runQueue.addLast(turn);
      }
      dispatch();
    }

    @GuardedBy("this")
    private void give(Turn turn) {
      if (turn.hasCpu) {
        turn.hasCpu = false;
        idle++;
        dispatch();
      }
    }

    @GuardedBy("this")
    private void dispatch() {
      while (idle > 0 && !runQueue.isEmpty()) {
        Turn next = runQueue.removeFirst();
        next.hasCpu = true;
        idle--;
        LockSupport.unpark(next.thread);
      }
    }

    @Override
    synchronized void open() {
      idle = Integer.MAX_VALUE / 2;
      dispatch();
    }
  }
}
