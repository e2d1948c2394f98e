package dev.nommu.riscv;

import dev.nommu.api.Hart;
import dev.nommu.api.Stop;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Some instructions in memory, and a hart at the first. */
final class Program {
  static final long CODE = 0x1000;
  static final long RAM = 0x4000;
  static final int SIZE = 0x1000;
  static final Stop QUANTUM_USED = new Stop.QuantumUsed();

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  final TestMemory memory;
  final Hart hart;

  Program(Harts harts, Code code) {
    this(harts, code, new TestMemory());
  }

  /** Puts code at {@link #CODE}, with RAM up to the end of the page and at {@link #RAM}. */
  Program(Harts harts, Code code, TestMemory memory) {
    this.memory = memory;
    MemorySegment text = memory.add(CODE, SIZE);
    MemorySegment.copy(code.bytes(), 0, text, ValueLayout.JAVA_BYTE, 0, code.bytes().length);
    memory.add(RAM, SIZE);
    this.hart = harts.make(memory);
    hart.setPc(CODE);
  }

  static Code code() {
    return new Code(CODE);
  }

  long x(int register) {
    return hart.register(register);
  }

  long inMemory(long address) {
    return memory.at(address, 8).get(LONG, 0);
  }

  void setMemory(long address, long value) {
    memory.at(address, 8).set(LONG, 0, value);
  }
}
