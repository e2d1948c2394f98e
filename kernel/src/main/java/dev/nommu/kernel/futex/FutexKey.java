package dev.nommu.kernel.futex;

import dev.nommu.kernel.mm.AddressSpace;
import dev.nommu.kernel.mm.FileRegions;

/** The identity of a futex: two addresses with equal keys are the same futex. */
sealed interface FutexKey {
  /** The address alone, in any process: Linux 6.12 without an MMU (rule FUTEX-07). */
  record Bare(long address) implements FutexKey {}

  /** An address in one address space (rules FUTEX-02, FUTEX-05). */
  record Private(AddressSpace space, long address) implements FutexKey {}

  /** A position in a file that several processes can map (rules FUTEX-04, FUTEX-06). */
  record Shared(FileRegions file, long offset) implements FutexKey {}
}
