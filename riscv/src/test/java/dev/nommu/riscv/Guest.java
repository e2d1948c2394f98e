package dev.nommu.riscv;

import dev.nommu.api.Hart;
import dev.nommu.api.Stop;
import java.io.IOException;
import java.io.OutputStream;

/** Runs a program on a hart, with the two calls that test programs make. */
final class Guest {
  private static final int A0 = 10;
  private static final int A1 = 11;
  private static final int A2 = 12;
  private static final int A7 = 17;
  private static final long WRITE = 64;
  private static final long EXIT = 93;

  private final TestMemory memory;
  private final Hart hart;

  Guest(TestProgram program) {
    this(program, new TestMemory(), Harts.INTERPRETED);
  }

  Guest(TestProgram program, TestMemory memory, Harts harts) {
    this.memory = memory;
    this.hart = harts.make(memory);
    memory.add(TestProgram.CODE, program.code());
    memory.add(TestProgram.DATA, TestProgram.DATA_SIZE);
    hart.setPc(TestProgram.CODE);
  }

  /** Starts again, with registers and memory as they are. */
  void restart() {
    hart.setPc(TestProgram.CODE);
  }

  /**
   * Runs it to its end.
   *
   * @param output receives its output
   * @return the number of instructions executed
   */
  long run(OutputStream output) throws IOException {
    while (true) {
      Stop stop = hart.run(1_000_003);
      if (stop instanceof Stop.QuantumUsed) {
        continue;
      }
      if (!(stop instanceof Stop.Call)) {
        throw new AssertionError("%s at 0x%x".formatted(stop, hart.pc()));
      }
      if (hart.register(A7) == EXIT) {
        return hart.retired();
      }
      write(output);
    }
  }

  private void write(OutputStream output) throws IOException {
    if (hart.register(A7) != WRITE) {
      throw new AssertionError("call " + hart.register(A7));
    }
    long length = hart.register(A2);
    output.write(memory.bytes(hart.register(A1), (int) length));
    hart.setRegister(A0, length);
  }
}
