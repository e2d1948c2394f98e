package dev.nommu.kernel.futex;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntUnaryOperator;

/** Values of futexes in an array; an address is an index. */
final class FutexWords implements FutexMemory {
  private final AtomicIntegerArray words;

  FutexWords(int count) {
    words = new AtomicIntegerArray(count);
  }

  boolean compareAndSet(int index, int expected, int value) {
    return words.compareAndSet(index, expected, value);
  }

  int getAndSet(int index, int value) {
    return words.getAndSet(index, value);
  }

  @Override
  public int load(long address) {
    return words.get((int) address);
  }

  @Override
  public int update(long address, IntUnaryOperator change) {
    return words.getAndUpdate((int) address, change);
  }
}
