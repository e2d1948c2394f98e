/**
 * The flat physical address space of a machine and the allocator of its RAM.
 *
 * <p>Lock order: the monitor of {@link dev.nommu.kernel.memory.BuddyAllocator} is taken last; no
 * other code is called while it is held.
 */
@NullMarked
package dev.nommu.kernel.memory;

import org.jspecify.annotations.NullMarked;
