package dev.nommu.riscvlinux;

/**
 * The stack on which handlers with SA_ONSTACK run: {@code stack_t}.
 *
 * @param address of its lowest byte
 * @param size in bytes; 0 for none
 * @param flags SS_…
 */
record AlternateStack(long address, long size, int flags) {
  static final int SS_ONSTACK = 1;
  static final int SS_DISABLE = 2;
  static final int SS_AUTODISARM = 1 << 31;

  /** No alternate stack is set. */
  static final AlternateStack NONE = new AlternateStack(0, 0, SS_DISABLE);

  /** Returns whether a stack pointer points into it. */
  boolean holds(long stackPointer) {
    return stackPointer - address > 0 && stackPointer - address <= size;
  }

  /** Returns the address below which a handler's frame is pushed, for the current stack pointer. */
  long top(long stackPointer) {
    return size == 0 || holds(stackPointer) ? stackPointer : address + size;
  }

  /** Returns {@code ss_flags} as {@code sigaltstack} reports them. */
  int told(long stackPointer) {
    return size != 0 && holds(stackPointer) && !disarms() ? flags | SS_ONSTACK : flags;
  }

  /** Returns whether it is disabled while a handler runs on it. */
  boolean disarms() {
    return (flags & SS_AUTODISARM) != 0;
  }
}
