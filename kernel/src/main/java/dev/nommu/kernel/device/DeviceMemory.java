package dev.nommu.kernel.device;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.AddressRange;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.memory.Bank;
import dev.nommu.kernel.pages.Territory;
import java.lang.ScopedValue.CallableOp;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The addresses that a device has claimed, and its contents stored in images. Thread-safe. */
final class DeviceMemory {
  private static final String BINDING = "reserved-memory.yaml";
  private static final String REG = "reg: Devicetree Specification v0.4, 2.3.6";

  private final String part;
  private final Optional<String> node;
  private final Hardware hardware;
  private final Territory territory;

  @GuardedBy("this")
  private final List<AddressRange> claimed = new ArrayList<>();

  /**
   * Creates the memory of a device that has claimed nothing yet.
   *
   * @param part the name of the device
   * @param node the path of the node that describes it
   * @param territory receives the claimed addresses
   */
  DeviceMemory(String part, Optional<String> node, Hardware hardware, Territory territory) {
    this.part = part;
    this.node = node;
    this.hardware = hardware;
    this.territory = territory;
  }

  /** See {@link dev.nommu.api.DeviceContext#claimMemory(String, AddressRange)}. */
  synchronized MemorySegment claim(String name, AddressRange range) throws ErrnoException {
    PartContents contents = contents(List.of(range));
    Optional<MemorySegment> kept = kept(contents, (byte) 0);
    MemorySegment memory = claiming(() -> answer(name, range, kept));
    add(range);
    if (kept.isEmpty()) {
      contents.load(memory, hardware.images());
    }
    return memory;
  }

  private MemorySegment answer(String name, AddressRange range, Optional<MemorySegment> kept)
      throws ErrnoException {
    if (kept.isEmpty()) {
      return hardware.memory().addMemory(name, range);
    }
    hardware.memory().addMemory(name, range, kept.get());
    return kept.get();
  }

  /** Claims the addresses that a bank serves. */
  synchronized void claim(Bank bank) throws ErrnoException {
    claiming(() -> {
      hardware.memory().add(bank);
      return bank;
    });
    add(bank.range());
  }

  /** If another device has the addresses, the error cites the specification of reg. */
  private <T> T claiming(CallableOp<T, ErrnoException> claim) throws ErrnoException {
    try {
      return claim.call();
    } catch (ErrnoException failure) {
      if (node.isEmpty() || failure.errno() != Errno.EBUSY) {
        throw failure;
      }
      throw new ErrnoException(
          Errno.EBUSY, "%s (%s)".formatted(failure.getMessage(), REG), failure);
    }
  }

  @GuardedBy("this")
  private void add(AddressRange range) {
    claimed.add(range);
    territory.add(range);
  }

  /** Uses RAM that the board reserves: {@link dev.nommu.api.DeviceContext#memremap}. */
  MemorySegment remap(String name, AddressRange range) throws ErrnoException {
    requireReserved(name, range);
    PartContents contents = contents(List.of(range));
    contents.requireCopied();
    MemorySegment memory = hardware.memory().ramAt(range.start(), range.length());
    contents.load(memory, hardware.images());
    territory.add(range);
    return memory;
  }

  private void requireReserved(String name, AddressRange range) throws ErrnoException {
    if (!hardware.memory().ram().contains(range.start(), range.length())) {
      throw new ErrnoException(
          Errno.EBUSY,
          "%s at %s: only part of it is System RAM, expected one region to contain it (%s): %s"
              .formatted(name, range, BINDING, hardware.memory().ram().banks()));
    }
    if (!hardware.board().memory().isReserved(range)) {
      throw new ErrnoException(
          Errno.EBUSY,
          "%s at %s: contains System RAM that is not reserved (%s): the kernel allocates from it"
              .formatted(name, range, BINDING));
    }
  }

  /** See {@link dev.nommu.api.DeviceContext#contents}. */
  MemorySegment contents(List<AddressRange> ranges, byte erased) throws ErrnoException {
    PartContents contents = contents(ranges);
    Optional<MemorySegment> kept = kept(contents, erased);
    return kept.isPresent() ? kept.get() : loaded(contents, erased);
  }

  private MemorySegment loaded(PartContents contents, byte filler) throws ErrnoException {
    MemorySegment memory = hardware.memory().allocate(contents.part(), contents.length());
    memory.fill(filler);
    contents.load(memory, hardware.images());
    return memory;
  }

  private Optional<MemorySegment> kept(PartContents contents, byte filler) throws ErrnoException {
    Optional<KeptMemory> kept = hardware.images().keep(contents, filler);
    kept.ifPresent(territory::add);
    return kept.map(KeptMemory::memory);
  }

  private PartContents contents(List<AddressRange> ranges) {
    return new PartContents(part, ranges, hardware.contents().in(ranges, node));
  }

  private synchronized List<AddressRange> claimed() {
    return List.copyOf(claimed);
  }

  /** Stops the windows from serving accesses. */
  void unplug() {
    claimed().forEach(hardware.memory()::unplug);
  }

  /** Releases all addresses and images; failures are logged. */
  void giveBack(KernelLog log) {
    List<AddressRange> ranges = claimed();
    ranges.forEach(hardware.memory()::remove);
    hardware.images().release(hardware.contents().in(ranges, node), log);
  }
}
