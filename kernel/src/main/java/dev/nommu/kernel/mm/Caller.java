package dev.nommu.kernel.mm;

import dev.nommu.kernel.mmap.MemoryMap;
import dev.nommu.kernel.sanitizer.Actor;

/**
 * The process that requests a mapping.
 *
 * @param space the address space for the mapping
 * @param pid the number of the process, for the kernel's log
 * @param name the name of the process, for the kernel's log
 */
public record Caller(AddressSpace space, int pid, String name) implements Actor {
  @Override
  public MemoryMap memoryMap() {
    return space;
  }
}
