package dev.nommu.kernel.vfs;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.BackingStore;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.PointedRange;
import dev.nommu.kernel.device.DeviceRegistry;
import dev.nommu.kernel.plugin.FencedStore;
import dev.nommu.kernel.sanitizer.Loan;
import dev.nommu.kernel.sanitizer.Sanitizer;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A store as its file system sees it under a sanitizer, which is notified of ranges pointed and not
 * released. Thread-safe.
 */
final class LentStore implements BackingStore {
  private final FencedStore store;
  private final String borrower;
  private final Sanitizer sanitizer;
  private final Set<Pin> pins = ConcurrentHashMap.newKeySet();

  private LentStore(FencedStore store, FileSystemType borrower, Sanitizer sanitizer) {
    this.store = store;
    this.borrower = borrower.getClass().getName();
    this.sanitizer = sanitizer;
  }

  /** Returns the store for a file system of a type; empty without a sanitizer. */
  static Optional<LentStore> watched(
      Optional<DeviceRegistry.Store> store, FileSystemType borrower, Sanitizer sanitizer) {
    return sanitizer.equals(Sanitizer.OFF)
        ? Optional.empty()
        : store.map(lent -> new LentStore(lent.store(), borrower, sanitizer));
  }

  /** The pointed range, compared by identity. */
  private final class Pin implements Loan {
    private final PointedRange range;
    private final long length;

    Pin(PointedRange range, long length) {
      this.range = range;
      this.length = length;
    }

    @Override
    public String what() {
      return "what is pointed of a store: 0x%x bytes at 0x%x".formatted(length, range.address());
    }

    @Override
    public String holder() {
      return "plugin " + borrower;
    }
  }

  @Override
  public Kind kind() {
    return store.kind();
  }

  @Override
  public long size() {
    return store.size();
  }

  @Override
  public boolean isReadOnly() {
    return store.isReadOnly();
  }

  @Override
  public BackingDeviceInfo backingDeviceInfo() {
    return store.backingDeviceInfo();
  }

  @Override
  public void read(MemorySegment into, long offset) throws ErrnoException {
    store.read(into, offset);
  }

  @Override
  public void write(MemorySegment from, long offset) throws ErrnoException {
    store.write(from, offset);
  }

  @Override
  public void flush() throws ErrnoException {
    store.flush();
  }

  @Override
  public Optional<PointedRange> point(long offset, long length) throws ErrnoException {
    Optional<PointedRange> pointed = store.point(offset, length);
    pointed.ifPresent(range -> {
      Pin pin = new Pin(range, length);
      pins.add(pin);
      sanitizer.lent(pin);
      range.onClose(() -> givenBack(pin));
    });
    return pointed;
  }

  private void givenBack(Pin pin) {
    pins.remove(pin);
    sanitizer.returned(pin);
  }

  /** Reports ranges that are still pointed to the sanitizer. */
  void tellLeft() {
    pins.forEach(sanitizer::left);
  }
}
