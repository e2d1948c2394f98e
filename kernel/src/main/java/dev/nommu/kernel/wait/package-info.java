/**
 * The one place where threads wait in the kernel.
 *
 * <p>{@link dev.nommu.kernel.wait.WaitQueue} is a condition of a lock, for the parts of the kernel.
 * {@link dev.nommu.kernel.wait.Sleeper} is the task on whose behalf a thread waits, so that a
 * signal can end the wait. The {@linkplain dev.nommu.kernel.time.MachineClock clock} defines when
 * deadlines come.
 *
 * <p>Lock order: the lock of a queue, then the monitor of a sleeper, then the lock of the clock. No
 * lock is taken while the latter is held.
 */
@NullMarked
package dev.nommu.kernel.wait;

import org.jspecify.annotations.NullMarked;
