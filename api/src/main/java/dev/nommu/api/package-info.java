/**
 * The contract between a no-MMU kernel and its plugins.
 *
 * <p>The types by kind of plugin, in the order in which they are needed; the first ones are enough
 * for a start:
 *
 * <dl>
 *   <dt>A character device
 *   <dd>{@link dev.nommu.api.DeviceDriver} probes a {@link dev.nommu.api.FirmwareNode} of the board
 *       and, through a {@link dev.nommu.api.DeviceContext}, registers a {@link
 *       dev.nommu.api.CharacterDevice} with a {@link dev.nommu.api.DeviceNumber}; its open gets
 *       {@link dev.nommu.api.OpenFlags} and returns an {@link dev.nommu.api.OpenFile}, which is a
 *       {@link dev.nommu.api.ReadableFile}, a {@link dev.nommu.api.WritableFile}, a {@link
 *       dev.nommu.api.ControllableFile} (with {@link dev.nommu.api.UserMemory}) as it needs.
 *       Operations that fail throw {@link dev.nommu.api.ErrnoException}.
 *   <dd>Registers at addresses: {@link dev.nommu.api.RegisterWindow}, or a custom {@link
 *       dev.nommu.api.DeviceWindow}. Reads that wait: {@link dev.nommu.api.PollableFile} and {@link
 *       dev.nommu.api.WaitQueue}. Work at a later time: {@link dev.nommu.api.MachineTimer}. A range
 *       of numbers: {@link dev.nommu.api.DeviceRegion}.
 *   <dd>Memory that programs map: {@link dev.nommu.api.PageSource}, {@link
 *       dev.nommu.api.BackingDeviceInfo} and {@link dev.nommu.api.DirectlyMappableFile}, which
 *       answers a {@link dev.nommu.api.MapRequest} with a {@link dev.nommu.api.Placement} and a
 *       {@link dev.nommu.api.Consent}; {@link dev.nommu.api.VmOperations} receives the events of a
 *       mapping.
 *   <dt>A disk or an MTD
 *   <dd>A {@link dev.nommu.api.DeviceDriver} registers a {@link dev.nommu.api.BlockDevice} ({@link
 *       dev.nommu.api.BlockDevice#of} makes one from bytes), or a {@link
 *       dev.nommu.api.BackingStore} of kind MTD. One in memory returns a {@link
 *       dev.nommu.api.PointedRange}.
 *   <dt>A file system
 *   <dd>{@link dev.nommu.api.FileSystemType} mounts a {@link dev.nommu.api.MountRequest}. If all
 *       contents are available then, a {@link dev.nommu.api.ReadOnlyTree} of paths and bytes is all
 *       it needs.
 *   <dd>Otherwise it returns a {@link dev.nommu.api.FileSystem} with a root {@link
 *       dev.nommu.api.Directory} of {@link dev.nommu.api.DirectoryEntry entries} and inodes with
 *       {@link dev.nommu.api.Attributes}: {@link dev.nommu.api.RegularFile}, {@link
 *       dev.nommu.api.SymbolicLink}, {@link dev.nommu.api.DeviceFile}, {@link dev.nommu.api.Fifo}
 *       and {@link dev.nommu.api.Socket}. Files are opened like those of a device; with {@link
 *       dev.nommu.api.MappableFile} they can be mapped as copies, with {@link
 *       dev.nommu.api.DirectlyMappableFile} in place.
 *   <dd>A writable one creates inodes from {@link dev.nommu.api.NewInode}. Optional interfaces:
 *       {@link dev.nommu.api.SeekableDirectory}, {@link dev.nommu.api.SeekableFile}, {@link
 *       dev.nommu.api.Syncable}, {@link dev.nommu.api.AllocatableFile}, {@link
 *       dev.nommu.api.FlaggedInode}; for a device {@link dev.nommu.api.SpliceReadableFile} and
 *       {@link dev.nommu.api.SpliceWritableFile}.
 *   <dt>A format of executables
 *   <dd>{@link dev.nommu.api.BinaryFormat} examines an {@link dev.nommu.api.Executable} and returns
 *       a {@link dev.nommu.api.Recognition}; its {@link dev.nommu.api.ImageLoader} lays out the
 *       image in {@link dev.nommu.api.ProcessMemory} and returns a {@link
 *       dev.nommu.api.LoadedImage}.
 *   <dt>A processor
 *   <dd>{@link dev.nommu.api.Processor} names the {@link dev.nommu.api.ElfTarget} of the files it
 *       runs and creates a {@link dev.nommu.api.Hart} for each thread. A hart accesses {@link
 *       dev.nommu.api.ProcessorMemory}, directly where it is {@link dev.nommu.api.PlainMemory} to
 *       an {@link dev.nommu.api.Access}, and returns the reason of a {@link dev.nommu.api.Stop},
 *       such as an {@link dev.nommu.api.AccessFault}.
 *   <dt>Plugins of its own
 *   <dd>{@link dev.nommu.api.PluginFinder} finds them.
 *   <dt>Names of constants and ioctls
 *   <dd>{@link dev.nommu.api.UapiHeader} lists constants and {@link dev.nommu.api.IoctlCommand
 *       ioctls}, with the layout of their {@link dev.nommu.api.IoctlArgument arguments}, so that
 *       scenarios can use them by name.
 * </dl>
 *
 * <p>Interfaces that the kernel implements may gain methods. Interfaces that plugins implement gain
 * only default methods. The Javadoc of every closed set of types or constants states whether it may
 * grow.
 *
 * <p>Sizes and offsets are bytes unless a name says pages. Addresses are physical addresses of the
 * machine, as {@code long}. An operation that fails throws {@link dev.nommu.api.ErrnoException}. A
 * mapping operation that declines a request returns "declined" as a value ({@link
 * dev.nommu.api.Placement.Declined}, {@link dev.nommu.api.Consent.Declined}); throwing ENOSYS, as
 * Linux drivers return it, is equivalent.
 *
 * <p>Concurrency: the kernel calls the operations of one inode, and of all files open on it, one at
 * a time. They must not block on another thread by Java's means: an operation of a {@link
 * dev.nommu.api.PollableFile} waits in a {@link dev.nommu.api.WaitQueue}, and others continue
 * meanwhile. Different inodes are called concurrently, so the plugin must guard state that they
 * share. A plugin can opt out of both: the kernel remembers the names of a file system whose {@link
 * dev.nommu.api.FileSystem.NameChanges} says that only the kernel changes them, and reads a {@link
 * dev.nommu.api.ConcurrentlyReadableFile} at any time. Inode numbers and attributes may be
 * requested at any time.
 *
 * <p>The kernel trusts no answer: an address outside the plugin's memory, an impossible count, size
 * or name, a null, or any other exception or error ends the call with EIO (a load or store with a
 * fault) and a message that names the plugin's class. A module with its own plugins reports with
 * {@link dev.nommu.api.PluginFault} and {@link dev.nommu.api.DelegatingFile} which of them is at
 * fault. Resources are valid for a limited time: pages until the mount ends or the probe fails;
 * claims and registrations through a {@link dev.nommu.api.DeviceContext} until probe or init ends.
 * Later uses fail with the plugin's name.
 */
@NullMarked
package dev.nommu.api;

import org.jspecify.annotations.NullMarked;
