package dev.nommu.kernel.mm;

import dev.nommu.api.Protection;
import dev.nommu.kernel.memory.MemoryAccess;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.memory.PhysicalMemory;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The memory of a process as another one gets at it with {@code ptrace} and {@code /proc/PID/mem}
 * ({@code access_remote_vm} without an MMU). There is no copy-on-write: what is stored is seen by
 * everybody who shares the mapping (rule PTRACE-03). Thread-safe.
 */
public final class RemoteMemory {
  private final PhysicalMemory memory;
  private final MemoryAccess<? super Caller> access;

  /**
   * Creates the way to all processes of one machine.
   *
   * @param access hears of loads and stores
   */
  public RemoteMemory(PhysicalMemory memory, MemoryAccess<? super Caller> access) {
    this.memory = memory;
    this.access = access;
  }

  /**
   * Loads bytes from one mapping (rule PTRACE-01).
   *
   * @param of whose memory it is
   * @param into filled from its start
   * @return how many bytes: fewer than asked for at the end of the mapping; 0 outside of mappings,
   *     where the mapping does not permit it (rule PTRACE-02), and where nothing answers
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
   * @param of whose memory it is
   * @return how many bytes, as for {@link #read}
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

  /** Returns how many bytes of a range lie in the mapping of its start and may be used so. */
  public long permitted(AddressSpace of, long address, long length, Protection wanted) {
    Optional<Vma> mapping = of.find(address).filter(vma -> vma.flags().may(wanted));
    return mapping.map(vma -> Math.min(length, vma.end() - address)).orElse(0L);
  }
}
