package dev.nommu.kernel.task;

import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A machine's source of random numbers: the same sequence on every machine, so that every run of a
 * program is the same (rule JOB-07). Thread-safe.
 */
final class RandomBytes {
  private static final long SEED = 612;

  private final RandomGenerator generator =
      RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

  /** Fills memory with the next numbers of the sequence. */
  synchronized void fill(MemorySegment into) {
    byte[] bytes = new byte[Math.toIntExact(into.byteSize())];
    generator.nextBytes(bytes);
    into.copyFrom(MemorySegment.ofArray(bytes));
  }
}
