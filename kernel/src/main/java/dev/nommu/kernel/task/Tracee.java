package dev.nommu.kernel.task;

import dev.nommu.kernel.memory.MemoryFault;
import java.lang.foreign.MemorySegment;

/** A task as a {@link SyscallTracer} sees it. Thread-safe. */
public interface Tracee {
  /** Returns the number of this task: {@code gettid}. */
  int tid();

  /**
   * Copies bytes of its memory, as {@code process_vm_readv}, without notice to devices and
   * sanitizer.
   *
   * @param into filled completely
   * @throws MemoryFault if the range is not contiguous plain memory
   */
  void peek(long address, MemorySegment into) throws MemoryFault;
}
