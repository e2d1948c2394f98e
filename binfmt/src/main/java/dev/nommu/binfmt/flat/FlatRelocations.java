package dev.nommu.binfmt.flat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Executable;
import dev.nommu.api.ProcessMemory;
import dev.nommu.binfmt.stack.WordFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Turns the offsets in a loaded flat image into addresses. Offsets are relative to the end of the
 * header: text first, then data, then bss.
 */
final class FlatRelocations {
  private static final ValueLayout.OfInt BIG =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final long UNSIGNED = 0xffff_ffffL;
  private static final long END_OF_TABLE = UNSIGNED;

  private final Executable file;
  private final FlatLayout layout;
  private final ProcessMemory memory;

  FlatRelocations(Executable file, FlatLayout layout, ProcessMemory memory) {
    this.file = file;
    this.layout = layout;
    this.memory = memory;
  }

  void apply() throws ErrnoException {
    if (layout.header().has(FlatHeader.GOTPIC)) {
      relocateTable();
    }
    if (layout.header().relocationCount() > 0) {
      relocateWords();
    }
  }

  private void relocateWords() throws ErrnoException {
    FlatHeader header = layout.header();
    long list = layout.data() + (header.relocationStart() - header.dataStart());
    MemorySegment offsets = memory.at(list, header.relocationLength());
    for (long at = 0; at < offsets.byteSize(); at += FlatHeader.RELOCATION_SIZE) {
      relocateWord(offsets.get(BIG, at) & UNSIGNED);
    }
  }

  /** Relocates the table at the start of data, whose offsets are machine words. */
  private void relocateTable() throws ErrnoException {
    MemorySegment table = memory.at(layout.data(), layout.end() - layout.data());
    for (long at = 0; at <= table.byteSize() - Integer.BYTES; at += Integer.BYTES) {
      long offset = WordFormat.LITTLE_64.get32(table, at);
      if (offset == END_OF_TABLE) {
        return;
      }
      if (offset != 0) {
        WordFormat.LITTLE_64.set32(table, at, address(offset));
      }
    }
    throw wrong("the table of addresses at the start of data does not end in -1");
  }

  /**
   * Relocates a word, an offset in network order, or in the machine's with a table; zero stays
   * zero.
   */
  private void relocateWord(long offset) throws ErrnoException {
    if (layout.isText(offset) && !layout.header().isLoadedToRam()) {
      throw wrong("the word at offset 0x%x is in text that is mapped in place".formatted(offset));
    }
    MemorySegment word = memory.at(address(offset), Integer.BYTES);
    long value =
        layout.header().has(FlatHeader.GOTPIC)
            ? WordFormat.LITTLE_64.get32(word, 0)
            : word.get(BIG, 0) & UNSIGNED;
    if (value != 0) {
      WordFormat.LITTLE_64.set32(word, 0, address(value));
    }
  }

  private long address(long offset) throws ErrnoException {
    if (!layout.contains(offset)) {
      throw wrong("the offset 0x%x is outside of the program".formatted(offset));
    }
    return layout.address(offset);
  }

  private ErrnoException wrong(String what) {
    return ErrnoException.byRule(
        "EXEC-05", Errno.ENOEXEC, "execve %s: relocation: %s".formatted(file.path(), what));
  }
}
