package dev.nommu.kernel.parts;

import dev.nommu.kernel.mm.ArenaMappings;
import dev.nommu.kernel.mm.MappedPages;
import dev.nommu.kernel.mm.Mapper;
import dev.nommu.kernel.mm.Remapper;
import dev.nommu.kernel.mm.RemoteMemory;
import dev.nommu.kernel.mm.Unmapper;

/** The parts of one machine that implement the mapping rules. */
public record MappingParts(
    MappedPages pages,
    Mapper mapper,
    Unmapper unmapper,
    Remapper remapper,
    RemoteMemory remoteMemory,
    ArenaMappings arenaMappings) {
  /** Creates the parts of one machine, which has no mappings yet. */
  public static MappingParts of(MachineParts parts) {
    MappedPages pages = new MappedPages(parts.allocator());
    Mapper mapper =
        new Mapper(parts.memory(), pages, parts.profile(), parts.log(), parts.sanitizer());
    Unmapper unmapper = new Unmapper(pages, parts.log(), parts.sanitizer());
    return new MappingParts(
        pages,
        mapper,
        unmapper,
        new Remapper(parts.memory(), parts.profile(), parts.sanitizer()),
        new RemoteMemory(parts.memory(), parts.sanitizer()),
        new ArenaMappings(mapper, unmapper, parts.memory(), parts.hostMemory(), parts.log()));
  }
}
