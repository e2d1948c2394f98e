/**
 * The machine: its composition, its boot, and the calls of its tasks.
 *
 * <p>{@link dev.nommu.kernel.Machine#boot} boots a board. To replace a part or a plugin, compose a
 * {@link dev.nommu.kernel.Kernel} with {@link dev.nommu.kernel.inject.KernelModule}.
 */
@NullMarked
package dev.nommu.kernel;

import org.jspecify.annotations.NullMarked;
