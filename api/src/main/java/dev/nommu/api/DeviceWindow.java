package dev.nommu.api;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The device's side of loads and stores at the addresses it owns. Called concurrently, from the
 * moment it is claimed, while {@code probe} still runs too: without an MMU anyone may look at any
 * time.
 *
 * <p>Loads and stores arrive as on a bus: in words of 1, 2, 4 or 8 bytes that lie at a multiple of
 * their width. A program's transfer is split into such words, each the widest that fits: 7 bytes at
 * offset 2 are words of 2, 4 and 1 bytes, and half a command is another command. {@link
 * RegisterWindow} is a window of 32-bit registers.
 *
 * @since 0.1.0
 */
public interface DeviceWindow {
  /**
   * The kind of memory a program sees where it maps a window. The set may grow: a switch needs a
   * default.
   */
  enum Kind {
    /**
     * Data. A load that {@link #load} answers shows something else in its place, such as the status
     * of a flash chip that is busy; a sanitizer reports it where it is mapped.
     */
    DATA,

    /** Registers: programs map them on purpose, and load and store them one by one. */
    REGISTERS
  }

  /** Returns what a program finds there; that never changes. */
  default Kind kind() {
    return Kind.DATA;
  }

  /** Returns the bytes in the window; it never changes. */
  long size();

  /**
   * Returns the memory behind the window while loads and stores act on it as on plain memory, or
   * empty while each one must be answered by {@link #load} and {@link #store}. Memory that is
   * read-only is loaded directly, and what is stored goes to {@link #store}.
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
   * A window that is always plain memory. It does not grow: these are all of its components.
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
