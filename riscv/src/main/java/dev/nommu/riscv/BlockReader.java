package dev.nommu.riscv;

import dev.nommu.api.Access;
import dev.nommu.api.AccessFault;
import dev.nommu.api.PlainMemory;
import dev.nommu.api.ProcessorMemory;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;

/** Reads blocks from memory. */
final class BlockReader {
  private static final int PARCEL = 2;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final ProcessorMemory memory;

  BlockReader(ProcessorMemory memory) {
    this.memory = memory;
  }

  /** Reads the block that begins at an address; it does not extend beyond the memory. */
  Block read(long start) throws Trap {
    Optional<PlainMemory> plain = memory.plain(start, Access.FETCH);
    Draft draft = new Draft(start);
    if (plain.isPresent()) {
      fill(draft, plain.get());
    }
    if (!draft.isEmpty()) {
      return draft.block(plain);
    }
    fetchOne(draft);
    return draft.block(Optional.empty());
  }

  /** Returns whether the memory that a block was read from is still at its address. */
  boolean isStillThere(Block block) {
    return block.isLasting || memory.plain(block.start, Access.FETCH).equals(block.memory);
  }

  private static void fill(Draft draft, PlainMemory plain) {
    while (draft.isOpen() && plain.contains(draft.next(), PARCEL)) {
      int low = parcel(plain, draft.next());
      if (length(low) == PARCEL) {
        draft.add(low, PARCEL);
      } else if (plain.contains(draft.next(), 2 * PARCEL)) {
        draft.add(low | parcel(plain, draft.next() + PARCEL) << 16, 2 * PARCEL);
      } else {
        return;
      }
    }
  }

  private static int parcel(PlainMemory plain, long address) {
    return plain.memory().get(SHORT, address - plain.start()) & 0xffff;
  }

  /** Reads an instruction at the end of plain memory, or outside it. */
  private void fetchOne(Draft draft) throws Trap {
    int low = fetch(draft.start());
    if (length(low) == PARCEL) {
      draft.add(low, PARCEL);
    } else {
      draft.add(low | fetch(draft.start() + PARCEL) << 16, 2 * PARCEL);
    }
  }

  private int fetch(long address) throws Trap {
    Optional<PlainMemory> plain =
        memory.plain(address, Access.FETCH).filter(here -> here.contains(address, PARCEL));
    if (plain.isPresent()) {
      return parcel(plain.get(), address);
    }
    try {
      return (int) memory.fetch(address, PARCEL) & 0xffff;
    } catch (AccessFault fault) {
      throw Trap.of(Access.FETCH, fault);
    }
  }

  /** Longer instructions are illegal, as their first 4 bytes show. */
  private static int length(int low) {
    return (low & 3) == 3 ? 2 * PARCEL : PARCEL;
  }
}
