package dev.nommu.kernel.memory;

import dev.nommu.api.ErrnoException;
import java.lang.foreign.Arena;

/** Creates the physical address space of each machine. May be called concurrently. */
@FunctionalInterface
public interface MemoryFactory {
  /**
   * Returns an address space with only the RAM.
   *
   * @param ram the location of the RAM
   * @param arena allocates the host's memory; closed when the machine ends or cannot boot
   * @throws ErrnoException ENOMEM if the host has too little address space
   */
  PhysicalMemory make(Ram ram, Arena arena) throws ErrnoException;
}
