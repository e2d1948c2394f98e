package dev.nommu.kernel.task;

import dev.nommu.api.UserMemory;
import dev.nommu.kernel.parts.Subsystems;
import dev.nommu.kernel.sanitizer.Sanitizer;
import java.lang.foreign.MemorySegment;

/**
 * Memory by address as the calls of one task reach it: EFAULT unless the range is contiguous
 * memory.
 */
final class ReachedMemory {
  private final UserMemory memory;
  private final TaskLife life;
  private final Sanitizer sanitizer;

  ReachedMemory(TaskLife life, Subsystems kernel) {
    this.memory = kernel.memory().asUserMemory();
    this.life = life;
    this.sanitizer = kernel.sanitizer();
  }

  /** Returns memory, of which a call uses as much as exists. */
  UserMemory toLoad() {
    return (address, length) -> {
      MemorySegment found = memory.at(address, length);
      sanitizer.loaded(life, address, length);
      return found;
    };
  }

  /** Returns memory that a call may write. */
  UserMemory toStore() {
    return (address, length) -> {
      MemorySegment found = memory.at(address, length);
      sanitizer.stored(life, address, length);
      return found;
    };
  }
}
