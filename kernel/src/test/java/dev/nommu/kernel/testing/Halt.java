package dev.nommu.kernel.testing;

import java.util.concurrent.CountDownLatch;

/** A place in a plugin that a thread comes to and does not leave until the test lets it go on. */
public final class Halt {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch goesOn = new CountDownLatch(1);

  /** Creates a place that nobody has come to. */
  public Halt() {}

  /** Stays here until {@link #goOn}, whoever interrupts the thread: some plugins do not mind. */
  public void stay() {
    reached.countDown();
    boolean waits = true;
    while (waits) {
      try {
        goesOn.await();
        waits = false;
      } catch (InterruptedException ignored) {
        // does not mind
      }
    }
  }

  /** Stays here until {@link #goOn} or an interrupt. */
  public void stayUntilInterrupted() throws InterruptedException {
    reached.countDown();
    goesOn.await();
  }

  /** Waits until a thread has come. */
  public void awaitArrival() throws InterruptedException {
    reached.await();
  }

  /** Lets who is here go on, and who comes later pass. */
  public void goOn() {
    goesOn.countDown();
  }
}
