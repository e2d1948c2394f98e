package dev.nommu.api;

/**
 * Why a hart stopped. Unless it is said otherwise, the pc is at the instruction that did not
 * retire, and nothing it would have changed has changed. The set does not grow, nor do its members:
 * who runs a hart switches over them.
 *
 * @since 0.1.0
 */
public sealed interface Stop {
  /**
   * The program calls the kernel. The pc is behind the instruction, which counts as retired.
   *
   * @param address of the instruction: the pc that does the call once more
   */
  record Call(long address) implements Stop {}

  /** A breakpoint instruction. */
  record Breakpoint() implements Stop {}

  /**
   * An instruction that the processor does not know, or not in this state.
   *
   * @param bits its encoding, in the low bits
   */
  record Illegal(long bits) implements Stop {}

  /**
   * Nothing answered an access. Of a store that lies at the end of what answers, bytes before the
   * fault's address may have been stored.
   *
   * @param access what was tried
   * @param fault where and why
   */
  record Fault(Access access, AccessFault fault) implements Stop {}

  /**
   * An access that has to be aligned, and is not: an atomic one.
   *
   * @param access what was tried
   * @param address of its first byte
   */
  record Misaligned(Access access, long address) implements Stop {}

  /** All instructions that it was allowed have retired. The pc is at the next one. */
  record QuantumUsed() implements Stop {}
}
