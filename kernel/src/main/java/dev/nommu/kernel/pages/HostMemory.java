package dev.nommu.kernel.pages;

import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The host's memory of one machine: RAM, memory of devices, images. It goes back to the host when
 * the machine has ended and nobody outside of it holds any of it. Thread-safe.
 */
public final class HostMemory {
  private static final long MILLISECONDS_BETWEEN_ATTEMPTS = 10;

  private final Arena arena = Arena.ofShared();

  /** The machine, and each that holds it. */
  private final AtomicLong holders = new AtomicLong(1);

  /** Creates the memory of a machine, which has it until {@link #release}. */
  public HostMemory() {}

  /** Returns what all of the machine's memory is to be allocated from. */
  public Arena arena() {
    return arena;
  }

  /** Returns whether a segment is of this memory, and so stays where it is while that is held. */
  public boolean has(MemorySegment segment) {
    return segment.scope().equals(arena.scope());
  }

  /** Keeps the memory until {@link #release}; called by a thread that the machine waits for. */
  public void hold() {
    holders.incrementAndGet();
  }

  /**
   * Lets go of the memory; the last one gives it back.
   *
   * @throws InterruptedIOException if the thread is interrupted while the host reads into the
   *     memory or writes it, for a thread that nobody waits for
   */
  public void release() throws InterruptedIOException {
    if (holders.decrementAndGet() == 0) {
      giveBack();
    }
  }

  private void giveBack() throws InterruptedIOException {
    while (arena.scope().isAlive()) {
      try {
        arena.close();
      } catch (IllegalStateException inUse) {
        sleep();
      }
    }
  }

  private static void sleep() throws InterruptedIOException {
    try {
      Thread.sleep(MILLISECONDS_BETWEEN_ATTEMPTS);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the memory is still in use");
    }
  }
}
