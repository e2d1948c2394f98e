/**
 * The machine's clock: {@link dev.nommu.kernel.time.MachineClock} defines when deadlines come: as
 * the host's time passes or, simulated, at once when no program can run.
 */
@NullMarked
package dev.nommu.kernel.time;

import org.jspecify.annotations.NullMarked;
