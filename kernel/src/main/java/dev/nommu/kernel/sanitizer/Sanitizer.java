package dev.nommu.kernel.sanitizer;

import dev.nommu.kernel.memory.DeviceAccess;
import dev.nommu.kernel.mmap.Mapping;
import dev.nommu.kernel.mmap.MemoryMap;

/**
 * Is told of what may turn out to be wrong. Told by the threads that do it, concurrently and with
 * no lock of the kernel held; must not throw. Loads and stores of plain memory are not told: they
 * cost the same whether a sanitizer is there or not.
 */
public interface Sanitizer extends DeviceAccess<MemoryMap> {
  /** Looks at nothing. */
  Sanitizer OFF = new Sanitizer() {};

  /** The current thread has mapped a file. */
  default void mapped(Mapping mapping) {}
}
