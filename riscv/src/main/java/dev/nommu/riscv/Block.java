package dev.nommu.riscv;

import dev.nommu.api.PlainMemory;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive instructions, decoded. The fields beginning with {@code end} describe the last one,
 * which may jump.
 */
final class Block {
  /** The predecessor of the first block: its address cannot be that of an instruction. */
  static final Block NONE = new Draft(1).block(Optional.empty());

  /** The address of its first instruction. */
  final long start;

  /** The address after its last instruction. */
  final long next;

  /** Two numbers for each instruction but the last: {@link Instruction#word} and the immediate. */
  final int[] code;

  /** The number of instructions that must be allowed to run it to its end. */
  final int weight;

  final int endOp;
  final int endD;
  final int endA;
  final int endB;
  final int endImmediate;

  /** The target of the last instruction, if it jumps. */
  final long target;

  /** Whether its memory is plain forever, so that the block is valid until the next FENCE.I. */
  final boolean isLasting;

  /** The plain memory it was read from; empty if it was fetched, and so is valid only once. */
  final Optional<PlainMemory> memory;

  /** The blocks that followed last time, after a jump and without one; only lasting ones. */
  Block jumped;

  Block fell;

  /** How often the interpreter has entered it. */
  int heat;

  /** The compiled region that begins with this block, if any. */
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

  /** Returns the number of instructions before the last. */
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
