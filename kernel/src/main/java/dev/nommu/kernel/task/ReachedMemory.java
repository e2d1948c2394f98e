package dev.nommu.kernel.task;

import dev.nommu.api.UserMemory;
import dev.nommu.kernel.parts.Subsystems;
import dev.nommu.kernel.sanitizer.Sanitizer;
import java.lang.foreign.MemorySegment;

/** Memory by address as the calls of one task reach it: EFAULT where there is none in one piece. */
final class ReachedMemory {
  private final UserMemory memory;
  private final TaskLife life;
  private final Sanitizer sanitizer;

  ReachedMemory(TaskLife life, Subsystems kernel) {
    this.memory = kernel.memory().asUserMemory();
    this.life = life;
    this.sanitizer = kernel.sanitizer();
  }

  /** Returns memory of which a call uses as much as there is. */
  UserMemory toLoad() {
    return (address, length) -> {
      MemorySegment found = memory.at(address, length);
      sanitizer.loaded(life, address, length);
      return found;
    };
  }

  /** Returns memory into which a call may put something. */
  UserMemory toStore() {
    return (address, length) -> {
      MemorySegment found = memory.at(address, length);
      sanitizer.stored(life, address, length);
      return found;
    };
  }
}
