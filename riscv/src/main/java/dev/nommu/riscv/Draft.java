package dev.nommu.riscv;

import dev.nommu.api.PlainMemory;
import java.util.Arrays;
import java.util.Optional;

/** A block that is being read. */
final class Draft {
  private static final int MOST = 64;
  private static final Instruction NEXT = new Instruction(Op.NEXT, 0, 0, 0, 0);

  private final long start;
  private final int[] code = new int[2 * MOST];
  private final short[] offsets = new short[MOST + 1];
  private final int[] encodings = new int[MOST + 1];
  private int count;
  private int bytes;
  private boolean isOpen = true;
  private Instruction end = NEXT;

  Draft(long start) {
    this.start = start;
  }

  /** Returns whether another instruction can be added. */
  boolean isOpen() {
    return isOpen && count < MOST;
  }

  /** Returns whether nothing was added. */
  boolean isEmpty() {
    return bytes == 0;
  }

  /**
   * Adds the instruction at {@link #next}. One that reads a counter must come first in a block:
   * counters are exact between blocks.
   *
   * @param bits its encoding
   * @param length 2 or 4 bytes
   */
  void add(int bits, int length) {
    Instruction instruction = Decoder.decode(length == 2 ? Compressed.expand(bits) : bits);
    if (count > 0 && Csr.readsCounter(instruction)) {
      isOpen = false;
      return;
    }
    encodings[count] = bits;
    if (instruction.endsBlock()) {
      isOpen = false;
      end = instruction;
      bytes += length;
    } else {
      append(instruction, length);
    }
  }

  private void append(Instruction instruction, int length) {
    code[2 * count] = instruction.word();
    code[2 * count + 1] = immediate(instruction);
    count++;
    bytes += length;
    offsets[count] = (short) bytes;
  }

  /** For AUIPC, the immediate is relative to the start of the block. */
  private int immediate(Instruction instruction) {
    return instruction.op() == Op.AUIPC ? instruction.immediate() + bytes : instruction.immediate();
  }

  long start() {
    return start;
  }

  /** Returns the address of the next instruction. */
  long next() {
    return start + bytes;
  }

  int[] code() {
    return Arrays.copyOf(code, 2 * count);
  }

  short[] offsets() {
    return Arrays.copyOf(offsets, count + 1);
  }

  Instruction end() {
    return end;
  }

  /** Returns the encodings of all instructions, including the last. */
  int[] bits() {
    return Arrays.copyOf(encodings, count + 1);
  }

  Block block(Optional<PlainMemory> memory) {
    return new Block(this, memory);
  }
}
