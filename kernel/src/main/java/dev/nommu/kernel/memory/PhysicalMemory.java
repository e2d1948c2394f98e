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
  public record Bank(String name, AddressRange range, DeviceWindow window) {
    /** Returns bytes from the start of the window to an address in it. */
    private long offset(long address) {
      return address - range.start();
    }

    /** Returns bytes from an address in the window to its end. */
    private long left(long address) {
      return range.end() - address;
    }
  }

  private final Arena arena;
  private final ConcurrentSkipListMap<Long, Bank> banks = new ConcurrentSkipListMap<>();
  private final MemorySegment ram;
  private final AddressRange ramRange;
  private final PageOwners owners = new PageOwners();

  /**
   * Creates an address space with RAM. The RAM is reserved, not touched.
   *
   * @param ram the addresses of the RAM
   * @param arena keeps the memory until it is closed
   * @throws ErrnoException ENOMEM if the host has not so much address space to give
   */
  public PhysicalMemory(AddressRange ram, Arena arena) throws ErrnoException {
    this.arena = arena;
    this.ramRange = ram;
    this.ram = NativeMemory.reserve("RAM", ram.length(), arena);
    banks.put(ram.start(), new Bank("System RAM", ram, DeviceWindow.of(this.ram)));
  }

  /** Returns the addresses of the RAM. */
  public AddressRange ram() {
    return ramRange;
  }

  /** Returns who has pages of the RAM. */
  public PageOwners owners() {
    return owners;
  }

  /** Returns everything that answers, by ascending address. */
  public List<Bank> banks() {
    return List.copyOf(banks.values());
  }

  /**
   * Gives a device zeroed memory at these addresses.
   *
   * @throws ErrnoException EBUSY if something answers there already; ENOMEM if the host has not so
   *     much address space to give
   */
  public MemorySegment addMemory(String name, AddressRange range) throws ErrnoException {
    requireFree(name, range);
    MemorySegment memory = reserve(name, range.length());
    addWindow(name, range, DeviceWindow.of(memory));
    return memory;
  }

  /**
   * Returns zeroed memory for what a device has behind its window; it answers nowhere yet.
   *
   * @param name what the device is called
   * @param bytes 1 or more
   * @throws ErrnoException ENOMEM if the host has not so much address space to give
   */
  public MemorySegment reserve(String name, long bytes) throws ErrnoException {
    return NativeMemory.reserve("memory for " + name, bytes, arena);
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
   * Loads bytes on nobody's behalf; see {@link #load(long, MemorySegment, DeviceAccess, Object)}.
   */
  public void load(long address, MemorySegment into) throws MemoryFault {
    load(address, into, DeviceAccess.UNHEARD, this);
  }

  /**
   * Loads bytes.
   *
   * @param into filled from its start
   * @param access hears of what a device answers itself
   * @param by who loads
   * @throws MemoryFault at the first address at which nothing answers
   */
  public <W> void load(long address, MemorySegment into, DeviceAccess<? super W> access, W by)
      throws MemoryFault {
    long done = 0;
    while (done < into.byteSize()) {
      long at = address + done;
      Bank bank = requireBank(at);
      MemorySegment step = into.asSlice(done, Math.min(into.byteSize() - done, bank.left(at)));
      Optional<MemorySegment> memory = bank.window().memory();
      if (memory.isPresent()) {
        step.copyFrom(memory.get().asSlice(bank.offset(at), step.byteSize()));
      } else {
        loadFromDevice(bank, at, step);
        access.loaded(by, bank, at, step);
      }
      done += step.byteSize();
    }
  }

  private static void loadFromDevice(Bank bank, long address, MemorySegment into) {
    int width;
    for (long done = 0; done < into.byteSize(); done += width) {
      width = width(address + done, into.byteSize() - done);
      long value = bank.window().load(bank.offset(address + done), width);
      for (int i = 0; i < width; i++) {
        into.set(ValueLayout.JAVA_BYTE, done + i, (byte) (value >>> (8 * i)));
      }
    }
  }

  /**
   * Stores bytes on nobody's behalf; see {@link #store(long, MemorySegment, DeviceAccess, Object)}.
   */
  public void store(long address, MemorySegment from) throws MemoryFault {
    store(address, from, DeviceAccess.UNHEARD, this);
  }

  /**
   * Stores bytes. Nothing protects what is there. What can be read as memory only takes stores as a
   * device does: to a flash chip they are commands.
   *
   * @param access hears of what a device takes itself
   * @param by who stores
   * @throws MemoryFault at the first address at which nothing answers; bytes below it are stored
   */
  public <W> void store(long address, MemorySegment from, DeviceAccess<? super W> access, W by)
      throws MemoryFault {
    long done = 0;
    while (done < from.byteSize()) {
      long at = address + done;
      Bank bank = requireBank(at);
      MemorySegment step = from.asSlice(done, Math.min(from.byteSize() - done, bank.left(at)));
      Optional<MemorySegment> memory = bank.window().memory();
      if (memory.isPresent() && !memory.get().isReadOnly()) {
        memory.get().asSlice(bank.offset(at), step.byteSize()).copyFrom(step);
      } else {
        storeToDevice(bank, at, step);
        access.stored(by, bank, at, step);
      }
      done += step.byteSize();
    }
  }

  private static void storeToDevice(Bank bank, long address, MemorySegment from) {
    int width;
    for (long done = 0; done < from.byteSize(); done += width) {
      width = width(address + done, from.byteSize() - done);
      long value = 0;
      for (int i = 0; i < width; i++) {
        value |= (from.get(ValueLayout.JAVA_BYTE, done + i) & 0xffL) << (8 * i);
      }
      bank.window().store(bank.offset(address + done), width, value);
    }
  }

  /** Returns how many bytes a single aligned load or store moves: a device sees words. */
  private static int width(long address, long left) {
    long aligned = Long.lowestOneBit(address | Long.BYTES);
    return (int) Math.min(aligned, Long.highestOneBit(left));
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
