package dev.nommu.riscvlinux.gdb;

import dev.nommu.kernel.memory.MemoryFault;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Memory whose change stops the program: it is compared behind each instruction while there is any.
 * Thread-safe.
 */
final class Watchpoints {
  private final GuestMemory memory;

  /** Watched memory, and the bytes that were there when it was looked at last. */
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

  /** Returns where memory is not what it was; from now on it is watched as it is. */
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
