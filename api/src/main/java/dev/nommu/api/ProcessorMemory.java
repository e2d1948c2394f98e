package dev.nommu.api;

import java.util.Optional;

/**
 * Memory and time as a hart sees them. The kernel implements it; it may come to have more methods.
 * A hart calls it on the thread that runs it; where several harts share one it is called
 * concurrently.
 *
 * <p>What is plain a hart loads, stores and fetches itself. Everything else it asks for here, in
 * words of 1, 2, 4 or 8 bytes that lie at a multiple of their width, as on a bus: an access that is
 * not aligned is cut into such words, each the widest that fits.
 *
 * @since 0.1.0
 */
public interface ProcessorMemory {
  /**
   * Returns the largest piece of memory around an address that is plain to such accesses, or empty
   * where each has to be asked for: where nothing is, at a device, for loads and stores that
   * somebody listens to, for stores to what is read-only.
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
   * Stores a word if there is the expected one, in one step for all harts, with the effect of a
   * full fence.
   *
   * @param address a multiple of {@code width}
   * @param width 4 or 8 bytes
   * @param expected what has to be there, in the low {@code width} bytes; those above are 0
   * @param value what is stored then, in the same way
   * @return what was there: the expected word if it was replaced
   * @throws AccessFault if nothing answers, or it cannot do that in one step, as a device
   */
  long compareAndExchange(long address, int width, long expected, long value) throws AccessFault;

  /**
   * Fetches a piece of an instruction.
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
   * @param retired how many instructions the hart has retired, {@link Hart#retired}: a simulated
   *     clock goes by these
   */
  long time(long retired);
}
