/**
 * The virtual filesystem: mounts, path walk, open files.
 *
 * <p>Lock order: {@link dev.nommu.kernel.vfs.Namespace} monitor, then the lock of one inode (see
 * {@link dev.nommu.kernel.mm.FileRegions#lock}), then the monitors of superblocks. Two inodes are
 * never locked by one thread at a time.
 */
@NullMarked
package dev.nommu.kernel.vfs;

import org.jspecify.annotations.NullMarked;
