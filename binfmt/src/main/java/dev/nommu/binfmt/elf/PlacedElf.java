package dev.nommu.binfmt.elf;

import dev.nommu.api.LoadMap;
import java.util.List;
import java.util.OptionalLong;

/**
 * An ELF file whose segments are in memory.
 *
 * @param file its headers
 * @param segments where each PT_LOAD is, in their order
 */
record PlacedElf(ElfFile file, List<LoadMap.Segment> segments) {
  private static final long ABSENT = 0;

  PlacedElf {
    segments = List.copyOf(segments);
  }

  /** Returns where the first instruction is; 0 if it is in no segment. */
  long entry() {
    long entry = file.header().entry();
    return entry == 0 ? ABSENT : locate(entry, 1).orElse(ABSENT);
  }

  /** Returns where the header of the file is; 0 if it is in no segment. */
  long headerAddress() {
    List<ProgramHeader> loads = file.loads();
    for (int i = 0; i < loads.size(); i++) {
      if (loads.get(i).offset() == 0) {
        return segments.get(i).address();
      }
    }
    return ABSENT;
  }

  /** Returns where the program headers are; 0 if they are in no segment. */
  long tableAddress() {
    ElfHeader header = file.header();
    List<ProgramHeader> loads = file.loads();
    for (int i = 0; i < loads.size(); i++) {
      ProgramHeader load = loads.get(i);
      if (load.offset() <= header.tableOffset()
          && load.offset() + load.fileSize() >= header.tableEnd()) {
        return segments.get(i).address() + (header.tableOffset() - load.offset());
      }
    }
    return ABSENT;
  }

  /** Returns where linked bytes are, or empty if no segment has them. */
  OptionalLong locate(long linked, long length) {
    return new LoadMap(ABSENT, segments).locate(linked, length);
  }
}
