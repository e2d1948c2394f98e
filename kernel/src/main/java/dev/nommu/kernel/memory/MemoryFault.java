package dev.nommu.kernel.memory;

import dev.nommu.api.BusFault;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.signal.Signal;
import java.io.Serial;

/**
 * An invalid access, as signalled by SIGSEGV and SIGBUS to a program without an MMU: the address
 * has no memory or device, or no plain memory, or its device failed.
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

  /** Returns the fault of an address without memory or device. */
  static MemoryFault nothingAt(long address) {
    return new MemoryFault(
        address, Signal.SIGSEGV, "no memory or device at address 0x%x".formatted(address));
  }

  /** Returns the fault of a request for plain memory of a device without any. */
  static MemoryFault notPlain(long address, Bank bank) {
    return new MemoryFault(
        address,
        Signal.SIGSEGV,
        "no plain memory at address 0x%x: %s handles each load and store itself: use load and store"
            .formatted(address, bank));
  }

  /** Returns the fault of memory requested in one piece that spans several. */
  static MemoryFault notInOnePiece(long address, long length, Bank bank) {
    return new MemoryFault(
        bank.range().end(),
        Signal.SIGSEGV,
        "%d bytes at address 0x%x are not in one piece: %s ends earlier: use load and store"
            .formatted(length, address, bank));
  }

  /** Returns the fault of an access that a device rejects. */
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
   * Returns the signal that kills a program that does not catch it: SIGSEGV if the address has no
   * memory or device, as for an access fault; SIGBUS if the device rejects the access or fails.
   */
  public Signal signal() {
    return signal;
  }

  /** Returns the first address that cannot be accessed this way. */
  public long address() {
    return address;
  }
}
