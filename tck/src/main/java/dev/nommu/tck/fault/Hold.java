package dev.nommu.tck.fault;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.concurrent.CountDownLatch;

/** A gate at which a call stands until a test opens it. Thread-safe. */
public final class Hold {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);

  /** Makes a gate that is shut. */
  public Hold() {}

  /**
   * Waits until a call stands at the gate.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public void awaitCall() throws InterruptedException {
    reached.await();
  }

  /** Lets the call go on, and others pass. */
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
