package dev.nommu.kernel.parts;

import dev.nommu.kernel.mm.MappedPages;
import dev.nommu.kernel.mm.Mapper;
import dev.nommu.kernel.mm.Remapper;
import dev.nommu.kernel.mm.RemoteMemory;
import dev.nommu.kernel.mm.Unmapper;

/** The parts of one machine that carry out the mapping rules. */
public record MappingParts(
    MappedPages pages,
    Mapper mapper,
    Unmapper unmapper,
    Remapper remapper,
    RemoteMemory remoteMemory) {
  /** Makes the parts of one machine, which has mapped nothing yet. */
  public static MappingParts of(MachineParts parts) {
    MappedPages pages = new MappedPages(parts.allocator());
    return new MappingParts(
        pages,
        new Mapper(parts.memory(), pages, parts.profile(), parts.log(), parts.sanitizer()),
        new Unmapper(pages, parts.log(), parts.sanitizer()),
        new Remapper(parts.memory(), parts.profile(), parts.sanitizer()),
        new RemoteMemory(parts.memory(), parts.sanitizer()));
  }
}
