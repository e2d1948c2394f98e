package dev.nommu.api;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The device's side of loads and stores at the addresses it owns. Called concurrently, from the
 * moment it is claimed, even while {@code probe} still runs: without an MMU any program may access
 * it at any time.
 *
 * <p>Loads and stores arrive as on a bus: in words of 1, 2, 4 or 8 bytes that lie at a multiple of
 * their width. A program's transfer is split into such words, each the widest that fits: 7 bytes at
 * offset 2 are words of 2, 4 and 1 bytes, and half of a command is a different command. {@link
 * RegisterWindow} is a window of 32-bit registers.
 *
 * @since 0.1.0
 */
public interface DeviceWindow {
  /**
   * The kind of memory a program sees in a mapped window. The set may grow: a switch needs a
   * default.
   */
  enum Kind {
    /**
     * Data. A load that {@link #load} answers returns something else, such as the status of a busy
     * flash chip; a sanitizer reports such loads through mappings.
     */
    DATA,

    /** Registers: programs map them on purpose, and access them one by one. */
    REGISTERS
  }

  /** Returns the kind of memory in the window; it never changes. */
  default Kind kind() {
    return Kind.DATA;
  }

  /** Returns the bytes in the window; it never changes. */
  long size();

  /**
   * Returns the memory behind the window while loads and stores act on it as on plain memory, or
   * empty while each one must be answered by {@link #load} and {@link #store}. Memory that is
   * read-only is loaded directly, and stores go to {@link #store}.
   */
  Optional<MemorySegment> memory();

  /**
   * Answers a load.
   *
   * @param offset bytes from the start of the window, a multiple of {@code width}
   * @param width 1, 2, 4 or 8 bytes
   * @return the value, little-endian, in the low {@code width} bytes; those above are ignored
   * @throws BusFault if nothing answers such a load
   */
  long load(long offset, int width);

  /**
   * Takes a store.
   *
   * @param offset bytes from the start of the window, a multiple of {@code width}
   * @param width 1, 2, 4 or 8 bytes
   * @param value little-endian, in the low {@code width} bytes; those above are 0
   * @throws BusFault if nothing takes such a store
   */
  void store(long offset, int width, long value);

  /** Returns a window that is always plain memory. */
  static DeviceWindow of(MemorySegment memory) {
    return new Memory(memory);
  }

  /**
   * A window that is always plain memory. Its components are fixed.
   *
   * @param segment the memory
   */
  record Memory(MemorySegment segment) implements DeviceWindow {
    private static final ValueLayout.OfShort SHORT =
        ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
        ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
        ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @Override
    public long size() {
      return segment.byteSize();
    }

    @Override
    public Optional<MemorySegment> memory() {
      return Optional.of(segment);
    }

    @Override
    public long load(long offset, int width) {
      return switch (width) {
        case 1 -> segment.get(ValueLayout.JAVA_BYTE, offset) & 0xffL;
        case 2 -> segment.get(SHORT, offset) & 0xffffL;
        case 4 -> segment.get(INT, offset) & 0xffff_ffffL;
        case 8 -> segment.get(LONG, offset);
        default -> throw new IllegalArgumentException("load of " + width + " bytes");
      };
    }

    @Override
    public void store(long offset, int width, long value) {
      switch (width) {
        case 1 -> segment.set(ValueLayout.JAVA_BYTE, offset, (byte) value);
        case 2 -> segment.set(SHORT, offset, (short) value);
        case 4 -> segment.set(INT, offset, (int) value);
        case 8 -> segment.set(LONG, offset, value);
        default -> throw new IllegalArgumentException("store of " + width + " bytes");
      }
    }
  }
}
