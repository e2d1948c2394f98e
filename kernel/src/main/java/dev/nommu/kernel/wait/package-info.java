/**
 * The one gate through which everything that waits in the kernel goes.
 *
 * <p>{@link dev.nommu.kernel.wait.WaitQueue} is what a part of the kernel waits with: a condition
 * of a lock of its own. {@link dev.nommu.kernel.wait.Sleeper} is for whom a thread waits, so that a
 * signal can end the wait. The {@linkplain dev.nommu.kernel.time.MachineClock clock} says how
 * deadlines come.
 *
 * <p>Lock order: the lock of a queue, then the monitor of a sleeper, then the lock of the clock.
 * Nothing is locked under the latter.
 */
@NullMarked
package dev.nommu.kernel.wait;

import org.jspecify.annotations.NullMarked;
