/**
 * Watches what tasks and plugins do to memory. A no-MMU machine lets every load and store through,
 * right or wrong, and what a plugin does to its own memory is its own affair; a {@link
 * dev.nommu.kernel.sanitizer.Sanitizer} tells of what is wrong without changing it.
 *
 * <p>Lock order: the monitors here are taken last, with any lock of the kernel held, and none of
 * them is held while a mapping, a memory map or a plugin is asked for anything but numbers.
 */
@NullMarked
package dev.nommu.kernel.sanitizer;

import org.jspecify.annotations.NullMarked;
