package dev.nommu.binfmt.elf;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.LoadMap;
import dev.nommu.api.ProcessMemory;
import dev.nommu.binfmt.stack.WordFormat;
import java.lang.foreign.MemorySegment;

/**
 * Writes load maps to memory: {@code struct elf32_fdpic_loadmap} and {@code elf64_fdpic_loadmap}.
 */
final class LoadMapWriter {
  private static final int VERSION = 0;
  private static final long ALIGNMENT = 8;

  private final ProcessMemory memory;
  private final WordFormat words;

  LoadMapWriter(ProcessMemory memory, WordFormat words) {
    this.memory = memory;
    this.words = words;
  }

  /** Writes the load map of a file below an address. */
  LoadMap place(PlacedElf elf, long below) throws ErrnoException {
    long header = words.size();
    long entry = 3L * words.size();
    long size = header + entry * elf.segments().size();
    long start = (below - size) & -ALIGNMENT;
    MemorySegment map = memory.at(start, size);
    map.fill((byte) 0);
    words.set16(map, 0, VERSION);
    words.set16(map, 2, elf.segments().size());
    long at = header;
    for (LoadMap.Segment segment : elf.segments()) {
      words.set(map, at, segment.address());
      words.set(map, at + words.size(), segment.virtualAddress());
      words.set32(map, at + 2L * words.size(), segment.size());
      at += entry;
    }
    return new LoadMap(start, elf.segments());
  }
}
