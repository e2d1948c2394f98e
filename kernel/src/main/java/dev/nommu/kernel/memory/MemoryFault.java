package dev.nommu.kernel.memory;

import java.io.Serial;

/** There is no memory and no device at an address: what SIGSEGV tells a program without an MMU. */
public final class MemoryFault extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final long address;

  MemoryFault(long address) {
    super("nothing answers at address 0x%x".formatted(address));
    this.address = address;
  }

  /** Returns the first address at which nothing answers. */
  public long address() {
    return address;
  }
}
