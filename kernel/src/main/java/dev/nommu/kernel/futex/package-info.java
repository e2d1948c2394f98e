/**
 * Futexes. {@link dev.nommu.kernel.futex.Futexes} deals with addresses, mappings and profiles; the
 * queues, which decide who waits and who is woken, are independent of the machine.
 *
 * <p>Lock order: the queues of two futexes in the order of their buckets, then the locks of the
 * machine's clock. The value of a futex is read with its queue locked, and a waker needs that lock:
 * no wake-up is lost.
 */
@NullMarked
package dev.nommu.kernel.futex;

import org.jspecify.annotations.NullMarked;
