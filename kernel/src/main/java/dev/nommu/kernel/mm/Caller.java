package dev.nommu.kernel.mm;

import dev.nommu.kernel.mmap.MemoryMap;
import dev.nommu.kernel.sanitizer.Actor;

/**
 * The process that asks for a mapping.
 *
 * @param space where the mapping is to be
 * @param pid the number of the process, for the kernel's log
 * @param name the name of the process, for the kernel's log
 */
public record Caller(AddressSpace space, int pid, String name) implements Actor {
  @Override
  public MemoryMap memoryMap() {
    return space;
  }
}
