/**
 * The mapping rules, which decide whether a request is shared, mapped in place, copied or refused.
 *
 * <p>The path of a call: {@link dev.nommu.kernel.mmap.MmapArguments} (raw numbers) becomes a {@link
 * dev.nommu.kernel.mm.Plan} by the pure function {@link dev.nommu.kernel.mm.Planner}; {@link
 * dev.nommu.kernel.mm.FileRegions} finds a region to reuse; {@link dev.nommu.kernel.mm.Mapper}
 * executes the plan.
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
