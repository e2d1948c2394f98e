package dev.nommu.api;

/**
 * One thread of machine code: its registers, and what runs them. Several harts run in parallel on
 * the same memory; each is used by one thread at a time, but for {@link #flushInstructions}.
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
   * @param instructions how many may retire at most, 0 or more
   * @return why it stopped
   */
  Stop run(long instructions);

  /** Returns how many instructions have retired since the hart was made. */
  long retired();

  /** Returns the address of the next instruction. */
  long pc();

  /** Sets the address of the next instruction. */
  void setPc(long address);

  /**
   * Returns a register; one that is narrower than 64 bits is extended with zeros.
   *
   * @throws IllegalArgumentException if the architecture has no register of this number
   */
  long register(int number);

  /**
   * Sets a register, as an instruction that writes it would: what always is 0 stays 0, bits that
   * the register does not have are ignored.
   *
   * @throws IllegalArgumentException if the architecture has no register of this number
   */
  void setRegister(int number, long value);

  /**
   * Returns a new hart with the same registers, as {@code clone} makes one. It has retired none,
   * and holds no reservation of memory.
   *
   * @param memory the memory the new one loads from and stores to
   */
  Hart copy(ProcessorMemory memory);

  /**
   * Forgets what it knows of the instructions in memory, as by a FENCE.I of its own: from the next
   * jump or branch on it runs what is stored there now. May be called by any thread; stores that
   * happened before are seen.
   */
  void flushInstructions();
}
