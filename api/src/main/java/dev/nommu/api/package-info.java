/**
 * The contract between a no-MMU kernel and its plugins.
 *
 * <p>Which types one needs, in the order in which one needs them; the first ones do for a start:
 *
 * <dl>
 *   <dt>A character device
 *   <dd>{@link dev.nommu.api.DeviceDriver} probes a {@link dev.nommu.api.FirmwareNode} of the board
 *       and, through a {@link dev.nommu.api.DeviceContext}, registers a {@link
 *       dev.nommu.api.CharacterDevice} with a {@link dev.nommu.api.DeviceNumber}; its open gets
 *       {@link dev.nommu.api.OpenFlags} and returns an {@link dev.nommu.api.OpenFile}, which is a
 *       {@link dev.nommu.api.ReadableFile}, a {@link dev.nommu.api.WritableFile}, a {@link
 *       dev.nommu.api.ControllableFile} (with {@link dev.nommu.api.UserMemory}) as it needs. What
 *       fails throws {@link dev.nommu.api.ErrnoException}.
 *   <dd>Registers at addresses: {@link dev.nommu.api.RegisterWindow}, or a {@link
 *       dev.nommu.api.DeviceWindow} of one's own. Reads that wait: {@link
 *       dev.nommu.api.PollableFile} and {@link dev.nommu.api.WaitQueue}. Work at a later time:
 *       {@link dev.nommu.api.MachineTimer}. A range of numbers: {@link dev.nommu.api.DeviceRegion}.
 *   <dd>Memory that programs map: {@link dev.nommu.api.PageSource}, {@link
 *       dev.nommu.api.BackingDeviceInfo} and {@link dev.nommu.api.DirectlyMappableFile}, which
 *       answers a {@link dev.nommu.api.MapRequest} with a {@link dev.nommu.api.Placement} and a
 *       {@link dev.nommu.api.Consent}; {@link dev.nommu.api.VmOperations} hear of each mapping.
 *   <dt>A disk or an MTD
 *   <dd>A {@link dev.nommu.api.DeviceDriver} registers a {@link dev.nommu.api.BlockDevice} ({@link
 *       dev.nommu.api.BlockDevice#of} makes one of bytes), or a {@link dev.nommu.api.BackingStore}
 *       that says it is an MTD. One that lies in memory gives a {@link dev.nommu.api.PointedRange}.
 *   <dt>A file system
 *   <dd>{@link dev.nommu.api.FileSystemType} mounts what a {@link dev.nommu.api.MountRequest}
 *       names. If all of its contents are at hand then, a {@link dev.nommu.api.ReadOnlyTree} of
 *       paths and bytes is all it has to make.
 *   <dd>Else it returns a {@link dev.nommu.api.FileSystem} with a root {@link
 *       dev.nommu.api.Directory}, in which there are {@link dev.nommu.api.DirectoryEntry entries}
 *       and inodes with {@link dev.nommu.api.Attributes}: {@link dev.nommu.api.RegularFile}, {@link
 *       dev.nommu.api.SymbolicLink}, {@link dev.nommu.api.DeviceFile}, {@link dev.nommu.api.Fifo}
 *       and {@link dev.nommu.api.Socket}. Files are opened as those of a device are; {@link
 *       dev.nommu.api.MappableFile} lets them be mapped as copies, {@link
 *       dev.nommu.api.DirectlyMappableFile} in place.
 *   <dd>One that is written to makes inodes as {@link dev.nommu.api.NewInode} says. Optional
 *       interfaces: {@link dev.nommu.api.SeekableDirectory}, {@link dev.nommu.api.SeekableFile},
 *       {@link dev.nommu.api.Syncable}, {@link dev.nommu.api.AllocatableFile}, {@link
 *       dev.nommu.api.FlaggedInode}; of a device {@link dev.nommu.api.SpliceReadableFile} and
 *       {@link dev.nommu.api.SpliceWritableFile}.
 *   <dt>A format of executables
 *   <dd>{@link dev.nommu.api.BinaryFormat} looks at an {@link dev.nommu.api.Executable} and answers
 *       with a {@link dev.nommu.api.Recognition}; its {@link dev.nommu.api.ImageLoader} lays the
 *       image out in {@link dev.nommu.api.ProcessMemory} and returns a {@link
 *       dev.nommu.api.LoadedImage}.
 *   <dt>A processor
 *   <dd>{@link dev.nommu.api.Processor} says which files it runs, by their {@link
 *       dev.nommu.api.ElfTarget}, and makes a {@link dev.nommu.api.Hart} for each thread. That
 *       loads and stores in {@link dev.nommu.api.ProcessorMemory}, straight where it is {@link
 *       dev.nommu.api.PlainMemory} to an {@link dev.nommu.api.Access}, and says with a {@link
 *       dev.nommu.api.Stop} why it stopped, of an {@link dev.nommu.api.AccessFault} for one.
 *   <dt>Plugins of its own
 *   <dd>{@link dev.nommu.api.PluginFinder} finds them.
 *   <dt>Names for what programs ask it
 *   <dd>{@link dev.nommu.api.UapiHeader} lists constants and {@link dev.nommu.api.IoctlCommand
 *       ioctls}, with what their {@link dev.nommu.api.IoctlArgument arguments} point at, so that
 *       scenarios can use them by name.
 * </dl>
 *
 * <p>What the kernel implements and lends to plugins may come to have more methods. An interface
 * that plugins implement comes to have only such as have a default. Of every closed set of types or
 * constants its Javadoc says whether it may grow.
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
 * to guard. A plugin can opt out of both: the kernel remembers the names of a file system whose
 * {@link dev.nommu.api.FileSystem.NameChanges} says that only the kernel changes them, and reads a
 * {@link dev.nommu.api.ConcurrentlyReadableFile} at any time. Numbers and attributes are asked for
 * at any time.
 *
 * <p>The kernel believes no answer: an address outside the memory that belongs to the plugin, a
 * count, size or name that cannot be, a null, or anything else that is thrown, errors included,
 * ends the call with EIO (a load or store with a fault) and a message that names the plugin's
 * class. A room that has plugins of its own says with {@link dev.nommu.api.PluginFault} and {@link
 * dev.nommu.api.DelegatingFile} which of them is at fault. A plugin may use what it is lent for a
 * limited time: pages until its mount ends or its probe fails, and of a {@link
 * dev.nommu.api.DeviceContext} it can claim and register until its probe or init ends; afterwards
 * that is refused with its name.
 */
@NullMarked
package dev.nommu.api;

import org.jspecify.annotations.NullMarked;
