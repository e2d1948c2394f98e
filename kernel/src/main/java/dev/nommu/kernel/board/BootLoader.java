package dev.nommu.kernel.board;

import dev.nommu.api.AddressRange;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Memparse;
import dev.nommu.api.Page;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a boot loader writes into the device tree before it starts the kernel.
 *
 * @param memory the RAM; empty for what the tree says
 * @param bootArgs the kernel's command line; empty for what the tree says
 */
public record BootLoader(List<Memory> memory, Optional<String> bootArgs) {
  /** Leaves the tree as it is. */
  public static final BootLoader NONE = new BootLoader(List.of(), Optional.empty());

  /** Takes an immutable copy. */
  public BootLoader {
    memory = List.copyOf(memory);
  }

  /**
   * RAM.
   *
   * @param size bytes, whole pages, 1 or more
   * @param address where it begins, at a page; empty for where the tree's RAM begins
   */
  public record Memory(long size, OptionalLong address) {
    private static final String FORM = "SIZE[@ADDRESS] in whole pages, like 8M or 1G@0x80000000";

    /**
     * Reads {@code SIZE[@ADDRESS]}: 8M, 0x1000000@0x80000000.
     *
     * @throws BoardException if it is not of this form, or not of whole pages
     */
    public static Memory parse(String text) throws BoardException {
      int at = text.indexOf('@');
      try {
        long size = Memparse.parse(at < 0 ? text : text.substring(0, at), "size");
        OptionalLong address =
            at < 0
                ? OptionalLong.empty()
                : OptionalLong.of(Memparse.parse(text.substring(at + 1), "address"));
        return checked(text, size, address);
      } catch (ErrnoException malformed) {
        throw new BoardException(malformed.getMessage() + "; expected " + FORM, malformed);
      }
    }

    private static Memory checked(String text, long size, OptionalLong address)
        throws BoardException {
      long start = address.orElse(0);
      if (size == 0 || !Page.isAligned(size) || !Page.isAligned(start) || start + size < 0) {
        throw new BoardException("expected %s, found %s".formatted(FORM, text));
      }
      return new Memory(size, address);
    }

    AddressRange from(long otherwise) {
      return new AddressRange(address.orElse(otherwise), size);
    }
  }
}
