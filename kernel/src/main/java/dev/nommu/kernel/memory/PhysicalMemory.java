package dev.nommu.kernel.memory;

import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.UserMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The flat physical address space: RAM and the windows of devices. Whatever lies at an address can
 * be loaded and stored by anyone: there is no MMU. Thread-safe; unsynchronised accesses to the same
 * bytes race as they do on hardware.
 */
public final class PhysicalMemory {
  /**
   * Something that answers at a range of addresses.
   *
   * @param name what it is, as in /proc/iomem
   * @param range its addresses
   * @param window what answers
   */
  public record Bank(String name, AddressRange range, DeviceWindow window) {}

  private final Arena arena;
  private final ConcurrentSkipListMap<Long, Bank> banks = new ConcurrentSkipListMap<>();
  private final MemorySegment ram;
  private final AddressRange ramRange;

  /**
   * Creates an address space with RAM. The RAM is reserved, not touched.
   *
   * @param ram the addresses of the RAM
   * @param arena keeps the memory until it is closed
   */
  public PhysicalMemory(AddressRange ram, Arena arena) {
    this.arena = arena;
    this.ramRange = ram;
    this.ram = NativeMemory.reserve(ram.length(), arena);
    banks.put(ram.start(), new Bank("System RAM", ram, DeviceWindow.of(this.ram)));
  }

  /** Returns the addresses of the RAM. */
  public AddressRange ram() {
    return ramRange;
  }

  /** Returns everything that answers, by ascending address. */
  public List<Bank> banks() {
    return List.copyOf(banks.values());
  }

  /**
   * Gives a device zeroed memory at these addresses.
   *
   * @throws ErrnoException EBUSY if something answers there already
   */
  public MemorySegment addMemory(String name, AddressRange range) throws ErrnoException {
    requireFree(name, range);
    MemorySegment memory = NativeMemory.reserve(range.length(), arena);
    addWindow(name, range, DeviceWindow.of(memory));
    return memory;
  }

  /**
   * Lets a window answer at these addresses.
   *
   * @throws ErrnoException EBUSY if something answers there already; EINVAL if the sizes differ
   */
  public void addWindow(String name, AddressRange range, DeviceWindow window)
      throws ErrnoException {
    requireFree(name, range);
    if (window.size() != range.length()) {
      throw new ErrnoException(
          Errno.EINVAL,
          "%s: claim of %s: expected a window of 0x%x bytes, found 0x%x"
              .formatted(name, range, range.length(), window.size()));
    }
    banks.put(range.start(), new Bank(name, range, window));
  }

  /** Takes away what begins at this address. */
  public void remove(long start) {
    banks.remove(start);
  }

  private void requireFree(String name, AddressRange range) throws ErrnoException {
    for (Bank bank : banks.values()) {
      if (bank.range().overlaps(range)) {
        throw new ErrnoException(
            Errno.EBUSY,
            "%s: claim of %s: %s is at %s".formatted(name, range, bank.name(), bank.range()));
      }
    }
  }

  /** Returns what answers at an address, or empty. */
  public Optional<Bank> bankAt(long address) {
    Map.Entry<Long, Bank> below = banks.floorEntry(address);
    return Optional.ofNullable(below)
        .map(Map.Entry::getValue)
        .filter(bank -> bank.range().contains(address, 1));
  }

  /**
   * Returns RAM as a segment; stores through it are the memory's own.
   *
   * @param address in RAM
   * @param length bytes, within RAM
   */
  public MemorySegment ramAt(long address, long length) {
    return ram.asSlice(address - ramRange.start(), length);
  }

  /**
   * Returns plain memory as a segment, without a copy.
   *
   * @throws MemoryFault if nothing answers at some address of the range, or a device must be asked
   *     for each load and store, or the range spans two banks
   */
  public MemorySegment at(long address, long length) throws MemoryFault {
    if (ramRange.contains(address, length)) {
      return ramAt(address, length);
    }
    Bank bank = requireBank(address);
    if (!bank.range().contains(address, length)) {
      throw new MemoryFault(bank.range().end());
    }
    return bank.window()
        .memory()
        .map(memory -> memory.asSlice(address - bank.range().start(), length))
        .orElseThrow(() -> new MemoryFault(address));
  }

  /**
   * Loads bytes.
   *
   * @param into filled from its start
   * @throws MemoryFault at the first address at which nothing answers
   */
  public void load(long address, MemorySegment into) throws MemoryFault {
    long done = 0;
    while (done < into.byteSize()) {
      Bank bank = requireBank(address + done);
      long step = Math.min(into.byteSize() - done, bank.range().end() - address - done);
      load(bank, address + done - bank.range().start(), into.asSlice(done, step));
      done += step;
    }
  }

  private static void load(Bank bank, long offset, MemorySegment into) {
    Optional<MemorySegment> memory = bank.window().memory();
    if (memory.isPresent()) {
      into.copyFrom(memory.get().asSlice(offset, into.byteSize()));
      return;
    }
    for (long i = 0; i < into.byteSize(); i++) {
      into.set(ValueLayout.JAVA_BYTE, i, (byte) bank.window().load(offset + i, 1));
    }
  }

  /**
   * Stores bytes. Nothing protects what is there.
   *
   * @throws MemoryFault at the first address at which nothing answers; bytes below it are stored
   */
  public void store(long address, MemorySegment from) throws MemoryFault {
    long done = 0;
    while (done < from.byteSize()) {
      Bank bank = requireBank(address + done);
      long step = Math.min(from.byteSize() - done, bank.range().end() - address - done);
      store(bank, address + done - bank.range().start(), from.asSlice(done, step));
      done += step;
    }
  }

  private static void store(Bank bank, long offset, MemorySegment from) {
    Optional<MemorySegment> memory = bank.window().memory();
    if (memory.isPresent()) {
      memory.get().asSlice(offset, from.byteSize()).copyFrom(from);
      return;
    }
    for (long i = 0; i < from.byteSize(); i++) {
      bank.window().store(offset + i, 1, from.get(ValueLayout.JAVA_BYTE, i) & 0xffL);
    }
  }

  /** Returns memory by address for ioctls: EFAULT where there is none in one piece. */
  public UserMemory asUserMemory() {
    return (address, length) -> {
      try {
        return at(address, length);
      } catch (MemoryFault fault) {
        throw new ErrnoException(
            Errno.EFAULT, "nothing answers at address 0x%x".formatted(fault.address()), fault);
      }
    };
  }

  private Bank requireBank(long address) throws MemoryFault {
    return bankAt(address).orElseThrow(() -> new MemoryFault(address));
  }
}
