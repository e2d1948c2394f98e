package dev.nommu.kernel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

/**
 * A call that another thread makes while a plugin is in the middle of one: it is started there, and
 * the plugin goes on as soon as the call is over or waits for a lock.
 */
public final class Rival {
  private static final long LIMIT_MILLIS = 20_000;

  private final Thread thread;
  private volatile Optional<Throwable> failure = Optional.empty();

  private Rival(Errnos.Call call) {
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("rival")
            .unstarted(() -> {
              try {
                call.make();
              } catch (Throwable thrown) {
                failure = Optional.of(thrown);
              }
            });
  }

  /** Starts a call; returns when it is over or waits. */
  public static Rival start(Errnos.Call call) {
    Rival rival = new Rival(call);
    rival.thread.start();
    while (rival.thread.getState() == Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }
    return rival;
  }

  /** Returns whether the call comes to its end by itself. */
  public boolean isOver() {
    try {
      return thread.join(Duration.ofMillis(LIMIT_MILLIS));
    } catch (InterruptedException interrupt) {
      throw new AssertionError(interrupt);
    }
  }

  /** Waits for the end of the call; returns what it threw, or empty. */
  public Optional<Throwable> end() throws InterruptedException {
    thread.join(LIMIT_MILLIS);
    assertThat(thread.isAlive()).as("the call goes on").isFalse();
    return failure;
  }
}
