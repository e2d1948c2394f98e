package dev.nommu.kernel.memory;

import dev.nommu.api.Access;
import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PlainMemory;
import dev.nommu.api.UserMemory;
import dev.nommu.kernel.plugin.LostPage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The flat physical address space: RAM and the windows of devices. Any process can load from and
 * store to every address: there is no MMU. Thread-safe; unsynchronised accesses to the same bytes
 * race as they do on hardware.
 *
 * <p>To observe the loads and stores of tasks, extend it and bind a {@link MemoryFactory}: all of
 * them go through the longer {@code load} and {@code store}, except those through a segment of
 * {@link #at}.
 */
public class PhysicalMemory {
  private static final String KEPT_OUT =
      ": expected no-map in /reserved-memory to keep the RAM out (reserved-memory.yaml)";
  private static final VarHandle INT =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
  private static final VarHandle LONG =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

  private final Arena arena;
  private final ConcurrentSkipListMap<Long, Bank> banks = new ConcurrentSkipListMap<>();
  private final Ram ram;
  private final PageFrames frames;
  private final RamBank[] ramBanks;
  private final WindowAccesses windowAccesses = new WindowAccesses();

  private record RamBank(AddressRange range, MemorySegment memory) {}

  /**
   * Creates an address space with RAM. The RAM is reserved, not touched.
   *
   * @param ram the location of the RAM
   * @param arena owns the memory until it is closed
   * @throws ErrnoException ENOMEM if the host has too little address space
   */
  public PhysicalMemory(Ram ram, Arena arena) throws ErrnoException {
    this.arena = arena;
    this.ram = ram;
    this.frames = new PageFrames(ram);
    List<RamBank> made = new ArrayList<>();
    for (AddressRange range : ram.banks()) {
      MemorySegment memory = NativeMemory.reserve("RAM", range.length(), arena);
      made.add(new RamBank(range, memory));
      banks.put(range.start(), Bank.ofMemory("System RAM", range, memory));
    }
    this.ramBanks = made.toArray(RamBank[]::new);
  }

  /** Returns the addresses of the RAM. */
  public Ram ram() {
    return ram;
  }

  /** Returns the numbers of the pages of the RAM. */
  public PageFrames frames() {
    return frames;
  }

  /** Returns the accesses to device windows in progress. */
  public WindowAccesses windowAccesses() {
    return windowAccesses;
  }

  /** Returns all banks, by ascending address. */
  public List<Bank> banks() {
    return List.copyOf(banks.values());
  }

  /**
   * Adds zeroed memory of a device at these addresses.
   *
   * @throws ErrnoException EBUSY if an address is already in use; ENOMEM if the host has too little
   *     address space
   */
  public MemorySegment addMemory(String name, AddressRange range) throws ErrnoException {
    requireFree(name, range);
    MemorySegment memory = allocate(name, range.length());
    addMemory(name, range, memory);
    return memory;
  }

  /**
   * Adds memory of the kernel at these addresses.
   *
   * @param memory as large as the range
   * @throws ErrnoException EBUSY if an address is already in use
   */
  public void addMemory(String name, AddressRange range, MemorySegment memory)
      throws ErrnoException {
    add(Bank.ofMemory(name, range, memory));
  }

  /**
   * Returns zeroed memory for the contents of a device behind its window; it has no address yet.
   *
   * @param name the name of the device
   * @param bytes 1 or more
   * @throws ErrnoException ENOMEM if the host has too little address space
   */
  public MemorySegment allocate(String name, long bytes) throws ErrnoException {
    return NativeMemory.allocate("memory for " + name, bytes, arena);
  }

  /**
   * Returns a bank served by a plugin; it is not added yet.
   *
   * @param name its name, as in /proc/iomem
   * @param range its addresses
   * @param window the window that handles accesses
   * @param owner the plugin named in errors of a window class of {@code api}
   * @throws ErrnoException EINVAL if the window is not as large as the range; EIO if it fails to
   *     return its size
   */
  public Bank window(String name, AddressRange range, DeviceWindow window, Object owner)
      throws ErrnoException {
    return Bank.ofWindow(name, range, window, owner, windowAccesses);
  }

  /**
   * Adds a bank at its addresses.
   *
   * @throws ErrnoException EBUSY if an address is already in use
   */
  public synchronized void add(Bank bank) throws ErrnoException {
    requireFree(bank.name(), bank.range());
    banks.put(bank.range().start(), bank);
  }

  /** Removes the bank with exactly these addresses. */
  public void remove(AddressRange range) {
    banks.remove(range.start());
  }

  /**
   * Makes a window at exactly these addresses fail each load and store because its device was
   * unplugged; plain memory stays (rules HOT-06 and HOT-07).
   */
  public void unplug(AddressRange range) {
    banks.computeIfPresent(range.start(), (start, bank) -> bank.unplugged());
  }

  private void requireFree(String name, AddressRange range) throws ErrnoException {
    Optional<Bank> there = firstIn(range);
    if (there.isPresent()) {
      throw new ErrnoException(
          Errno.EBUSY,
          "claim of %s for %s: already used by %s%s"
              .formatted(range, name, there.get(), ram.overlaps(range) ? KEPT_OUT : ""));
    }
  }

  /** Returns a bank that overlaps a range, or empty. */
  public Optional<Bank> firstIn(AddressRange range) {
    return Optional.ofNullable(banks.floorEntry(range.end() - 1))
        .map(Map.Entry::getValue)
        .filter(bank -> bank.range().overlaps(range));
  }

  /** Returns the banks that overlap a range, by descending address. */
  public List<Bank> banksIn(AddressRange range) {
    return banks.headMap(range.end()).descendingMap().values().stream()
        .takeWhile(bank -> bank.range().overlaps(range))
        .toList();
  }

  /** Returns the bank at an address, or empty. */
  public Optional<Bank> bankAt(long address) {
    Map.Entry<Long, Bank> below = banks.floorEntry(address);
    return Optional.ofNullable(below)
        .map(Map.Entry::getValue)
        .filter(bank -> bank.range().contains(address, 1));
  }

  /**
   * Returns RAM as a segment; stores through it change the memory itself.
   *
   * @param address in RAM
   * @param length bytes, within one bank of RAM
   * @throws IllegalArgumentException if they are not RAM
   */
  public MemorySegment ramAt(long address, long length) {
    MemorySegment memory = inRam(address, length);
    if (memory == null) {
      throw new IllegalArgumentException(
          "0x%x: expected %d bytes of RAM, found none".formatted(address, length));
    }
    return memory;
  }

  private @Nullable MemorySegment inRam(long address, long length) {
    for (RamBank bank : ramBanks) {
      if (bank.range.contains(address, length)) {
        return bank.memory.asSlice(address - bank.range.start(), length);
      }
    }
    return null;
  }

  /**
   * Returns plain memory as a segment, without a copy.
   *
   * @throws MemoryFault if an address of the range has no memory or device, or a device handles
   *     each load and store, or the range spans two banks
   */
  public MemorySegment at(long address, long length) throws MemoryFault {
    MemorySegment inRam = inRam(address, length);
    if (inRam != null) {
      return inRam;
    }
    Bank bank = requireBank(address);
    if (!bank.range().contains(address, length)) {
      throw MemoryFault.notInOnePiece(address, length, bank);
    }
    return bank.memory(address, length).orElseThrow(() -> MemoryFault.notPlain(address, bank));
  }

  /**
   * Returns the largest piece of memory around an address that such accesses use directly, without
   * calling a device, or empty.
   */
  public Optional<PlainMemory> plain(long address, Access access) {
    Optional<Bank> bank = bankAt(address);
    try {
      return bank.isEmpty() ? Optional.empty() : bank.get().plain(access);
    } catch (MemoryFault cannotSay) {
      return Optional.empty();
    }
  }

  /**
   * Atomically stores a word if the current one is as expected.
   *
   * @param address a multiple of the width
   * @param width 4 or 8 bytes
   * @return the previous word; 4 bytes are zero-extended
   * @throws MemoryFault if there is no writable memory at the address
   */
  public long compareAndExchange(long address, int width, long expected, long value)
      throws MemoryFault {
    MemorySegment word = at(address, width);
    return width == Integer.BYTES
        ? (int) INT.compareAndExchange(word, 0L, (int) expected, (int) value) & 0xffff_ffffL
        : (long) LONG.compareAndExchange(word, 0L, expected, value);
  }

  /** Loads bytes unobserved; see {@link #load(long, MemorySegment, MemoryAccess, Object)}. */
  public void load(long address, MemorySegment into) throws MemoryFault {
    load(address, into, MemoryAccess.UNHEARD, this);
  }

  /**
   * Loads bytes.
   *
   * @param into filled from its start
   * @param access is notified of the load
   * @param by the accessor
   * @throws MemoryFault at the first address without memory or device, or where the device fails
   */
  public <W> void load(long address, MemorySegment into, MemoryAccess<? super W> access, W by)
      throws MemoryFault {
    long done = 0;
    while (done < into.byteSize()) {
      long at = address + done;
      Bank bank = requireBank(at);
      MemorySegment step = into.asSlice(done, Math.min(into.byteSize() - done, bank.left(at)));
      Optional<MemorySegment> memory = bank.memory(at, step.byteSize());
      if (memory.isPresent()) {
        copy(bank, at, memory.get(), memory.get(), step);
      } else {
        loadFromDevice(bank, at, step);
        access.answered(by, bank, at, step);
      }
      done += step.byteSize();
    }
    access.loaded(by, address, done);
  }

  /** Copies between the memory of a bank and the caller's; the bank's may already be closed. */
  private static void copy(
      Bank bank, long address, MemorySegment ofBank, MemorySegment from, MemorySegment to)
      throws MemoryFault {
    try {
      to.copyFrom(from);
    } catch (IllegalStateException | WrongThreadException unusable) {
      bank.requireUsable(address, ofBank);
      throw unusable;
    } catch (InternalError error) {
      if (LostPage.isReportedBy(error)) {
        throw MemoryFault.of(address, LostPage.failure(bank.toString(), error));
      }
      throw error;
    }
  }

  private static void loadFromDevice(Bank bank, long address, MemorySegment into)
      throws MemoryFault {
    int width;
    for (long done = 0; done < into.byteSize(); done += width) {
      width = width(address + done, into.byteSize() - done);
      long value = bank.load(address + done, width);
      for (int i = 0; i < width; i++) {
        into.set(ValueLayout.JAVA_BYTE, done + i, (byte) (value >>> (8 * i)));
      }
    }
  }

  /** Stores bytes unobserved; see {@link #store(long, MemorySegment, MemoryAccess, Object)}. */
  public void store(long address, MemorySegment from) throws MemoryFault {
    store(address, from, MemoryAccess.UNHEARD, this);
  }

  /**
   * Stores bytes. There is no protection. Read-only memory handles stores as a device: to a flash
   * chip they are commands.
   *
   * @param access is notified of the store
   * @param by the accessor
   * @throws MemoryFault at the first address without memory or device, or where the device fails;
   *     bytes below it are stored
   */
  public <W> void store(long address, MemorySegment from, MemoryAccess<? super W> access, W by)
      throws MemoryFault {
    long done = 0;
    while (done < from.byteSize()) {
      long at = address + done;
      Bank bank = requireBank(at);
      MemorySegment step = from.asSlice(done, Math.min(from.byteSize() - done, bank.left(at)));
      Optional<MemorySegment> memory = bank.memory(at, step.byteSize());
      if (memory.isPresent() && !memory.get().isReadOnly()) {
        copy(bank, at, memory.get(), step, memory.get());
      } else {
        storeToDevice(bank, at, step);
        access.taken(by, bank, at, step);
      }
      done += step.byteSize();
    }
    access.stored(by, address, done);
  }

  private static void storeToDevice(Bank bank, long address, MemorySegment from)
      throws MemoryFault {
    int width;
    for (long done = 0; done < from.byteSize(); done += width) {
      width = width(address + done, from.byteSize() - done);
      long value = 0;
      for (int i = 0; i < width; i++) {
        value |= (from.get(ValueLayout.JAVA_BYTE, done + i) & 0xffL) << (8 * i);
      }
      bank.store(address + done, width, value);
    }
  }

  /** Returns the number of bytes moved by a single aligned load or store: a device sees words. */
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
        throw new ErrnoException(Errno.EFAULT, String.valueOf(fault.getMessage()), fault);
      }
    };
  }

  private Bank requireBank(long address) throws MemoryFault {
    return bankAt(address).orElseThrow(() -> MemoryFault.nothingAt(address));
  }
}
