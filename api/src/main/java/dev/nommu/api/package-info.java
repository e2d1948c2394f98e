/**
 * The contract between a no-MMU kernel and its plugins.
 *
 * <p>Sizes and offsets are bytes unless a name says pages. Addresses are physical addresses of the
 * machine, as {@code long}. An operation that fails throws {@link dev.nommu.api.ErrnoException}. A
 * mapping operation that does not want a request answers "declined" as a value ({@link
 * dev.nommu.api.Placement.Declined}, {@link dev.nommu.api.Consent.Declined}); ENOSYS, thrown as a
 * driver for Linux returns it, is the same.
 *
 * <p>Concurrency: the kernel calls the operations of one inode, and of all files open on it, one at
 * a time. None of them waits for another thread by Java's means: an operation of a {@link
 * dev.nommu.api.PollableFile} waits in a {@link dev.nommu.api.WaitQueue}, and others go on
 * meanwhile. Different inodes are called concurrently, so state that inodes share is the plugin's
 * to guard. Two things are otherwise for those who say so: names of a file system whose {@link
 * dev.nommu.api.FileSystem.NameChanges} are the kernel's are not looked up each time, and a {@link
 * dev.nommu.api.ConcurrentlyReadableFile} is read at any time. Numbers and attributes are asked for
 * at any time.
 *
 * <p>The kernel believes no answer: an address outside the memory that belongs to the plugin, a
 * count, size or name that cannot be, a null, or anything else that is thrown, errors included,
 * ends the call with EIO (a load or store with a fault) and a message that names the plugin's
 * class. A room that has plugins of its own says with {@link dev.nommu.api.PluginFault} and {@link
 * dev.nommu.api.DelegatingFile} which of them is at fault. What a plugin is lent it has for a time:
 * pages until its mount ends or its probe fails, and of a {@link dev.nommu.api.DeviceContext} it
 * can claim and register until its probe or init ends; afterwards that is refused with its name.
 */
@NullMarked
package dev.nommu.api;

import org.jspecify.annotations.NullMarked;
