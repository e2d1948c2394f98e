package dev.nommu.kernel.futex;

import dev.nommu.api.ErrnoException;
import java.util.function.IntUnaryOperator;

/** The memory that holds the values of futexes: 32-bit words. Thread-safe. */
interface FutexMemory {
  /** Returns a value; EFAULT if the address has no memory or device. */
  int load(long address) throws ErrnoException;

  /**
   * Changes a value atomically.
   *
   * @param change without side effects; may be called several times
   * @return the previous value
   * @throws ErrnoException EFAULT if the address has no memory or device
   */
  int update(long address, IntUnaryOperator change) throws ErrnoException;
}
