package dev.nommu.kernel.vfs;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * Counts writers and executors of a regular file, as {@code i_writecount}: never both (rule
 * EXEC-12). Thread-safe.
 */
final class WriteAccess {
  /** The number of writers, or below 0 that of tasks executing it. */
  @GuardedBy("this")
  private int count;

  /** Counts a writer; returns false while it is being executed. */
  synchronized boolean get() {
    boolean possible = count >= 0;
    count += possible ? 1 : 0;
    return possible;
  }

  /** Ends {@link #get}. */
  synchronized void put() {
    count--;
  }

  /** Counts an executor; returns false while it is open for writing. */
  synchronized boolean deny() {
    boolean possible = count <= 0;
    count -= possible ? 1 : 0;
    return possible;
  }

  /** Ends {@link #deny}. */
  synchronized void allow() {
    count++;
  }
}
