package dev.nommu.riscvlinux.gdb;

import dev.nommu.api.LoadedImage;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.mmap.MemoryMap;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Plain memory of the machine, for gdb to read and write. Devices and sanitizers do not see the
 * accesses.
 */
record GuestMemory(PhysicalMemory memory) {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Returns bytes, or fewer if they are not all in one piece of plain memory. */
  byte[] read(long address, int length) throws MemoryFault {
    try {
      return memory.at(address, length).toArray(ValueLayout.JAVA_BYTE);
    } catch (MemoryFault fault) {
      if (length <= 1) {
        throw fault;
      }
      return read(address, length / 2);
    }
  }

  /** Writes bytes; returns false for a ROM. */
  boolean write(long address, byte[] bytes) throws MemoryFault {
    MemorySegment to = memory.at(address, bytes.length);
    if (to.isReadOnly()) {
      return false;
    }
    MemorySegment.copy(bytes, 0, to, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return true;
  }

  /**
   * Returns the auxiliary vector of an ELF program, which follows its arguments and environment.
   *
   * @param stack the address of argc
   */
  byte[] auxiliaryVector(MemoryMap map, long stack) throws MemoryFault {
    ByteArrayOutputStream vector = new ByteArrayOutputStream();
    if (map.image().flatMap(LoadedImage::loadMap).isEmpty()) {
      return vector.toByteArray();
    }
    long at = behindNull(stack + (word(stack) + 1) * Long.BYTES);
    at = behindNull(at);
    long type;
    do {
      type = word(at);
      vector.writeBytes(read(at, 2 * Long.BYTES));
      at += 2 * Long.BYTES;
    } while (type != 0);
    return vector.toByteArray();
  }

  private long behindNull(long list) throws MemoryFault {
    long at = list;
    while (word(at) != 0) {
      at += Long.BYTES;
    }
    return at + Long.BYTES;
  }

  private long word(long address) throws MemoryFault {
    return memory.at(address, Long.BYTES).get(LONG, 0);
  }
}
