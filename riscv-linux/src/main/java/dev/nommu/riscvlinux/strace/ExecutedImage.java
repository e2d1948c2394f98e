package dev.nommu.riscvlinux.strace;

import static dev.nommu.riscvlinux.strace.TracedCall.getLong;

import dev.nommu.kernel.task.Tracee;

/** The arguments a program was executed with, read from its initial stack. */
final class ExecutedImage {
  private static final int AT_EXECFN = 31;
  private static final int ARGUMENTS = 6;

  private ExecutedImage() {}

  /** Returns the {@code execve} that led to a stack, with its arguments: path, argv, envp. */
  static TracedCall call(Tracee task, long stackPointer) {
    TracedCall stack =
        new TracedCall(task, new long[ARGUMENTS], stackPointer, new TracedCall.Pending());
    long argv = stackPointer + Long.BYTES;
    long envp = argv + Long.BYTES * (word(stack, stackPointer) + 1);
    long at = envp;
    while (word(stack, at) != 0) {
      at += Long.BYTES;
    }
    long[] arguments = {path(stack, at + Long.BYTES), argv, envp, 0, 0, 0};
    return new TracedCall(task, arguments, stackPointer, new TracedCall.Pending());
  }

  private static long path(TracedCall stack, long auxiliaryVector) {
    long at = auxiliaryVector;
    while (word(stack, at) != 0 && word(stack, at) != AT_EXECFN) {
      at += 2 * Long.BYTES;
    }
    return word(stack, at + Long.BYTES);
  }

  private static long word(TracedCall stack, long address) {
    return stack.memory(address, Long.BYTES).map(found -> getLong(found, 0)).orElse(0L);
  }
}
