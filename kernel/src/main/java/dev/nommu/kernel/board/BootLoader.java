package dev.nommu.kernel.board;

import dev.nommu.api.AddressRange;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.HostFailure;
import dev.nommu.api.Memparse;
import dev.nommu.api.Page;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.DeviceTreeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The changes a boot loader makes to the device tree before it starts the kernel.
 *
 * @param memory the RAM; empty for the tree's
 * @param bootArgs the kernel's command line; empty for the tree's
 * @param overlays applied to the tree before that, in order
 */
public record BootLoader(
    List<Memory> memory, Optional<String> bootArgs, List<DeviceTree> overlays) {
  /** Leaves the tree as it is. */
  public static final BootLoader NONE = new BootLoader(List.of(), Optional.empty());

  /** Takes an immutable copy. */
  public BootLoader {
    memory = List.copyOf(memory);
    overlays = List.copyOf(overlays);
  }

  /** Writes only RAM and a command line. */
  public BootLoader(List<Memory> memory, Optional<String> bootArgs) {
    this(memory, bootArgs, List.of());
  }

  /**
   * Reads an overlay, {@code .dts} or {@code .dtbo}.
   *
   * @param file on any file system
   * @throws BoardException if it does not exist or is not a device tree
   */
  public static DeviceTree readOverlay(Path file) throws BoardException {
    try {
      return DeviceTree.read(file);
    } catch (DeviceTreeException malformed) {
      throw new BoardException(String.valueOf(malformed.getMessage()), malformed);
    } catch (IOException unreadable) {
      throw new BoardException(file + ": " + HostFailure.reason(unreadable), unreadable);
    }
  }

  /** Returns a tree with the overlays. */
  DeviceTree overlay(DeviceTree tree) throws DeviceTreeException, BoardException {
    if (tree.isOverlay()) {
      throw new BoardException(
          tree.root().location() + ": this is an overlay; give it with --overlay, and a board");
    }
    DeviceTree whole = tree;
    for (DeviceTree overlay : overlays) {
      whole = whole.withOverlay(overlay);
    }
    return whole;
  }

  /**
   * RAM.
   *
   * @param size bytes, whole pages, 1 or more
   * @param address its first address, page-aligned; empty for that of the tree's RAM
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

    /** Returns its addresses; RAM without an address begins at the given one. */
    AddressRange from(String board, long otherwise) throws BoardException {
      long start = address.orElse(otherwise);
      if (start + size < 0) {
        throw new BoardException(
            "%s: --memory: expected RAM below 2^63, found 0x%x bytes at 0x%x"
                .formatted(board, size, start));
      }
      return new AddressRange(start, size);
    }
  }
}
