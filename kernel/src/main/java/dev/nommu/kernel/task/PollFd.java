package dev.nommu.kernel.task;

import dev.nommu.api.PollEvent;
import java.util.Set;

/**
 * A descriptor that a task polls, as {@code struct pollfd}.
 *
 * @param descriptor its number; a negative one is left out
 * @param events what is asked for; ERR, HUP and NVAL are always reported
 */
public record PollFd(int descriptor, Set<PollEvent> events) {
  /** Keeps a copy of the events. */
  public PollFd {
    events = Set.copyOf(events);
  }

  /** Returns a descriptor polled for these events. */
  public static PollFd of(int descriptor, PollEvent... events) {
    return new PollFd(descriptor, Set.of(events));
  }
}
