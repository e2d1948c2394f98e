package dev.nommu.binfmt.elf;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.LoadMap;
import dev.nommu.api.Page;
import dev.nommu.api.ProcessMemory;
import dev.nommu.api.Protection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Loads the segments of one ELF file into memory. */
final class SegmentMapper {
  private static final long DT_NULL = 0;

  private final ElfFile elf;
  private final ProcessMemory memory;

  SegmentMapper(ElfFile elf, ProcessMemory memory) {
    this.elf = elf;
    this.memory = memory;
  }

  PlacedElf place() throws ErrnoException {
    List<ProgramHeader> loads = elf.loads();
    if (loads.isEmpty()) {
      throw bad("no PT_LOAD segment");
    }
    PlacedElf placed =
        new PlacedElf(
            elf, elf.header().hasConstantDisplacement() ? placeTogether(loads) : placeApart(loads));
    requireDynamicSection(placed);
    return placed;
  }

  /** Loads all into one block (rule EXEC-08). */
  private List<LoadMap.Segment> placeTogether(List<ProgramHeader> loads) throws ErrnoException {
    long base = loads.stream().mapToLong(ProgramHeader::address).min().orElseThrow();
    long top =
        loads.stream().mapToLong(load -> load.address() + load.memorySize()).max().orElseThrow();
    long block = memory.mapAnonymous(top - base, EnumSet.allOf(Protection.class));
    List<LoadMap.Segment> segments = new ArrayList<>();
    for (ProgramHeader load : loads) {
      long address = block + (load.address() - base);
      elf.file().read(memory.at(address, load.fileSize()), load.offset());
      memory.clear(address + load.fileSize(), load.memorySize() - load.fileSize());
      segments.add(new LoadMap.Segment(address, load.address(), load.memorySize()));
    }
    return segments;
  }

  /** Maps each separately (rule EXEC-07). */
  private List<LoadMap.Segment> placeApart(List<ProgramHeader> loads) throws ErrnoException {
    List<LoadMap.Segment> segments = new ArrayList<>();
    for (ProgramHeader load : loads) {
      long displacement = load.address() & (Page.SIZE - 1);
      long mapped =
          memory.map(
              elf.file(),
              load.memorySize() + displacement,
              load.protection(),
              load.offset() - displacement);
      long address = mapped + displacement;
      if (load.isWritable()) {
        memory.clear(mapped, displacement);
      }
      memory.clear(address + load.fileSize(), load.memorySize() - load.fileSize());
      segments.add(new LoadMap.Segment(address, load.address(), load.memorySize()));
    }
    return segments;
  }

  private void requireDynamicSection(PlacedElf placed) throws ErrnoException {
    Optional<ProgramHeader> dynamic = elf.first(ProgramHeader.PT_DYNAMIC);
    if (dynamic.isEmpty()) {
      return;
    }
    long size = dynamic.get().memorySize();
    OptionalLong address = placed.locate(dynamic.get().address(), size);
    if (address.isEmpty()) {
      return;
    }
    long entry = 2L * elf.header().words().size();
    if (size == 0 || size % entry != 0) {
      throw bad(
          "expected a dynamic section with entries of %d bytes, found %d".formatted(entry, size));
    }
    long last = address.getAsLong() + size - entry;
    long tag = elf.header().words().get(memory.at(last, entry), 0);
    if (tag != DT_NULL) {
      throw bad("expected a dynamic section that ends in DT_NULL, found tag 0x%x".formatted(tag));
    }
  }

  private ErrnoException bad(String what) {
    return ErrnoException.byRule(
        "EXEC-06", Errno.ELIBBAD, "execve: load of %s: %s".formatted(elf.file().path(), what));
  }
}
