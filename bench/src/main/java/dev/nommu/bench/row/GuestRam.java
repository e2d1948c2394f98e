package dev.nommu.bench.row;

import dev.nommu.api.Access;
import dev.nommu.api.AccessFault;
import dev.nommu.api.PlainMemory;
import dev.nommu.api.PlainMemory.Lasting;
import dev.nommu.api.ProcessorMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** A mebibyte of RAM that holds a static program. */
final class GuestRam implements ProcessorMemory {
  private static final long START = 0x1_0000;
  private static final long SIZE = 1 << 20;
  private static final int PROGRAM_HEADER = 56;
  private static final int PT_LOAD = 1;
  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final PlainMemory ram;
  private final long entry;

  /**
   * Loads a program.
   *
   * @param elf the file; little-endian, 64-bit
   */
  GuestRam(byte[] elf) {
    MemorySegment memory = Arena.ofAuto().allocate(SIZE, Long.BYTES * 2);
    this.ram = new PlainMemory(START, memory, Lasting.FOREVER);
    ByteBuffer file = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN);
    this.entry = file.getLong(24);
    int headers = (int) file.getLong(32);
    for (int i = 0; i < file.getShort(56); i++) {
      load(file, headers + i * PROGRAM_HEADER);
    }
  }

  private void load(ByteBuffer file, int header) {
    if (file.getInt(header) == PT_LOAD) {
      int offset = (int) file.getLong(header + 8);
      long address = file.getLong(header + 16);
      int length = (int) file.getLong(header + 32);
      MemorySegment.copy(
          MemorySegment.ofBuffer(file), offset, ram.memory(), address - START, length);
    }
  }

  /** Returns the address of the first instruction. */
  long entry() {
    return entry;
  }

  /** Lays out a stack with arguments, the first of them the program's name; returns its address. */
  long stack(String... arguments) {
    long text = START + SIZE - 256;
    long stack = text - 256;
    ram.memory().set(WORD, stack - START, arguments.length);
    for (int i = 0; i < arguments.length; i++) {
      ram.memory().setString(text - START, arguments[i]);
      ram.memory().set(WORD, stack - START + Long.BYTES * (i + 1L), text);
      text += arguments[i].length() + 1;
    }
    return stack;
  }

  @Override
  public Optional<PlainMemory> plain(long address, Access access) {
    return ram.contains(address, 1) ? Optional.of(ram) : Optional.empty();
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
    return 0;
  }
}
