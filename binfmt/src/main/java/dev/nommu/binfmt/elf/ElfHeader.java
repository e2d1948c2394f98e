package dev.nommu.binfmt.elf;

import dev.nommu.api.ElfTarget;
import dev.nommu.binfmt.stack.WordFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The header of an ELF file.
 *
 * @param words class and byte order
 * @param osAbi EI_OSABI
 * @param type {@code e_type}
 * @param machine {@code e_machine}
 * @param flags {@code e_flags}
 * @param entry {@code e_entry}, a linked address
 * @param tableOffset the offset of the program headers in the file
 * @param entries the number of program headers
 */
record ElfHeader(
    WordFormat words,
    int osAbi,
    int type,
    ElfMachine machine,
    long flags,
    long entry,
    long tableOffset,
    int entries) {
  private static final int MAGIC = 0x7f454c46;
  private static final int EI_CLASS = 4;
  private static final int EI_DATA = 5;
  private static final int EI_OSABI = 7;
  private static final int ET_EXEC = 2;
  private static final int ET_DYN = 3;
  private static final int LARGEST_TABLE = 65536;

  static ElfHeader read(MemorySegment head) throws NotElfException {
    if (head.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), 0) != MAGIC) {
      throw new NotElfException("expected \\177ELF at the beginning");
    }
    WordFormat words = new WordFormat(wordSize(head), byteOrder(head));
    boolean wide = words.size() == Long.BYTES;
    int number = words.get16(head, 18);
    ElfMachine machine =
        ElfMachine.ofNumber(number)
            .orElseThrow(
                () -> new NotElfException("no machine without an MMU has e_machine " + number));
    ElfHeader header =
        new ElfHeader(
            words,
            head.get(ValueLayout.JAVA_BYTE, EI_OSABI),
            words.get16(head, 16),
            machine,
            words.get32(head, wide ? 48 : 36),
            words.get(head, 24),
            words.get(head, wide ? 32 : 28),
            words.get16(head, wide ? 56 : 44));
    header.require(words.get16(head, wide ? 54 : 42));
    return header;
  }

  /** Returns the target it is built for. */
  ElfTarget target() {
    return new ElfTarget(machine.number(), words.size(), words.order());
  }

  private static int wordSize(MemorySegment head) throws NotElfException {
    byte found = head.get(ValueLayout.JAVA_BYTE, EI_CLASS);
    return switch (found) {
      case 1 -> Integer.BYTES;
      case 2 -> Long.BYTES;
      default -> throw new NotElfException("expected ELFCLASS32 or ELFCLASS64, found " + found);
    };
  }

  private static ByteOrder byteOrder(MemorySegment head) throws NotElfException {
    byte found = head.get(ValueLayout.JAVA_BYTE, EI_DATA);
    return switch (found) {
      case 1 -> ByteOrder.LITTLE_ENDIAN;
      case 2 -> ByteOrder.BIG_ENDIAN;
      default -> throw new NotElfException("expected ELFDATA2LSB or ELFDATA2MSB, found " + found);
    };
  }

  private void require(int entrySize) throws NotElfException {
    if (type != ET_EXEC && type != ET_DYN) {
      throw new NotElfException("expected ET_EXEC or ET_DYN, found e_type " + type);
    }
    if (entrySize != ProgramHeader.size(words)) {
      throw new NotElfException(
          "expected program headers of %d bytes, found %d"
              .formatted(ProgramHeader.size(words), entrySize));
    }
    if ((long) entries * entrySize > LARGEST_TABLE) {
      throw new NotElfException(
          "expected program headers of at most 64 KiB, found %d of them".formatted(entries));
    }
  }

  /** Returns whether the segments are located through a load map. */
  boolean isFdpic() {
    return machine.isFdpic(flags, osAbi);
  }

  /** Returns whether the segments must keep the distances they were linked with. */
  boolean hasConstantDisplacement() {
    return !isFdpic() || machine.hasConstantDisplacement(flags);
  }

  boolean isPositionIndependent() {
    return type == ET_DYN;
  }

  /** Returns the offset of the end of the program headers. */
  long tableEnd() {
    return tableOffset + (long) entries * ProgramHeader.size(words);
  }
}
