package dev.nommu.riscv;

import java.util.Collection;

/** The integer registers that the instructions of a region use; a bit each, without x0. */
final class RegionRegisters {
  private long used;
  private long written;

  RegionRegisters(Collection<Block> blocks) {
    blocks.forEach(this::add);
  }

  /** Returns the registers that are read or written. */
  long used() {
    return used;
  }

  long written() {
    return written;
  }

  private void add(Block block) {
    for (int i = 0; i < block.count(); i++) {
      int word = block.code[2 * i];
      add(word & 0xff, word >>> 8 & 0xff, word >>> 16 & 0xff, word >>> 24);
    }
    if (block.endOp < Op.NEXT) {
      read(block.endA);
      read(block.endB);
      write(block.endD);
    }
  }

  private void add(int op, int d, int a, int b) {
    if (op < Op.FIRST_FLOAT) {
      read(a);
      read(b);
      if (op >= Op.SB && op <= Op.SD) {
        read(d);
      } else if (op < Op.FLW || op >= Op.FIRST_ARITHMETIC) {
        write(d);
      }
    } else if (op >= Op.FIRST_FLOAT_TO_X) {
      write(d);
    } else if (op >= Op.FCVT_FROM_W) {
      read(a);
    }
  }

  private void read(int register) {
    used |= bit(register);
  }

  private void write(int register) {
    used |= bit(register);
    written |= bit(register);
  }

  private static long bit(int register) {
    return register == Instruction.NOWHERE ? 0 : 1L << register & ~1L;
  }
}
