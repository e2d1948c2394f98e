package dev.nommu.kernel.task;

import dev.nommu.kernel.memory.MemoryFault;
import java.lang.foreign.MemorySegment;

/** A task as a {@link SyscallTracer} sees it. Any thread may ask. */
public interface Tracee {
  /** Returns its own number: {@code gettid}. */
  int tid();

  /**
   * Copies bytes of its memory, as {@code process_vm_readv}: no device and no sanitizer hears of
   * it.
   *
   * @param into as many as it has room for
   * @throws MemoryFault if there is no plain memory in one piece
   */
  void peek(long address, MemorySegment into) throws MemoryFault;
}
