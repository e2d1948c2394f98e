package dev.nommu.riscvlinux.strace;

import static dev.nommu.riscvlinux.strace.TracedCall.getLong;

import dev.nommu.kernel.task.Tracee;

/** The arguments a program was executed with, read from its initial stack. */
final class ExecutedImage {
  private static final int ARGUMENTS = 6;

  private ExecutedImage() {}

  /** Returns the {@code execve} that led to a stack, with its arguments: path, argv, envp. */
  static TracedCall call(Tracee task, long stackPointer) {
    TracedCall stack =
        new TracedCall(task, new long[ARGUMENTS], stackPointer, new TracedCall.Pending());
    long argv = stackPointer + Long.BYTES;
    long envp = argv + Long.BYTES * (word(stack, stackPointer) + 1);
    long end = envp;
    while (word(stack, end) != 0) {
      end += Long.BYTES;
    }
    long last = word(stack, end == envp ? envp - 2 * Long.BYTES : end - Long.BYTES);
    long[] arguments = {path(stack, last), argv, envp, 0, 0, 0};
    return new TracedCall(task, arguments, stackPointer, new TracedCall.Pending());
  }

  /**
   * Returns the address of the path: after the last string of the environment, or of the arguments
   * if that is empty. A flat program has no auxiliary vector to contain it.
   */
  private static long path(TracedCall stack, long last) {
    long at = last;
    while (stack.bytes(at, 1).filter(found -> found[0] != 0).isPresent()) {
      at++;
    }
    return at + 1;
  }

  private static long word(TracedCall stack, long address) {
    return stack.memory(address, Long.BYTES).map(found -> getLong(found, 0)).orElse(0L);
  }
}
