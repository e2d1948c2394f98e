/**
 * Futexes. {@link dev.nommu.kernel.futex.Futexes} knows addresses, mappings and profiles; what
 * waits and what is woken is decided by queues that know nothing of a machine.
 *
 * <p>Lock order: the queues of two futexes in the order of their buckets, then what the machine's
 * clock locks. The value of a futex is looked at with its queue locked, and a waker needs that
 * lock: no wake-up is lost.
 */
@NullMarked
package dev.nommu.kernel.futex;

import org.jspecify.annotations.NullMarked;
