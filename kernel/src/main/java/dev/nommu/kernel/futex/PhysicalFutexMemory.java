package dev.nommu.kernel.futex;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.Bank;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.memory.PhysicalMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * The values of futexes in a machine's memory. A change of plain memory is atomic with respect to
 * other atomic operations on the same word; at a device it is a load and a store.
 */
final class PhysicalFutexMemory implements FutexMemory {
  private static final ValueLayout.OfInt LAYOUT =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle WORD = LAYOUT.varHandle();

  private final PhysicalMemory memory;

  PhysicalFutexMemory(PhysicalMemory memory) {
    this.memory = memory;
  }

  @Override
  public int load(long address) throws ErrnoException {
    Optional<MemorySegment> plain = plain(address);
    return plain.isPresent() ? (int) WORD.getVolatile(plain.get(), 0L) : loadFromDevice(address);
  }

  @Override
  public int update(long address, IntUnaryOperator change) throws ErrnoException {
    Optional<MemorySegment> plain = plain(address);
    return plain.isPresent() ? swap(plain.get(), change) : updateDevice(address, change);
  }

  /** Returns a word of memory in which atomic operations are possible, or empty. */
  private Optional<MemorySegment> plain(long address) throws ErrnoException {
    Bank bank = memory.bankAt(address).orElseThrow(() -> nothing(address));
    if (!bank.range().contains(address, Integer.BYTES)) {
      throw nothing(address);
    }
    try {
      return bank.memory(address, Integer.BYTES)
          .filter(word -> !word.isReadOnly() && word.maxByteAlignment() >= Integer.BYTES);
    } catch (MemoryFault fault) {
      throw failed(address, fault);
    }
  }

  private static int swap(MemorySegment word, IntUnaryOperator change) {
    int before = (int) WORD.getVolatile(word, 0L);
    while (!WORD.compareAndSet(word, 0L, before, change.applyAsInt(before))) {
      before = (int) WORD.getVolatile(word, 0L);
    }
    return before;
  }

  private int updateDevice(long address, IntUnaryOperator change) throws ErrnoException {
    int before = loadFromDevice(address);
    MemorySegment word = buffer();
    word.set(LAYOUT, 0, change.applyAsInt(before));
    try {
      memory.store(address, word);
      return before;
    } catch (MemoryFault fault) {
      throw failed(address, fault);
    }
  }

  private int loadFromDevice(long address) throws ErrnoException {
    MemorySegment word = buffer();
    try {
      memory.load(address, word);
      return word.get(LAYOUT, 0);
    } catch (MemoryFault fault) {
      throw failed(address, fault);
    }
  }

  private static MemorySegment buffer() {
    return MemorySegment.ofArray(new int[1]);
  }

  private static ErrnoException failed(long address, MemoryFault fault) {
    return new ErrnoException(
        Errno.EFAULT, "futex at 0x%x: %s".formatted(address, fault.getMessage()), fault);
  }

  private static ErrnoException nothing(long address) {
    return new ErrnoException(
        Errno.EFAULT, "futex at 0x%x: no memory or device at this address".formatted(address));
  }
}
