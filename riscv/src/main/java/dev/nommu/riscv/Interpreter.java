package dev.nommu.riscv;

import dev.nommu.api.Stop;

/** Executes the instructions of a block in order; {@link RiscvHart} executes the last. */
final class Interpreter {
  private final Registers registers;
  private final DataMemory memory;
  private final AtomicMemory atomics;
  private final StatusRegisters status;
  private final FloatUnit floats;

  /** The number of instructions executed before the trap. */
  private int done;

  Interpreter(Frame frame, AtomicMemory atomics, StatusRegisters status) {
    this.registers = frame.registers;
    this.memory = frame.memory;
    this.floats = frame.floats;
    this.atomics = atomics;
    this.status = status;
  }

  int done() {
    return done;
  }

  /** Executes the first {@code count} instructions, or those before the one that traps. */
  void execute(Block block, int count) throws Trap {
    int[] code = block.code;
    long[] x = registers.x;
    int at = 0;
    try {
      for (; at < 2 * count; at += 2) {
        int word = code[at];
        int immediate = code[at + 1];
        int d = word >>> 8 & 0xff;
        int a = word >>> 16 & 0xff;
        switch (word & 0xff) {
          case Op.ADDI -> x[d] = x[a] + immediate;
          case Op.SLTI -> x[d] = x[a] < immediate ? 1 : 0;
          case Op.SLTIU -> x[d] = Long.compareUnsigned(x[a], immediate) < 0 ? 1 : 0;
          case Op.XORI -> x[d] = x[a] ^ immediate;
          case Op.ORI -> x[d] = x[a] | immediate;
          case Op.ANDI -> x[d] = x[a] & immediate;
          case Op.SLLI -> x[d] = x[a] << immediate;
          case Op.SRLI -> x[d] = x[a] >>> immediate;
          case Op.SRAI -> x[d] = x[a] >> immediate;
          case Op.ADDIW -> x[d] = (int) (x[a] + immediate);
          case Op.SLLIW -> x[d] = (int) (x[a] << immediate);
          case Op.SRLIW -> x[d] = (int) ((x[a] & 0xffff_ffffL) >>> immediate);
          case Op.SRAIW -> x[d] = (int) x[a] >> immediate;
          case Op.ADD -> x[d] = x[a] + x[word >>> 24];
          case Op.SUB -> x[d] = x[a] - x[word >>> 24];
          case Op.SLT -> x[d] = x[a] < x[word >>> 24] ? 1 : 0;
          case Op.SLTU -> x[d] = Long.compareUnsigned(x[a], x[word >>> 24]) < 0 ? 1 : 0;
          case Op.XOR -> x[d] = x[a] ^ x[word >>> 24];
          case Op.OR -> x[d] = x[a] | x[word >>> 24];
          case Op.AND -> x[d] = x[a] & x[word >>> 24];
          case Op.ADDW -> x[d] = (int) (x[a] + x[word >>> 24]);
          case Op.SUBW -> x[d] = (int) (x[a] - x[word >>> 24]);
          case Op.MUL -> x[d] = x[a] * x[word >>> 24];
          case Op.LUI -> x[d] = immediate;
          case Op.AUIPC -> x[d] = block.start + immediate;
          case Op.LB -> x[d] = memory.loadByte(x[a] + immediate);
          case Op.LH -> x[d] = memory.loadShort(x[a] + immediate);
          case Op.LW -> x[d] = memory.loadInt(x[a] + immediate);
          case Op.LD -> x[d] = memory.loadLong(x[a] + immediate);
          case Op.LBU -> x[d] = memory.loadByte(x[a] + immediate) & 0xff;
          case Op.LHU -> x[d] = memory.loadShort(x[a] + immediate) & 0xffff;
          case Op.LWU -> x[d] = memory.loadInt(x[a] + immediate) & 0xffff_ffffL;
          case Op.SB -> memory.storeByte(x[a] + immediate, x[d]);
          case Op.SH -> memory.storeShort(x[a] + immediate, x[d]);
          case Op.SW -> memory.storeInt(x[a] + immediate, x[d]);
          case Op.SD -> memory.storeLong(x[a] + immediate, x[d]);
          default -> executeRare(word, immediate);
        }
      }
    } catch (Trap trap) {
      done = at / 2;
      throw trap;
    } catch (ReservedRounding reserved) {
      done = at / 2;
      throw new Trap(new Stop.Illegal(block.bits(done)));
    }
  }

  private void executeRare(int word, int immediate) throws Trap, ReservedRounding {
    int op = word & 0xff;
    int d = word >>> 8 & 0xff;
    int a = word >>> 16 & 0xff;
    int b = word >>> 24;
    if (op >= Op.FIRST_FLOAT) {
      floats.execute(op, d, a, b, immediate);
    } else if (op >= Op.FIRST_SYSTEM) {
      status.execute(op, d, a, immediate);
    } else if (op >= Op.FIRST_ATOMIC) {
      atomics.execute(op, d, a, b);
    } else if (op >= Op.FIRST_ARITHMETIC) {
      registers.x[d] = Arithmetic.of(op, registers.x[a], registers.x[b]);
    } else {
      moveFloat(op, d, registers.x[a] + immediate);
    }
  }

  private void moveFloat(int op, int d, long address) throws Trap {
    long[] f = registers.f;
    switch (op) {
      case Op.FLW -> f[d] = Single.boxed((int) memory.loadInt(address));
      case Op.FLD -> f[d] = memory.loadLong(address);
      case Op.FSW -> memory.storeInt(address, f[d]);
      default -> memory.storeLong(address, f[d]);
    }
  }
}
