/**
 * Relations between processes: parents and children, signals, exit statuses and their reports.
 * Independent of memory and files.
 *
 * <p>One lock, that of {@link dev.nommu.kernel.process.ProcessTable}, guards all of it, as Linux's
 * {@code tasklist_lock} does. While it is held, only the locks of sleepers and the clock are taken.
 */
@NullMarked
package dev.nommu.kernel.process;

import org.jspecify.annotations.NullMarked;
