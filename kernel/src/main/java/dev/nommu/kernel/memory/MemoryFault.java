package dev.nommu.kernel.memory;

import dev.nommu.api.BusFault;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.signal.Signal;
import java.io.Serial;

/**
 * An access to an address that cannot be: what SIGSEGV and SIGBUS tell a program without an MMU.
 * Nothing answers there, or not as plain memory, or the device that is there failed.
 */
public final class MemoryFault extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final long address;
  private final Signal signal;

  private MemoryFault(long address, Signal signal, String message) {
    super(message);
    this.address = address;
    this.signal = signal;
  }

  /** Returns the fault of an address at which nothing answers. */
  static MemoryFault nothingAt(long address) {
    return new MemoryFault(
        address, Signal.SIGSEGV, "nothing answers at address 0x%x".formatted(address));
  }

  /** Returns the fault of plain memory that was asked of a device without any. */
  static MemoryFault notPlain(long address, Bank bank) {
    return new MemoryFault(
        address,
        Signal.SIGSEGV,
        "no plain memory at address 0x%x: %s answers each load and store by itself: use load and store"
            .formatted(address, bank));
  }

  /** Returns the fault of memory that was asked for in one piece and is not. */
  static MemoryFault notInOnePiece(long address, long length, Bank bank) {
    return new MemoryFault(
        bank.range().end(),
        Signal.SIGSEGV,
        "%d bytes at address 0x%x are not in one piece: %s ends before: use load and store"
            .formatted(length, address, bank));
  }

  /** Returns the fault of an access that a device does not answer. */
  static MemoryFault notAnswered(long address, Bank bank, BusFault refused) {
    MemoryFault fault =
        new MemoryFault(
            address,
            Signal.SIGBUS,
            "access to address 0x%x: %s: %s".formatted(address, bank, refused.getMessage()));
    fault.initCause(refused);
    return fault;
  }

  /** Returns the fault of an access at which a plugin failed. */
  static MemoryFault of(long address, ErrnoException failure) {
    MemoryFault fault =
        new MemoryFault(
            address,
            Signal.SIGBUS,
            "access to address 0x%x: %s".formatted(address, failure.getMessage()));
    fault.initCause(failure);
    return fault;
  }

  /**
   * Returns what a program is killed by that does not catch it: SIGSEGV where nothing answers, as
   * of an access fault; SIGBUS where a device is and does not answer, or failed.
   */
  public Signal signal() {
    return signal;
  }

  /** Returns the first address that cannot be used so. */
  public long address() {
    return address;
  }
}
