package dev.nommu.kernel.device;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.AddressRange;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.Page;
import dev.nommu.kernel.memory.Bank;
import dev.nommu.kernel.memory.PhysicalMemory;
import java.util.List;
import java.util.Optional;

/**
 * Addresses for devices that the board does not place: consecutive, above 4 GiB and above every
 * address that the board names. Thread-safe.
 */
final class FreeAddresses {
  private static final long LEAST = 1L << 32;
  private static final long END = 1L << 48;

  private final PhysicalMemory memory;

  private final FirmwareNode root;

  /** 0 until the first request, so that a machine without requests visits no node. */
  @GuardedBy("this")
  private long next;

  /**
   * Creates the free addresses of a machine.
   *
   * @param root the root of the board's description
   */
  FreeAddresses(FirmwareNode root, PhysicalMemory memory) {
    this.root = root;
    this.memory = memory;
  }

  /** A node whose {@code reg} is not an address blocks none. */
  private static long lastDescribed(FirmwareNode node) {
    long last = 0;
    for (AddressRange range : described(node)) {
      last = range.end() <= END ? Math.max(last, range.end()) : last;
    }
    for (FirmwareNode child : node.children()) {
      last = Math.max(last, lastDescribed(child));
    }
    return last;
  }

  private static List<AddressRange> described(FirmwareNode node) {
    try {
      return node.reg();
    } catch (ErrnoException malformed) {
      return List.of();
    }
  }

  /**
   * Takes addresses, aligned to a page.
   *
   * @param bytes 1 or more
   * @throws ErrnoException ENOMEM if too few are left
   */
  synchronized AddressRange take(long bytes) throws ErrnoException {
    if (next == 0) {
      next = Page.align(Math.max(LEAST, lastDescribed(root)));
    }
    AddressRange range = checked(next, bytes);
    for (Optional<Bank> other = memory.firstIn(range);
        other.isPresent();
        other = memory.firstIn(range)) {
      range = checked(Page.align(other.get().range().end()), bytes);
    }
    next = Page.align(range.end());
    return range;
  }

  private static AddressRange checked(long start, long bytes) throws ErrnoException {
    if (bytes > END - start) {
      throw new ErrnoException(
          Errno.ENOMEM, "0x%x addresses from 0x%x on: none are free".formatted(bytes, start));
    }
    return new AddressRange(start, bytes);
  }
}
