package dev.nommu.riscvlinux.gdb;

import dev.nommu.api.Access;
import dev.nommu.api.AccessFault;
import dev.nommu.api.PlainMemory;
import dev.nommu.api.ProcessorMemory;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * The addresses at which a program stops. Memory is not changed: a hart that fetches there receives
 * {@code c.ebreak}, so that breakpoints work in ROM and do not affect other processes. Thread-safe;
 * after a change, harts must flush their instructions.
 */
final class Breakpoints {
  private static final int EBREAK = 0x9002;
  private static final int LENGTH = 2;

  private final NavigableSet<Long> addresses = new ConcurrentSkipListSet<>();

  void add(long address) {
    addresses.add(address);
  }

  void remove(long address) {
    addresses.remove(address);
  }

  void clear() {
    addresses.clear();
  }

  boolean isAt(long address) {
    return addresses.contains(address);
  }

  /** Returns memory with the breakpoints inserted. */
  ProcessorMemory over(ProcessorMemory memory) {
    return new Shown(memory);
  }

  /** Returns the part of memory around an address that has no breakpoint; empty at a breakpoint. */
  private Optional<PlainMemory> free(PlainMemory plain, long address) {
    @Nullable Long before = addresses.floor(address);
    @Nullable Long after = addresses.higher(address);
    long start = before == null ? plain.start() : Math.max(plain.start(), before + LENGTH);
    long end = plain.start() + plain.memory().byteSize();
    long stop = after == null ? end : Math.min(end, after);
    return address < start
        ? Optional.empty()
        : Optional.of(
            new PlainMemory(
                start,
                plain.memory().asSlice(start - plain.start(), stop - start),
                plain.lasting()));
  }

  private final class Shown implements ProcessorMemory {
    private final ProcessorMemory memory;

    Shown(ProcessorMemory memory) {
      this.memory = memory;
    }

    @Override
    public Optional<PlainMemory> plain(long address, Access access) {
      Optional<PlainMemory> plain = memory.plain(address, access);
      return access == Access.FETCH ? plain.flatMap(each -> free(each, address)) : plain;
    }

    @Override
    public long fetch(long address, int width) throws AccessFault {
      if (width == LENGTH) {
        return isAt(address) ? EBREAK : memory.fetch(address, width);
      }
      return (fetch(address, LENGTH) & 0xffff) | (fetch(address + LENGTH, LENGTH) << 16);
    }

    @Override
    public long load(long address, int width) throws AccessFault {
      return memory.load(address, width);
    }

    @Override
    public void store(long address, int width, long value) throws AccessFault {
      memory.store(address, width, value);
    }

    @Override
    public long compareAndExchange(long address, int width, long expected, long value)
        throws AccessFault {
      return memory.compareAndExchange(address, width, expected, value);
    }

    @Override
    public long time(long retired) {
      return memory.time(retired);
    }
  }
}
