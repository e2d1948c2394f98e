package dev.nommu.kernel.sanitizer;

import dev.nommu.kernel.mmap.MemoryMap;

/** A process that acts on memory or descriptors. */
public interface Actor {
  /** Returns its number. */
  int pid();

  /** Returns its name, as {@code comm}. */
  String name();

  /** Returns its mappings; several processes may have the same. */
  MemoryMap memoryMap();
}
