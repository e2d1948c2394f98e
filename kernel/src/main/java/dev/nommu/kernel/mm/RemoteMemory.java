package dev.nommu.kernel.mm;

import dev.nommu.api.Protection;
import dev.nommu.kernel.memory.MemoryAccess;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.memory.PhysicalMemory;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The memory of a process as accessed by another with {@code ptrace} and {@code /proc/PID/mem}
 * ({@code access_remote_vm} without an MMU). There is no copy-on-write: stores are visible to every
 * process that shares the mapping (rule PTRACE-03). Thread-safe.
 */
public final class RemoteMemory {
  private final PhysicalMemory memory;
  private final MemoryAccess<? super Caller> access;

  /**
   * Creates the access to all processes of one machine.
   *
   * @param access is notified of loads and stores
   */
  public RemoteMemory(PhysicalMemory memory, MemoryAccess<? super Caller> access) {
    this.memory = memory;
    this.access = access;
  }

  /**
   * Loads bytes from one mapping (rule PTRACE-01).
   *
   * @param of the process that owns the memory
   * @param into filled from its start
   * @return the number of bytes: fewer than requested at the end of the mapping; 0 outside
   *     mappings, where the mapping does not permit it (rule PTRACE-02), and without memory
   */
  public long read(Caller of, long address, MemorySegment into) {
    long length = permitted(of.space(), address, into.byteSize(), Protection.READ);
    try {
      memory.load(address, into.asSlice(0, length), access, of);
      return length;
    } catch (MemoryFault nothingThere) {
      return 0;
    }
  }

  /**
   * Stores bytes into one mapping, also a device's (rule PTRACE-05).
   *
   * @param of the process that owns the memory
   * @return the number of bytes, as for {@link #read}
   */
  public long write(Caller of, long address, MemorySegment from) {
    long length = permitted(of.space(), address, from.byteSize(), Protection.WRITE);
    try {
      memory.store(address, from.asSlice(0, length), access, of);
      return length;
    } catch (MemoryFault nothingThere) {
      return 0;
    }
  }

  /** Returns the number of bytes of a range that its first mapping has and permits to access. */
  public long permitted(AddressSpace of, long address, long length, Protection wanted) {
    Optional<Vma> mapping = of.find(address).filter(vma -> vma.flags().may(wanted));
    return mapping.map(vma -> Math.min(length, vma.end() - address)).orElse(0L);
  }
}
