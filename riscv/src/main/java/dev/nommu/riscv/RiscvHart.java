package dev.nommu.riscv;

import dev.nommu.api.Hart;
import dev.nommu.api.ProcessorMemory;
import dev.nommu.api.Stop;

/** A hart that runs block after block. */
final class RiscvHart implements Hart {
  private static final Stop QUANTUM_USED = new Stop.QuantumUsed();
  private static final int PC = 32;
  private static final int F0 = 33;
  private static final int FFLAGS = 66;
  private static final int FRM = 67;
  private static final int FCSR = 68;

  private final Registers registers = new Registers();
  private final Frame frame;
  private final AtomicMemory atomics;
  private final StatusRegisters status;
  private final Interpreter interpreter;
  private final BlockTable blocks;
  private final int hot;
  private long pc;

  /**
   * Creates a hart whose registers are 0.
   *
   * @param hot how often a block is interpreted before it is compiled
   */
  RiscvHart(ProcessorMemory memory, int hot) {
    this.frame = new Frame(registers, new DataMemory(memory), new FloatUnit(registers));
    this.atomics = new AtomicMemory(memory, registers);
    this.status = new StatusRegisters(registers, memory);
    this.interpreter = new Interpreter(frame, atomics, status);
    this.blocks = new BlockTable(new BlockReader(memory));
    this.hot = hot;
  }

  private RiscvHart(ProcessorMemory memory, RiscvHart from) {
    this(memory, from.hot);
    registers.set(from.registers);
    pc = from.pc;
  }

  @Override
  public Stop run(long instructions) {
    if (instructions < 0) {
      throw new IllegalArgumentException(
          "run: expected 0 instructions or more, found " + instructions);
    }
    try {
      return runBlocks(instructions);
    } catch (Trap trap) {
      return trap.stop();
    }
  }

  private Stop runBlocks(long instructions) throws Trap {
    frame.left = instructions;
    Block block = Block.NONE;
    while (frame.left > 0) {
      block = after(block);
      if (block.weight > frame.left) {
        return runPart(block, (int) frame.left);
      }
      if (runRegion(block)) {
        block = Block.NONE;
        continue;
      }
      execute(block, block.count());
      if (block.endOp >= Op.FIRST_STOP) {
        return stop(block);
      }
      pc = leave(block);
      frame.left -= block.weight;
      status.retire(block.weight);
    }
    return QUANTUM_USED;
  }

  private Stop runPart(Block block, int count) throws Trap {
    execute(block, count);
    pc = block.address(count);
    status.retire(count);
    return QUANTUM_USED;
  }

  /**
   * Runs the region that begins with a block, if the block is hot. Returns whether any instruction
   * was executed; if not, the block must be interpreted.
   */
  private boolean runRegion(Block block) {
    if (block.heat++ == hot && block.isLasting) {
      block.region = RegionCompiler.compile(new RegionBlocks(blocks).from(block));
    }
    Region region = block.region;
    if (region == null || region.weight > frame.left) {
      return false;
    }
    long before = frame.left;
    pc = region.run(frame);
    if (frame.left == before) {
      block.region = null;
      return false;
    }
    status.retire(before - frame.left);
    return true;
  }

  /** Returns the block at the pc, which has usually followed the last block before. */
  private Block after(Block last) throws Trap {
    if (frame.isStale) {
      frame.isStale = false;
      blocks.clear();
      return blocks.at(pc);
    }
    Block known = pc == last.next ? last.fell : last.jumped;
    return known.start == pc ? known : found(last);
  }

  private Block found(Block last) throws Trap {
    Block block = blocks.at(pc);
    if (block.isLasting && last != Block.NONE) {
      if (pc == last.next) {
        last.fell = block;
      } else {
        last.jumped = block;
      }
    }
    return block;
  }

  private void execute(Block block, int count) throws Trap {
    try {
      interpreter.execute(block, count);
    } catch (Trap trap) {
      pc = block.address(interpreter.done());
      status.retire(interpreter.done());
      throw trap;
    }
  }

  private long leave(Block block) {
    long[] x = registers.x;
    long a = x[block.endA];
    long b = x[block.endB];
    return switch (block.endOp) {
      case Op.BEQ -> a == b ? block.target : block.next;
      case Op.BNE -> a != b ? block.target : block.next;
      case Op.BLT -> a < b ? block.target : block.next;
      case Op.BGE -> a >= b ? block.target : block.next;
      case Op.BLTU -> Long.compareUnsigned(a, b) < 0 ? block.target : block.next;
      case Op.BGEU -> Long.compareUnsigned(a, b) >= 0 ? block.target : block.next;
      case Op.JAL -> link(block, block.target);
      case Op.JALR -> link(block, (a + block.endImmediate) & ~1L);
      case Op.FENCE_I -> forget(block);
      default -> block.next;
    };
  }

  private long link(Block block, long target) {
    registers.x[block.endD] = block.next;
    return target;
  }

  private long forget(Block block) {
    frame.isStale = true;
    return block.next;
  }

  private Stop stop(Block block) {
    pc = block.address(block.count());
    status.retire(block.count());
    return switch (block.endOp) {
      case Op.ECALL -> call(block);
      case Op.EBREAK -> new Stop.Breakpoint();
      default -> new Stop.Illegal(block.bits(block.count()));
    };
  }

  private Stop call(Block block) {
    long address = pc;
    pc = block.next;
    status.retire(1);
    atomics.release();
    return new Stop.Call(address);
  }

  @Override
  public long retired() {
    return status.retired();
  }

  @Override
  public long pc() {
    return pc;
  }

  @Override
  public void setPc(long address) {
    pc = address & ~1L;
  }

  @Override
  public long register(int number) {
    if (number >= F0 && number < F0 + registers.f.length) {
      return registers.f[number - F0];
    }
    return switch (number) {
      case PC -> pc;
      case FFLAGS -> registers.flags;
      case FRM -> registers.rounding;
      case FCSR -> registers.fcsr();
      default -> registers.x[integer(number)];
    };
  }

  @Override
  public void setRegister(int number, long value) {
    if (number >= F0 && number < F0 + registers.f.length) {
      registers.f[number - F0] = value;
      return;
    }
    switch (number) {
      case PC -> setPc(value);
      case FFLAGS -> registers.flags = (int) value & 31;
      case FRM -> registers.rounding = (int) value & 7;
      case FCSR -> registers.setFcsr(value);
      default -> registers.x[number == 0 ? Instruction.NOWHERE : integer(number)] = value;
    }
  }

  private static int integer(int number) {
    if (number < 0 || number >= PC) {
      throw new IllegalArgumentException("register: expected 0 to 64 or 66 to 68, found " + number);
    }
    return number;
  }

  @Override
  public Hart copy(ProcessorMemory memory) {
    return new RiscvHart(memory, this);
  }

  @Override
  public void flushInstructions() {
    frame.isStale = true;
  }
}
