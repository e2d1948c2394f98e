package dev.nommu.kernel.futex;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.ipc.FutexScope;
import dev.nommu.kernel.ipc.FutexTimeout;
import dev.nommu.kernel.task.Program;
import dev.nommu.kernel.task.Task;

/**
 * A program that waits at a futex whose value is 0, once. Its exit status is 0 if it was woken,
 * otherwise the number of the error.
 */
record Waiting(long address, FutexScope scope, int bitset, FutexTimeout timeout)
    implements Program {
  /** Returns one that waits forever and for every waker. */
  static Waiting at(long address, FutexScope scope) {
    return new Waiting(address, scope, Futexes.MATCH_ANY, new FutexTimeout.Never());
  }

  Waiting only(int bits) {
    return new Waiting(address, scope, bits, timeout);
  }

  Waiting atMost(FutexTimeout limit) {
    return new Waiting(address, scope, bitset, limit);
  }

  @Override
  public int run(Task task) {
    try {
      task.ipc().futexWait(address, scope, 0, bitset, timeout);
      return 0;
    } catch (ErrnoException failure) {
      return failure.errno().number();
    }
  }
}
