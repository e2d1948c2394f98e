package dev.nommu.kernel.pages;

import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The host's memory of one machine: RAM, memory of devices, images. It is freed when the machine
 * has ended and nothing outside holds any of it. Thread-safe.
 */
public final class HostMemory {
  private static final long MILLISECONDS_BETWEEN_ATTEMPTS = 10;

  private final Arena arena = Arena.ofShared();

  /** The number of holders, including the machine. */
  private final AtomicLong holders = new AtomicLong(1);

  /** Creates the memory of a machine, which holds it until {@link #release}. */
  public HostMemory() {}

  /** Returns the arena for all of the machine's memory. */
  public Arena arena() {
    return arena;
  }

  /** Returns whether a segment is part of this memory, and so stays valid while that is held. */
  public boolean has(MemorySegment segment) {
    return segment.scope().equals(arena.scope());
  }

  /** Holds the memory until {@link #release}; called by a thread that the machine waits for. */
  public void hold() {
    holders.incrementAndGet();
  }

  /**
   * Releases the memory; the last release frees it.
   *
   * @throws InterruptedIOException if the thread is interrupted while the host reads into the
   *     memory or writes it for a thread that is not waited for
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
