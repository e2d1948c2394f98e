package dev.nommu.api;

/**
 * Why a hart stopped. Unless stated otherwise, the pc is at the instruction that did not retire,
 * which has had no effect. Neither the set nor its members grow: callers switch over them.
 *
 * @since 0.1.0
 */
public sealed interface Stop {
  /**
   * The program calls the kernel. The pc is after the instruction, which counts as retired.
   *
   * @param address of the instruction: the pc that restarts the call
   */
  record Call(long address) implements Stop {}

  /** A breakpoint instruction. */
  record Breakpoint() implements Stop {}

  /**
   * An instruction that is illegal, or illegal in this state.
   *
   * @param bits its encoding, in the low bits
   */
  record Illegal(long bits) implements Stop {}

  /**
   * Nothing answered an access. A store that crosses the end of memory may have stored bytes before
   * the fault's address.
   *
   * @param access the kind of access
   * @param fault the address and the reason
   */
  record Fault(Access access, AccessFault fault) implements Stop {}

  /**
   * A misaligned access that must be aligned: an atomic one.
   *
   * @param access the kind of access
   * @param address of its first byte
   */
  record Misaligned(Access access, long address) implements Stop {}

  /** The permitted number of instructions has retired. The pc is at the next one. */
  record QuantumUsed() implements Stop {}
}
