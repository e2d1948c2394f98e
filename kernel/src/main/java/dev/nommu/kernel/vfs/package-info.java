/**
 * The virtual filesystem: mounts, path walk, open files.
 *
 * <p>Lock order: the locks of inodes ({@link dev.nommu.kernel.vfs.InodeLock} says in which order),
 * then the monitors of {@link dev.nommu.kernel.vfs.Namespace} and of superblocks, under which no
 * plugin is called.
 */
@NullMarked
package dev.nommu.kernel.vfs;

import org.jspecify.annotations.NullMarked;
