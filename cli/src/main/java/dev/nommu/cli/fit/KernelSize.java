package dev.nommu.cli.fit;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Page;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.kernel.memory.Ram;

/** The size of the kernel itself, at the start of the RAM. */
final class KernelSize {
  /** Code and data of the recorded kernel, a plain Linux 6.12 for riscv64 without an MMU. */
  private static final long IMAGE = 2560 << 10;

  /** A {@code struct page} of a 64-bit kernel. */
  private static final long PAGE_RECORD = 64;

  private KernelSize() {}

  /** Returns the default size: bytes, whole pages. */
  static long byDefault(Ram ram) {
    return Page.align(IMAGE + (ram.length() >>> Page.SHIFT) * PAGE_RECORD);
  }

  /**
   * Returns its addresses.
   *
   * @param bytes 1 or more
   * @throws CommandException if the RAM is smaller
   */
  static AddressRange at(Ram ram, long bytes) throws CommandException {
    AddressRange first = ram.banks().getFirst();
    if (bytes > first.length()) {
      throw new CommandException(
          ExitCode.USAGE,
          "nommu fit: --kernel: expected at most the %s of the first bank of RAM, found %s"
              .formatted(FreeMemory.kib(first.length()), FreeMemory.kib(bytes)));
    }
    return new AddressRange(first.start(), Page.align(bytes));
  }
}
