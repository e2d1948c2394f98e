package dev.nommu.scenario;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.mmap.Trail;

/**
 * Hears why the calls of a scenario came out as they did. A call that was started is told of on a
 * thread of its own, so that it must be thread-safe.
 */
public interface Explainer {
  /** Hears nothing. */
  Explainer NONE = new Explainer() {};

  /** Returns what is to hear of the next request for a mapping. */
  default Trail mapping() {
    return Trail.NONE;
  }

  /** A call failed: the failure says why, and by which rule if there is one. */
  default void failed(Call call, ErrnoException failure) {}

  /** There was no memory where a call looked, or a device did not answer. */
  default void faulted(Call call, MemoryFault fault) {}
}
