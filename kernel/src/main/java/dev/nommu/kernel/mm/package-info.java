/**
 * The mapping rules: what is shared, what is mapped in place, what is copied and what is refused.
 *
 * <p>The way of a call: {@link dev.nommu.kernel.mmap.MmapArguments} (raw numbers) becomes a {@link
 * dev.nommu.kernel.mm.Plan} by the pure function {@link dev.nommu.kernel.mm.Planner}; {@link
 * dev.nommu.kernel.mm.FileRegions} looks for a region to use again; {@link
 * dev.nommu.kernel.mm.Mapper} carries the plan out.
 *
 * <p>Lock order:
 *
 * <pre>
 * FileHandle.lock (the lock of the inode; plugins are called with it held)
 *   AddressSpace monitor
 *     memory locks
 * </pre>
 */
@NullMarked
package dev.nommu.kernel.mm;

import org.jspecify.annotations.NullMarked;
