package dev.nommu.conformance;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is put forward. */
final class SetClock implements InstantSource {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

  @Override
  public Instant instant() {
    return now.get();
  }

  void forward(Duration duration) {
    now.updateAndGet(instant -> instant.plus(duration));
  }
}
