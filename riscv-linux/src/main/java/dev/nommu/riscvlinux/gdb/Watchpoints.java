package dev.nommu.riscvlinux.gdb;

import dev.nommu.kernel.memory.MemoryFault;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Memory whose change stops the program: it is compared after each instruction while any is
 * watched. Thread-safe.
 */
final class Watchpoints {
  private final GuestMemory memory;

  /** Watched memory, and its bytes at the last comparison. */
  private final Map<Range, byte[]> watched = new ConcurrentHashMap<>();

  Watchpoints(GuestMemory memory) {
    this.memory = memory;
  }

  void add(Range range) throws MemoryFault {
    watched.put(range, memory.read(range.address(), range.length()));
  }

  void remove(Range range) {
    watched.remove(range);
  }

  void clear() {
    watched.clear();
  }

  boolean isEmpty() {
    return watched.isEmpty();
  }

  /** Returns the address of memory that has changed; its new contents are watched from now on. */
  Optional<Long> changed() {
    for (Map.Entry<Range, byte[]> each : watched.entrySet()) {
      byte[] now = now(each.getKey(), each.getValue());
      if (!Arrays.equals(now, each.getValue())) {
        each.setValue(now);
        return Optional.of(each.getKey().address());
      }
    }
    return Optional.empty();
  }

  private byte[] now(Range range, byte[] otherwise) {
    try {
      return memory.read(range.address(), range.length());
    } catch (MemoryFault notPlain) {
      return otherwise;
    }
  }
}
