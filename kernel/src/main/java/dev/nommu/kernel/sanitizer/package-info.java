/**
 * Watches what tasks and plugins do to memory. A no-MMU machine lets every load and store through,
 * right or wrong, and a plugin may do anything to its own memory; a {@link
 * dev.nommu.kernel.sanitizer.Sanitizer} reports faults without preventing them.
 *
 * <p>Lock order: the monitors here are taken last, with any lock of the kernel held, and none of
 * them is held while a mapping, a memory map or a plugin is asked for anything except numbers.
 */
@NullMarked
package dev.nommu.kernel.sanitizer;

import org.jspecify.annotations.NullMarked;
