package dev.nommu.tck.fault;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.concurrent.CountDownLatch;

/** A gate that blocks a call until a test opens it. Thread-safe. */
public final class Hold {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);

  /** Creates a closed gate. */
  public Hold() {}

  /**
   * Waits until a call is blocked at the gate.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public void awaitCall() throws InterruptedException {
    reached.await();
  }

  /** Releases the call, and lets others pass. */
  public void open() {
    opened.countDown();
  }

  void pass() throws ErrnoException {
    reached.countDown();
    try {
      opened.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ErrnoException(Errno.EINTR, "interrupted at a gate of a test", interrupted);
    }
  }
}
