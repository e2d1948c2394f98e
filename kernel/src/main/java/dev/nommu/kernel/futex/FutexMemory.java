package dev.nommu.kernel.futex;

import dev.nommu.api.ErrnoException;
import java.util.function.IntUnaryOperator;

/** Where the values of futexes are: words of 32 bits. Thread-safe. */
interface FutexMemory {
  /** Returns a value; EFAULT if nothing answers there. */
  int load(long address) throws ErrnoException;

  /**
   * Changes a value in one step.
   *
   * @param change has no effect but its result; may be asked several times
   * @return the value before
   * @throws ErrnoException EFAULT if nothing answers there
   */
  int update(long address, IntUnaryOperator change) throws ErrnoException;
}
