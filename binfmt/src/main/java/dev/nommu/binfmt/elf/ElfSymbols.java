package dev.nommu.binfmt.elf;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Symbol;
import dev.nommu.binfmt.stack.WordFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The symbol table of an ELF file. */
final class ElfSymbols {
  private static final int SHT_SYMTAB = 2;
  private static final int STT_NOTYPE = 0;
  private static final int STT_FUNC = 2;
  private static final int SHN_UNDEF = 0;
  private static final int SHN_LORESERVE = 0xff00;
  private static final long LARGEST = 1 << 24;

  private final PlacedElf elf;
  private final WordFormat words;
  private final boolean wide;

  private ElfSymbols(PlacedElf elf) {
    this.elf = elf;
    this.words = elf.file().header().words();
    this.wide = words.size() == Long.BYTES;
  }

  /** Returns the symbols of its code; none if the table is missing or malformed. */
  static List<Symbol> of(PlacedElf elf) {
    try {
      return new ElfSymbols(elf).read();
    } catch (ErrnoException | IndexOutOfBoundsException broken) {
      return List.of();
    }
  }

  private List<Symbol> read() throws ErrnoException {
    MemorySegment head = elf.file().file().head();
    long table = words.get(head, wide ? 40 : 32);
    int size = words.get16(head, wide ? 58 : 46);
    int count = words.get16(head, wide ? 60 : 48);
    MemorySegment sections = bytes(table, (long) size * count);
    for (int i = 0; i < count; i++) {
      MemorySegment section = sections.asSlice((long) i * size, size);
      if (words.get32(section, 4) == SHT_SYMTAB) {
        long link = words.get32(section, wide ? 40 : 24);
        return symbols(contents(section), contents(sections.asSlice(link * size, size)));
      }
    }
    return List.of();
  }

  private MemorySegment contents(MemorySegment section) throws ErrnoException {
    return bytes(words.get(section, wide ? 24 : 16), words.get(section, wide ? 32 : 20));
  }

  private MemorySegment bytes(long offset, long length) throws ErrnoException {
    if (offset < 0 || length < 0 || length > LARGEST) {
      return MemorySegment.ofArray(new byte[0]);
    }
    MemorySegment into = MemorySegment.ofArray(new byte[(int) length]);
    return into.asSlice(0, elf.file().file().read(into, offset));
  }

  private List<Symbol> symbols(MemorySegment table, MemorySegment names) {
    List<Symbol> symbols = new ArrayList<>();
    int size = wide ? 24 : 16;
    for (long at = 0; at + size <= table.byteSize(); at += size) {
      MemorySegment symbol = table.asSlice(at, size);
      int type = symbol.get(ValueLayout.JAVA_BYTE, wide ? 4 : 12) & 15;
      int section = words.get16(symbol, wide ? 6 : 14);
      String name = name(names, words.get32(symbol, 0));
      boolean isPlaced = section != SHN_UNDEF && section < SHN_LORESERVE;
      if (isPlaced && isOfCode(type, name)) {
        elf.locate(words.get(symbol, wide ? 8 : 4), 1)
            .ifPresent(address -> symbols.add(new Symbol(name, address)));
      }
    }
    return symbols;
  }

  /**
   * Returns whether a symbol names code; the assembler's internal labels, such as {@code $x}, do
   * not.
   */
  private static boolean isOfCode(int type, String name) {
    boolean isLabel = type == STT_NOTYPE && !name.startsWith("$") && !name.startsWith(".L");
    return !name.isEmpty() && (type == STT_FUNC || isLabel);
  }

  private static String name(MemorySegment names, long start) {
    return names.getString(start, StandardCharsets.UTF_8);
  }
}
