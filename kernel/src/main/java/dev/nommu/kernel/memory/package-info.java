/**
 * The flat physical address space of a machine and the allocator of its RAM.
 *
 * <p>Lock order: the monitors of {@link dev.nommu.kernel.memory.OwnedPages} and of {@link
 * dev.nommu.kernel.memory.BuddyAllocator} are taken last, in this order; nothing is called while
 * they are held.
 */
@NullMarked
package dev.nommu.kernel.memory;

import org.jspecify.annotations.NullMarked;
