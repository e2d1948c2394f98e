package dev.nommu.chardevfb;

import java.lang.foreign.MemorySegment;
import java.util.Random;

/**
 * Pseudo-random bytes that are the same for each new machine, on any JDK: those of a {@link
 * Random}, whose algorithm is specified, with the seed 2631. May be called concurrently; the bytes
 * of one call are consecutive in the sequence.
 */
final class FixedSequence {
  private static final long SEED = 2631;
  private static final int CHUNK = 4096;

  private final Random random = new Random(SEED);

  /** Fills a segment with the next bytes of the sequence. */
  synchronized void next(MemorySegment into) {
    byte[] chunk = new byte[(int) Math.min(CHUNK, into.byteSize())];
    for (long done = 0; done < into.byteSize(); done += chunk.length) {
      random.nextBytes(chunk);
      long count = Math.min(chunk.length, into.byteSize() - done);
      MemorySegment.copy(MemorySegment.ofArray(chunk), 0, into, done, count);
    }
  }
}
