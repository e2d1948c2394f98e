package dev.nommu.riscv;

import dev.nommu.api.Access;
import dev.nommu.api.PlainMemory;
import dev.nommu.api.PlainMemory.Lasting;
import dev.nommu.api.ProcessorMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pieces of memory that are plain to one kind of access, as they are found. */
final class PlainPieces {
  private final ProcessorMemory memory;
  private final Access access;

  /** Those that are plain for ever. */
  private final List<PlainMemory> known = new ArrayList<>();

  PlainPieces(ProcessorMemory memory, Access access) {
    this.memory = memory;
    this.access = access;
  }

  /** Returns the piece in which all bytes of a word lie and that is plain for ever, or empty. */
  Optional<PlainMemory> find(long address, int width) {
    for (PlainMemory piece : known) {
      if (piece.contains(address, width)) {
        return Optional.of(piece);
      }
    }
    Optional<PlainMemory> found =
        memory.plain(address, access).filter(piece -> piece.lasting() == Lasting.FOREVER);
    found.filter(piece -> !known.contains(piece)).ifPresent(known::add);
    return found.filter(piece -> piece.contains(address, width));
  }
}
