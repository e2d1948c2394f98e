package dev.nommu.scenario;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.mmap.Trail;

/**
 * Receives the reasons for the results of a scenario's calls. Must be thread-safe, because a
 * started call reports on its own thread.
 */
public interface Explainer {
  /** Ignores everything. */
  Explainer NONE = new Explainer() {};

  /** Returns the trail for the next request for a mapping. */
  default Trail mapping() {
    return Trail.NONE;
  }

  /** Called when a call failed: the failure has the reason, and the rule if there is one. */
  default void failed(Call call, ErrnoException failure) {}

  /** Called when a call accessed an address without memory, or a device did not respond. */
  default void faulted(Call call, MemoryFault fault) {}
}
