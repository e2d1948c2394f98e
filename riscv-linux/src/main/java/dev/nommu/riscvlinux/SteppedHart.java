package dev.nommu.riscvlinux;

import dev.nommu.api.Hart;
import dev.nommu.api.ProcessorMemory;
import dev.nommu.api.Stop;

/**
 * A hart that runs one instruction at a time, so that its pc is exact during loads and stores: for
 * reports of where a program made a wrong access.
 *
 * @param hart executes the instructions
 */
record SteppedHart(Hart hart) implements Hart {
  private static final Stop QUANTUM_USED = new Stop.QuantumUsed();

  @Override
  public Stop run(long instructions) {
    Stop stop = QUANTUM_USED;
    for (long left = instructions; left > 0 && stop instanceof Stop.QuantumUsed; left--) {
      stop = hart.run(1);
    }
    return stop;
  }

  @Override
  public long retired() {
    return hart.retired();
  }

  @Override
  public long pc() {
    return hart.pc();
  }

  @Override
  public void setPc(long address) {
    hart.setPc(address);
  }

  @Override
  public long register(int number) {
    return hart.register(number);
  }

  @Override
  public void setRegister(int number, long value) {
    hart.setRegister(number, value);
  }

  @Override
  public Hart copy(ProcessorMemory memory) {
    return new SteppedHart(hart.copy(memory));
  }

  @Override
  public void flushInstructions() {
    hart.flushInstructions();
  }
}
