package dev.nommu.kernel.memory;

import dev.nommu.api.ErrnoException;
import java.lang.foreign.Arena;

/** Makes the physical address space of each machine. May be called concurrently. */
@FunctionalInterface
public interface MemoryFactory {
  /**
   * Returns an address space in which only the RAM answers.
   *
   * @param ram where the RAM is
   * @param arena for the host's memory: closed when the machine ends or cannot boot
   * @throws ErrnoException ENOMEM if the host has not so much address space to give
   */
  PhysicalMemory make(Ram ram, Arena arena) throws ErrnoException;
}
