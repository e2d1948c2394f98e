/**
 * The machine's clock, and the one gate through which everything that waits in the kernel goes.
 *
 * <p>{@link dev.nommu.kernel.time.WaitQueue} is what a part of the kernel waits with: a condition
 * of a lock of its own. {@link dev.nommu.kernel.time.Sleeper} is for whom a thread waits, so that a
 * signal can end the wait. {@link dev.nommu.kernel.time.MachineClock} says how deadlines come: by
 * themselves as the host's time passes, or, simulated, at once when no program can run.
 *
 * <p>Lock order: the lock of a queue, then the monitor of a sleeper, then the lock of the clock.
 * Nothing is locked under the latter.
 */
@NullMarked
package dev.nommu.kernel.time;

import org.jspecify.annotations.NullMarked;
