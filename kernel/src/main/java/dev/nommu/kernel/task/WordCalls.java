package dev.nommu.kernel.task;

import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.parts.Subsystems;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Loads and stores of single words, as by instructions of a program: little-endian, with the width
 * in the name. If the address is a multiple of the width a device receives one load or store of
 * this width; otherwise several, as for {@link Task#load}. Any thread may make them; they are not
 * ordered.
 */
public final class WordCalls {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final TaskLife life;
  private final Subsystems kernel;

  WordCalls(TaskLife life, Subsystems kernel) {
    this.life = life;
    this.kernel = kernel;
  }

  /**
   * Loads a byte.
   *
   * @throws MemoryFault if nothing answers there, or the device fails
   */
  public byte load8(long address) throws MemoryFault {
    return loaded(address, Byte.BYTES).get(ValueLayout.JAVA_BYTE, 0);
  }

  /** Loads two bytes, as {@link #load8}. */
  public short load16(long address) throws MemoryFault {
    return loaded(address, Short.BYTES).get(SHORT, 0);
  }

  /** Loads four bytes, as {@link #load8}: the usual way to read a register. */
  public int load32(long address) throws MemoryFault {
    return loaded(address, Integer.BYTES).get(INT, 0);
  }

  /** Loads eight bytes, as {@link #load8}. */
  public long load64(long address) throws MemoryFault {
    return loaded(address, Long.BYTES).get(LONG, 0);
  }

  private MemorySegment loaded(long address, int width) throws MemoryFault {
    MemorySegment word = MemorySegment.ofArray(new byte[width]);
    try {
      kernel.memory().load(address, word, kernel.sanitizer(), life);
      return word;
    } catch (MemoryFault fault) {
      throw life.entry().noted(fault);
    }
  }

  private void store(long address, MemorySegment word) throws MemoryFault {
    try {
      kernel.memory().store(address, word, kernel.sanitizer(), life);
    } catch (MemoryFault fault) {
      throw life.entry().noted(fault);
    }
  }

  /**
   * Stores a byte.
   *
   * @throws MemoryFault if nothing answers there, or the device fails
   */
  public void store8(long address, byte value) throws MemoryFault {
    store(address, MemorySegment.ofArray(new byte[] {value}));
  }

  /** Stores two bytes, as {@link #store8}. */
  public void store16(long address, short value) throws MemoryFault {
    MemorySegment word = MemorySegment.ofArray(new byte[Short.BYTES]);
    word.set(SHORT, 0, value);
    store(address, word);
  }

  /** Stores four bytes, as {@link #store8}: the usual way to write a register. */
  public void store32(long address, int value) throws MemoryFault {
    MemorySegment word = MemorySegment.ofArray(new byte[Integer.BYTES]);
    word.set(INT, 0, value);
    store(address, word);
  }

  /** Stores eight bytes, as {@link #store8}. */
  public void store64(long address, long value) throws MemoryFault {
    MemorySegment word = MemorySegment.ofArray(new byte[Long.BYTES]);
    word.set(LONG, 0, value);
    store(address, word);
  }
}
