package dev.nommu.kernel.memory;

import dev.nommu.api.Access;
import dev.nommu.api.AddressRange;
import dev.nommu.api.BusFault;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PlainMemory;
import dev.nommu.api.PlainMemory.Lasting;
import dev.nommu.kernel.plugin.Callers;
import dev.nommu.kernel.plugin.PluginCall;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A range of addresses that can be accessed: RAM, memory of a device, or a window served by a
 * plugin. If the plugin throws an exception or returns an invalid segment, the access faults,
 * naming the plugin's class (rule PLUGIN-01). Thread-safe.
 */
public final class Bank {
  private final String name;
  private final AddressRange range;
  private final DeviceWindow.Kind kind;
  private final Source source;

  /** The memory, if it belongs to the kernel. */
  private final Optional<MemorySegment> own;

  /** The window, its plugin for errors, and the record of accesses in progress. */
  private record Source(DeviceWindow window, Object plugin, WindowAccesses accesses) {}

  private Bank(
      String name,
      AddressRange range,
      DeviceWindow.Kind kind,
      Source source,
      Optional<MemorySegment> own) {
    this.name = name;
    this.range = range;
    this.kind = kind;
    this.source = source;
    this.own = own;
  }

  /** Returns a bank of kernel memory, as large as the range. */
  static Bank ofMemory(String name, AddressRange range, MemorySegment memory) {
    DeviceWindow window = DeviceWindow.of(memory);
    Source source = new Source(window, window, new WindowAccesses());
    return new Bank(name, range, DeviceWindow.Kind.DATA, source, Optional.of(memory));
  }

  /** See {@link PhysicalMemory#window}. */
  static Bank ofWindow(
      String name, AddressRange range, DeviceWindow window, Object owner, WindowAccesses accesses)
      throws ErrnoException {
    Object plugin = PluginCall.blamed(window, owner);
    long size = size(window, owner);
    if (size != range.length()) {
      throw new ErrnoException(
          Errno.EINVAL,
          "%s: claim of %s: expected a window of 0x%x bytes, found 0x%x"
              .formatted(name, range, range.length(), size));
    }
    DeviceWindow.Kind kind = PluginCall.ask(plugin, "kind", window::kind);
    Source source = new Source(window, plugin, accesses);
    return new Bank(name, range, kind, source, Optional.empty());
  }

  /** Returns the bank after its device is unplugged: every access to a window then fails. */
  Bank unplugged() {
    if (own.isPresent() || source.window instanceof DeviceWindow.Memory) {
      return this;
    }
    DeviceWindow gone = new UnpluggedWindow(range.length());
    return new Bank(name, range, kind, new Source(gone, gone, source.accesses), own);
  }

  /**
   * Returns the size of a window in bytes.
   *
   * @param owner the plugin named in errors of a window class of {@code api}
   * @throws ErrnoException EIO if the window fails to return it
   */
  public static long size(DeviceWindow window, Object owner) throws ErrnoException {
    Object plugin = PluginCall.blamed(window, owner);
    return PluginCall.count(plugin, "size", 0, Long.MAX_VALUE, window::size);
  }

  /** Returns its name, as in /proc/iomem. */
  public String name() {
    return name;
  }

  /** Returns its addresses. */
  public AddressRange range() {
    return range;
  }

  /** Returns the kind of memory that programs access there. */
  public DeviceWindow.Kind kind() {
    return kind;
  }

  /** Returns the number of bytes from an address in the bank to its end. */
  long left(long address) {
    return range.end() - address;
  }

  /**
   * Returns the whole bank as memory that is plain for this kind of access, or empty.
   *
   * @throws MemoryFault if the plugin fails
   */
  Optional<PlainMemory> plain(Access access) throws MemoryFault {
    Lasting lasting = own.isPresent() ? Lasting.FOREVER : Lasting.MOMENT;
    return memory(range.start(), range.length())
        .filter(memory -> access != Access.STORE || !memory.isReadOnly())
        .filter(memory -> isAlike(range.start(), memory))
        .map(memory -> new PlainMemory(range.start(), memory, lasting));
  }

  /** Memory with another alignment in the host, or on its heap, is accessed through the kernel. */
  private static boolean isAlike(long start, MemorySegment memory) {
    return memory.isNative() && ((memory.address() ^ start) & 15) == 0 && memory.byteSize() > 0;
  }

  /**
   * Returns the plain memory of the bank from an address on, or empty while the device handles each
   * load and store.
   *
   * @throws MemoryFault if the plugin fails
   */
  public Optional<MemorySegment> memory(long address, long length) throws MemoryFault {
    Optional<MemorySegment> memory = own.isPresent() ? own : ask(address);
    if (memory.isEmpty()) {
      return memory;
    }
    try {
      return Optional.of(memory.get().asSlice(address - range.start(), length));
    } catch (IndexOutOfBoundsException tooShort) {
      throw wrong(
          address,
          "expected %d bytes, found %d".formatted(range.length(), memory.get().byteSize()));
    }
  }

  private Optional<MemorySegment> ask(long address) throws MemoryFault {
    Optional<MemorySegment> memory;
    Callers.Call noted = source.accesses.begin();
    try {
      memory = PluginCall.ask(source.plugin, "memory", source.window::memory);
    } catch (ErrnoException fault) {
      throw MemoryFault.of(address, fault);
    } finally {
      noted.close();
    }
    if (memory.isPresent()) {
      requireUsable(address, memory.get());
    }
    return memory;
  }

  /**
   * Checks that a plugin's memory is still alive and accessible to this thread.
   *
   * @throws MemoryFault naming the plugin if it is not
   */
  void requireUsable(long address, MemorySegment memory) throws MemoryFault {
    if (own.isPresent()) {
      return;
    }
    if (!memory.scope().isAlive()) {
      throw wrong(address, "expected memory, found a segment that is closed");
    }
    if (!memory.isAccessibleBy(Thread.currentThread())) {
      throw wrong(address, "expected memory, found a segment that is confined to another thread");
    }
  }

  private MemoryFault wrong(long address, String expectedAndFound) {
    return MemoryFault.of(address, PluginCall.wrong(source.plugin, "memory", expectedAndFound));
  }

  /**
   * Has the device handle a load.
   *
   * @throws MemoryFault if the device rejects such a load, or the plugin throws
   */
  long load(long address, int width) throws MemoryFault {
    Callers.Call noted = source.accesses.begin();
    try {
      return source.window.load(address - range.start(), width);
    } catch (BusFault refused) {
      throw MemoryFault.notAnswered(address, this, refused);
    } catch (Throwable thrown) {
      throw MemoryFault.of(address, PluginCall.failure(source.plugin, "load", thrown));
    } finally {
      noted.close();
    }
  }

  /**
   * Has the device handle a store.
   *
   * @throws MemoryFault if the device rejects such a store, or the plugin throws
   */
  void store(long address, int width, long value) throws MemoryFault {
    Callers.Call noted = source.accesses.begin();
    try {
      source.window.store(address - range.start(), width, value);
    } catch (BusFault refused) {
      throw MemoryFault.notAnswered(address, this, refused);
    } catch (Throwable thrown) {
      throw MemoryFault.of(address, PluginCall.failure(source.plugin, "store", thrown));
    } finally {
      noted.close();
    }
  }

  /** Returns its name and addresses. */
  @Override
  public String toString() {
    return name + " at " + range;
  }
}
