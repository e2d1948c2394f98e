package dev.nommu.kernel.task;

import dev.nommu.api.PollEvent;
import java.util.Set;

/**
 * A descriptor that a task polls, as {@code struct pollfd}.
 *
 * @param descriptor its number; a negative one is ignored
 * @param events the requested events; ERR, HUP and NVAL are always reported
 */
public record PollFd(int descriptor, Set<PollEvent> events) {
  /** Keeps a copy of the events. */
  public PollFd {
    events = Set.copyOf(events);
  }

  /** Returns a descriptor to poll for these events. */
  public static PollFd of(int descriptor, PollEvent... events) {
    return new PollFd(descriptor, Set.of(events));
  }
}
