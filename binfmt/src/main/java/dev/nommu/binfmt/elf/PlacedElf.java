package dev.nommu.binfmt.elf;

import dev.nommu.api.LoadMap;
import java.util.List;
import java.util.OptionalLong;

/**
 * An ELF file whose segments are in memory.
 *
 * @param file its headers
 * @param segments the addresses of each PT_LOAD, in order
 */
record PlacedElf(ElfFile file, List<LoadMap.Segment> segments) {
  private static final long ABSENT = 0;

  PlacedElf {
    segments = List.copyOf(segments);
  }

  /** Returns the address of the first instruction; 0 if it is in no segment. */
  long entry() {
    long entry = file.header().entry();
    return entry == 0 ? ABSENT : locate(entry, 1).orElse(ABSENT);
  }

  /** Returns the address of the ELF header; 0 if it is in no segment. */
  long headerAddress() {
    List<ProgramHeader> loads = file.loads();
    for (int i = 0; i < loads.size(); i++) {
      if (loads.get(i).offset() == 0) {
        return segments.get(i).address();
      }
    }
    return ABSENT;
  }

  /** Returns the address of the program headers; 0 if they are in no segment. */
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

  /** Returns the address of linked bytes, or empty if no segment contains them. */
  OptionalLong locate(long linked, long length) {
    return new LoadMap(ABSENT, segments).locate(linked, length);
  }
}
