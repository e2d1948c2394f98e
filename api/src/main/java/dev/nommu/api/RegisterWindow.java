package dev.nommu.api;

import java.lang.foreign.MemorySegment;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/**
 * A window of 32-bit registers, each with a name, which programs map on purpose.
 *
 * {@snippet :
 * context.claim(
 *     range,
 *     RegisterWindow.of(
 *         range.length(),
 *         Register.readOnly(0x0, "ID", () -> 0x5e45),
 *         Register.readWrite(0x4, "CONTROL", control::get, control::set),
 *         Register.writeOnly(0x8, "RESET", value -> control.set(0))));
 * }
 *
 * <p>Registers are loaded and stored one at a time, with the window's monitor held: a driver that
 * uses their state elsewhere guards it with that monitor, or with atomic variables.
 *
 * <p>Other accesses cause a {@link BusFault} that states expected and found: an offset without a
 * register, a load of a write-only register, a store to a read-only one, and an access narrower
 * than 32 bits. An access of 64 bits is two of 32 bits, the lower offset first, as on a 32-bit bus.
 *
 * @since 0.1.0
 */
public final class RegisterWindow implements DeviceWindow {
  private final long size;
  private final NavigableMap<Long, Register> registers;

  private RegisterWindow(long size, NavigableMap<Long, Register> registers) {
    this.size = size;
    this.registers = registers;
  }

  /**
   * Returns a window with these registers.
   *
   * @param size bytes in the window
   * @throws IllegalArgumentException if a register is not in the window, or two have one offset
   */
  public static RegisterWindow of(long size, Register... registers) {
    NavigableMap<Long, Register> byOffset = new TreeMap<>();
    for (Register register : registers) {
      if (register.offset() > size - Register.BYTES) {
        throw new IllegalArgumentException(
            "%s: expected it in a window of 0x%x bytes".formatted(register, size));
      }
      Register other = byOffset.putIfAbsent(register.offset(), register);
      if (other != null) {
        throw new IllegalArgumentException(
            "%s: expected an offset of its own, found %s there".formatted(register, other));
      }
    }
    return new RegisterWindow(size, byOffset);
  }

  /** A register. */
  public static final class Register {
    static final int BYTES = Integer.BYTES;

    private final long offset;
    private final String name;
    private final Optional<IntSupplier> load;
    private final Optional<IntConsumer> store;

    private Register(
        long offset, String name, Optional<IntSupplier> load, Optional<IntConsumer> store) {
      if (offset < 0 || offset % BYTES != 0) {
        throw new IllegalArgumentException(
            "register %s: expected an offset that is a multiple of %d, found %d"
                .formatted(name, BYTES, offset));
      }
      this.offset = offset;
      this.name = name;
      this.load = load;
      this.store = store;
    }

    /**
     * Returns a register that can only be loaded.
     *
     * @param offset bytes from the start of the window, a multiple of 4
     * @param name its name in messages
     * @param load answers a load
     */
    public static Register readOnly(long offset, String name, IntSupplier load) {
      return new Register(offset, name, Optional.of(load), Optional.empty());
    }

    /**
     * Returns a register that can only be stored.
     *
     * @param offset bytes from the start of the window, a multiple of 4
     * @param name its name in messages
     * @param store receives the stored value
     */
    public static Register writeOnly(long offset, String name, IntConsumer store) {
      return new Register(offset, name, Optional.empty(), Optional.of(store));
    }

    /**
     * Returns a register that can be loaded and stored.
     *
     * @param offset bytes from the start of the window, a multiple of 4
     * @param name its name in messages
     * @param load answers a load
     * @param store receives the stored value
     */
    public static Register readWrite(
        long offset, String name, IntSupplier load, IntConsumer store) {
      return new Register(offset, name, Optional.of(load), Optional.of(store));
    }

    long offset() {
      return offset;
    }

    /** Returns the name and the offset. */
    @Override
    public String toString() {
      return "register %s at 0x%x".formatted(name, offset);
    }
  }

  @Override
  public long size() {
    return size;
  }

  /** Returns empty: each load and store is answered by a register. */
  @Override
  public Optional<MemorySegment> memory() {
    return Optional.empty();
  }

  @Override
  public Kind kind() {
    return Kind.REGISTERS;
  }

  @Override
  public synchronized long load(long offset, int width) {
    if (width == Long.BYTES) {
      long low = load(offset, Register.BYTES);
      return load(offset + Register.BYTES, Register.BYTES) << Integer.SIZE | low;
    }
    Register register = register("load", offset, width);
    IntSupplier load =
        register.load.orElseThrow(
            () -> new BusFault("load of %s: it can only be stored".formatted(register)));
    return Integer.toUnsignedLong(load.getAsInt());
  }

  @Override
  public synchronized void store(long offset, int width, long value) {
    if (width == Long.BYTES) {
      store(offset, Register.BYTES, value);
      store(offset + Register.BYTES, Register.BYTES, value >>> Integer.SIZE);
      return;
    }
    Register register = register("store", offset, width);
    IntConsumer store =
        register.store.orElseThrow(
            () -> new BusFault("store to %s: it can only be loaded".formatted(register)));
    store.accept((int) value);
  }

  private Register register(String action, long offset, int width) {
    Register register = registers.get(offset & -Register.BYTES);
    if (register == null) {
      throw new BusFault(
          "%s of %d bytes at 0x%x: no register is there, there are %s"
              .formatted(action, width, offset, registers.values()));
    }
    if (width != Register.BYTES || register.offset != offset) {
      throw new BusFault(
          "%s of %d bytes at 0x%x: expected all %d bytes of %s"
              .formatted(action, width, offset, Register.BYTES, register));
    }
    return register;
  }
}
