package dev.nommu.binfmt.elf;

import dev.nommu.api.Protection;
import dev.nommu.binfmt.stack.WordFormat;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;

/**
 * A program header of an ELF file. No number is negative and no range overflows.
 *
 * @param type {@code p_type}
 * @param flags {@code p_flags}
 * @param offset the offset of the segment in the file
 * @param address the address it was linked for
 * @param fileSize its size in the file, in bytes
 * @param memorySize its size in memory, in bytes
 */
record ProgramHeader(
    long type, long flags, long offset, long address, long fileSize, long memorySize) {
  static final long PT_LOAD = 1;
  static final long PT_DYNAMIC = 2;
  static final long PT_INTERP = 3;
  static final long PT_GNU_STACK = 0x6474e551L;

  private static final long PF_X = 1;
  private static final long PF_W = 2;
  private static final long PF_R = 4;

  static int size(WordFormat words) {
    return words.size() == Long.BYTES ? 56 : 32;
  }

  static ProgramHeader read(WordFormat words, MemorySegment from) throws NotElfException {
    boolean wide = words.size() == Long.BYTES;
    ProgramHeader header =
        new ProgramHeader(
            words.get32(from, 0),
            words.get32(from, wide ? 4 : 24),
            words.get(from, wide ? 8 : 4),
            words.get(from, wide ? 16 : 8),
            words.get(from, wide ? 32 : 16),
            words.get(from, wide ? 40 : 20));
    header.require();
    return header;
  }

  private void require() throws NotElfException {
    if (offset < 0 || address < 0 || fileSize < 0 || memorySize < 0) {
      throw new NotElfException(this + ": a field is 2^63 or more");
    }
    if (address + memorySize < 0 || offset + fileSize < 0) {
      throw new NotElfException(this + ": a range ends beyond 2^63");
    }
    if (isLoad() && fileSize > memorySize) {
      throw new NotElfException(this + ": more bytes in the file than in memory");
    }
  }

  boolean isLoad() {
    return type == PT_LOAD;
  }

  boolean isWritable() {
    return (flags & PF_W) != 0;
  }

  boolean isExecutable() {
    return (flags & PF_X) != 0;
  }

  Set<Protection> protection() {
    Set<Protection> wanted = EnumSet.noneOf(Protection.class);
    if ((flags & PF_R) != 0) {
      wanted.add(Protection.READ);
    }
    if (isWritable()) {
      wanted.add(Protection.WRITE);
    }
    if (isExecutable()) {
      wanted.add(Protection.EXEC);
    }
    return wanted;
  }
}
