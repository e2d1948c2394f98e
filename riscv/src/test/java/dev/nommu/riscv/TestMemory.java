package dev.nommu.riscv;

import dev.nommu.api.Access;
import dev.nommu.api.AccessFault;
import dev.nommu.api.PlainMemory;
import dev.nommu.api.PlainMemory.Lasting;
import dev.nommu.api.ProcessorMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pieces of RAM, with nothing between them. */
class TestMemory implements ProcessorMemory {
  private final List<PlainMemory> pieces = new ArrayList<>();
  long time;

  /** Adds zeroed RAM. */
  MemorySegment add(long start, long size) {
    MemorySegment memory = Arena.ofAuto().allocate(size, 4096);
    pieces.add(new PlainMemory(start, memory, Lasting.FOREVER));
    return memory;
  }

  /** Adds RAM that holds some bytes. */
  void add(long start, byte[] bytes) {
    MemorySegment.copy(MemorySegment.ofArray(bytes), 0, add(start, bytes.length), 0, bytes.length);
  }

  /** Returns a part of the RAM. */
  MemorySegment at(long address, long length) {
    PlainMemory piece = plain(address, Access.LOAD).orElseThrow();
    return piece.memory().asSlice(address - piece.start(), length);
  }

  /** Returns its contents, as a kernel call with a buffer sees them. */
  byte[] bytes(long address, int length) {
    return at(address, length).toArray(ValueLayout.JAVA_BYTE);
  }

  @Override
  public Optional<PlainMemory> plain(long address, Access access) {
    return pieces.stream().filter(piece -> piece.contains(address, 1)).findFirst();
  }

  @Override
  public long load(long address, int width) throws AccessFault {
    throw new AccessFault(address, "load: expected RAM");
  }

  @Override
  public void store(long address, int width, long value) throws AccessFault {
    throw new AccessFault(address, "store: expected RAM");
  }

  @Override
  public long compareAndExchange(long address, int width, long expected, long value)
      throws AccessFault {
    throw new AccessFault(address, "atomic access: expected RAM");
  }

  @Override
  public long fetch(long address, int width) throws AccessFault {
    throw new AccessFault(address, "fetch: expected RAM");
  }

  @Override
  public long time(long retired) {
    return time;
  }
}
