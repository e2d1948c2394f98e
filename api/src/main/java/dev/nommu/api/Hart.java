package dev.nommu.api;

/**
 * A hardware thread that executes machine code. Several harts run in parallel on the same memory;
 * each is used by one thread at a time, except for {@link #flushInstructions}.
 *
 * <p>Registers have the numbers that gdb's remote protocol gives them for the architecture: those
 * of riscv64 are x0 to x31 at 0, pc at 32, f0 to f31 at 33, fflags, frm and fcsr at 66, 67, 68.
 *
 * @since 0.1.0
 */
public interface Hart {
  /**
   * Runs until something stops it. Afterwards all registers are as the last retired instruction
   * left them.
   *
   * @param instructions the maximum number to retire, 0 or more
   * @return why it stopped
   */
  Stop run(long instructions);

  /** Returns the number of instructions retired since the hart was created. */
  long retired();

  /** Returns the address of the next instruction. */
  long pc();

  /** Sets the address of the next instruction. */
  void setPc(long address);

  /**
   * Returns a register, zero-extended to 64 bits.
   *
   * @throws IllegalArgumentException if the architecture has no register of this number
   */
  long register(int number);

  /**
   * Sets a register, as an instruction that writes it would: hardwired zeros stay 0, bits that the
   * register does not have are ignored.
   *
   * @throws IllegalArgumentException if the architecture has no register of this number
   */
  void setRegister(int number, long value);

  /**
   * Returns a new hart with the same registers, for {@code clone}. It has retired no instructions
   * and holds no reservation.
   *
   * @param memory the memory of the new hart
   */
  Hart copy(ProcessorMemory memory);

  /**
   * Discards cached instructions, as {@code FENCE.I} does: after the next jump or branch, it
   * executes the instructions that are then in memory. May be called by any thread; earlier stores
   * are visible.
   */
  void flushInstructions();
}
