package dev.nommu.api;

import java.util.Optional;

/**
 * Memory and time as a hart sees them. The kernel implements it; methods may be added. A hart calls
 * it on the thread that runs it; where several harts share one it is called concurrently.
 *
 * <p>A hart accesses plain memory directly and everything else through this interface, in words of
 * 1, 2, 4 or 8 bytes that lie at a multiple of their width, as on a bus: an unaligned access is
 * split into such words, each the widest that fits.
 *
 * @since 0.1.0
 */
public interface ProcessorMemory {
  /**
   * Returns the largest range around an address that is plain for such accesses, or empty where
   * each needs a call: where nothing answers, at a device, for traced loads and stores, for stores
   * to read-only memory.
   */
  Optional<PlainMemory> plain(long address, Access access);

  /**
   * Loads a word.
   *
   * @param address a multiple of {@code width}
   * @param width 1, 2, 4 or 8 bytes
   * @return the value, little-endian, in the low {@code width} bytes; those above are ignored
   * @throws AccessFault if nothing answers
   */
  long load(long address, int width) throws AccessFault;

  /**
   * Stores a word.
   *
   * @param address a multiple of {@code width}
   * @param width 1, 2, 4 or 8 bytes
   * @param value little-endian, in the low {@code width} bytes; those above are 0
   * @throws AccessFault if nothing answers
   */
  void store(long address, int width, long value) throws AccessFault;

  /**
   * Atomically stores a word if memory holds the expected one, with a full fence.
   *
   * @param address a multiple of {@code width}
   * @param width 4 or 8 bytes
   * @param expected the expected word, in the low {@code width} bytes; those above are 0
   * @param value the new word, in the same form
   * @return the previous word: the expected one if it was replaced
   * @throws AccessFault if nothing answers, or it cannot do that atomically, as a device cannot
   */
  long compareAndExchange(long address, int width, long expected, long value) throws AccessFault;

  /**
   * Fetches part of an instruction.
   *
   * @param address a multiple of {@code width}
   * @param width 2 or 4 bytes
   * @return the value, little-endian, in the low {@code width} bytes; those above are ignored
   * @throws AccessFault if nothing answers
   */
  long fetch(long address, int width) throws AccessFault;

  /**
   * Returns the ticks of the machine's timer, as {@code rdtime} reads them.
   *
   * @param retired how many instructions the hart has retired, {@link Hart#retired}, which drive a
   *     simulated clock
   */
  long time(long retired);
}
