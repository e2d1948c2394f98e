package dev.nommu.riscv;

import dev.nommu.api.Access;
import dev.nommu.api.AccessFault;
import dev.nommu.api.PlainMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** RAM, and memory that handles each access and records it. */
final class RecordingMemory extends TestMemory {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final long start;

  /** Eight bytes more than accesses reach. */
  private final MemorySegment bytes;

  final List<String> heard = new ArrayList<>();

  RecordingMemory(long start, long size) {
    this.start = start;
    this.bytes = Arena.ofAuto().allocate(size + Long.BYTES, Long.BYTES);
  }

  @Override
  public Optional<PlainMemory> plain(long address, Access access) {
    return isHere(address) ? Optional.empty() : super.plain(address, access);
  }

  @Override
  byte[] bytes(long address, int length) {
    return bytes.asSlice(address - start, length).toArray(ValueLayout.JAVA_BYTE);
  }

  private boolean isHere(long address) {
    return address >= start && address < start + bytes.byteSize() - Long.BYTES;
  }

  private long get(long address, int width) {
    if ((address & (width - 1)) != 0) {
      throw new AssertionError("not aligned: %d bytes at 0x%x".formatted(width, address));
    }
    return bytes.get(LONG, address - start) & (-1L >>> (64 - 8 * width));
  }

  private void set(long address, int width, long value) {
    for (int i = 0; i < width; i++) {
      bytes.set(ValueLayout.JAVA_BYTE, address - start + i, (byte) (value >>> (8 * i)));
    }
  }

  private void note(String access, long address, int width) {
    heard.add("%s %d at %x".formatted(access, width, address));
  }

  @Override
  public long load(long address, int width) throws AccessFault {
    if (!isHere(address)) {
      return super.load(address, width);
    }
    note("load", address, width);
    return get(address, width);
  }

  @Override
  public void store(long address, int width, long value) throws AccessFault {
    if (!isHere(address)) {
      super.store(address, width, value);
    }
    note("store", address, width);
    set(address, width, value);
  }

  @Override
  public long compareAndExchange(long address, int width, long expected, long value)
      throws AccessFault {
    if (!isHere(address)) {
      return super.compareAndExchange(address, width, expected, value);
    }
    note("exchange", address, width);
    long found = get(address, width);
    if (found == expected) {
      set(address, width, value);
    }
    return found;
  }

  @Override
  public long fetch(long address, int width) throws AccessFault {
    if (!isHere(address)) {
      return super.fetch(address, width);
    }
    note("fetch", address, width);
    return get(address, width);
  }

  /** Writes bytes without recording it. */
  void put(long address, byte[] values) {
    MemorySegment.copy(values, 0, bytes, ValueLayout.JAVA_BYTE, address - start, values.length);
  }
}
