package dev.nommu.riscv;

import dev.nommu.api.Access;
import dev.nommu.api.PlainMemory;
import dev.nommu.api.PlainMemory.Lasting;
import dev.nommu.api.ProcessorMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pieces of memory that are plain for one kind of access, collected as they are found. */
final class PlainPieces {
  private final ProcessorMemory memory;
  private final Access access;

  /** The pieces that are plain forever. */
  private final List<PlainMemory> known = new ArrayList<>();

  PlainPieces(ProcessorMemory memory, Access access) {
    this.memory = memory;
    this.access = access;
  }

  /** Returns the piece that contains a whole word, if it is plain forever, or empty. */
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
