/**
 * The machine's clock: {@link dev.nommu.kernel.time.MachineClock} says how deadlines come, by
 * themselves as the host's time passes, or, simulated, at once when no program can run.
 */
@NullMarked
package dev.nommu.kernel.time;

import org.jspecify.annotations.NullMarked;
