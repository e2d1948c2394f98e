/**
 * Relations between processes: parents and children, signals, how one ended and who hears of it.
 * Knows nothing of memory and files.
 *
 * <p>One lock, that of {@link dev.nommu.kernel.process.ProcessTable}, guards all of it, as Linux's
 * {@code tasklist_lock} does. Under it only sleepers and the clock are locked.
 */
@NullMarked
package dev.nommu.kernel.process;

import org.jspecify.annotations.NullMarked;
