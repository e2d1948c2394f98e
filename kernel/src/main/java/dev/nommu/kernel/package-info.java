/**
 * The machine: what it is composed of, how it boots, and the calls of its tasks.
 *
 * <p>{@link dev.nommu.kernel.Machine#boot} boots a board. Who wants to replace a part composes the
 * machine with {@link dev.nommu.kernel.KernelModule} and {@code Modules.override}.
 */
@NullMarked
package dev.nommu.kernel;

import org.jspecify.annotations.NullMarked;
