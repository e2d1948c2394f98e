/**
 * The virtual filesystem: mounts, path walk, open files.
 *
 * <p>Lock order: the locks of inodes (in the order of {@link dev.nommu.kernel.vfs.InodeLock}), then
 * the monitors of {@link dev.nommu.kernel.vfs.Namespace} and of superblocks, under which no plugin
 * is called.
 */
@NullMarked
package dev.nommu.kernel.vfs;

import org.jspecify.annotations.NullMarked;
