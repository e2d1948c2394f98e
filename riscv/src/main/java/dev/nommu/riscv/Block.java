package dev.nommu.riscv;

import dev.nommu.api.PlainMemory;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Instructions that follow each other, decoded. Of the last one, which may lead elsewhere, the
 * fields beginning with {@code end} tell.
 */
final class Block {
  /** Comes before any other: its own address is none of an instruction. */
  static final Block NONE = new Draft(1).block(Optional.empty());

  /** The address of its first instruction. */
  final long start;

  /** The address of what follows it in memory. */
  final long next;

  /** Two numbers for each instruction but the last: {@link Instruction#word}, the immediate. */
  final int[] code;

  /** How many instructions have to be allowed before it can be run to its end. */
  final int weight;

  final int endOp;
  final int endD;
  final int endA;
  final int endB;
  final int endImmediate;

  /** Where the last instruction jumps if it does. */
  final long target;

  /** Whether what it was read from is plain for ever, so that it holds until the next FENCE.I. */
  final boolean isLasting;

  /** The plain memory it was read from; empty if it was fetched, and so is for once only. */
  final Optional<PlainMemory> memory;

  /** The blocks that followed last time, by jump and in memory; only lasting ones. */
  Block jumped;

  Block fell;

  /** How often it was begun by the interpreter. */
  int heat;

  /** The region that begins with this block, if it was compiled. */
  @Nullable Region region;

  private final short[] offsets;
  private final int[] bits;

  Block(Draft draft, Optional<PlainMemory> memory) {
    this.start = draft.start();
    this.next = draft.next();
    this.code = draft.code();
    this.offsets = draft.offsets();
    Instruction end = draft.end();
    this.weight = end.op() == Op.NEXT ? count() : count() + 1;
    this.endOp = end.op();
    this.endD = end.d();
    this.endA = end.a();
    this.endB = end.b();
    this.endImmediate = end.immediate();
    this.target = address(count()) + end.immediate();
    this.bits = draft.bits();
    this.memory = memory;
    this.isLasting =
        memory.map(PlainMemory::lasting).filter(PlainMemory.Lasting.FOREVER::equals).isPresent();
    this.jumped = this;
    this.fell = this;
  }

  /** Returns how many instructions there are before the last. */
  int count() {
    return code.length / 2;
  }

  /** Returns the address of an instruction, 0 for the first, {@link #count} for the last. */
  long address(int index) {
    return start + offsets[index];
  }

  /** Returns the encoding of an instruction. */
  long bits(int index) {
    return bits[index] & 0xffff_ffffL;
  }
}
