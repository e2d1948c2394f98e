package dev.nommu.api;

import java.lang.foreign.MemorySegment;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The services the kernel offers a driver while it sets up a device. Once {@code probe} or {@code
 * init} has returned, claims and registrations fail with an EIO that names the driver. Its pages,
 * clock and profile remain usable, unless the call failed. May be called concurrently.
 *
 * @since 0.1.0
 */
public interface DeviceContext {
  /** Returns the profile of this machine. */
  Profile profile();

  /** Returns the machine's clock. */
  InstantSource clock();

  /**
   * Returns a queue in which operations of the driver's files can wait. May be called at any time.
   *
   * @param what the event that tasks wait for, as shown to users: "a sample"
   */
  WaitQueue newWaitQueue(String what);

  /**
   * Returns a timer that is not started yet. May be called at any time.
   *
   * @param name for messages
   * @param callback called when the timer expires, on the machine's only thread for timers, with no
   *     kernel lock held. It guards the state it shares with file operations, may wake a queue or
   *     start a timer, and must not wait. If it throws, that is logged and the timer is cancelled.
   */
  MachineTimer newTimer(String name, Runnable callback);

  /**
   * Registers a resource to be closed when the device goes, as {@code devm_add_action} does: when
   * it is unplugged, when this call fails, and at the latest when the machine ends. Resources are
   * closed in reverse order. By then the device can no longer be opened and its windows are not
   * called; an operation that began before may still run. Exceptions thrown by close are logged.
   *
   * @param resource such as a socket, a thread to stop, or an entry in the driver's tables
   * @throws ErrnoException EIO if the call of the driver has ended
   * @since 0.1.0
   */
  default void onRemove(AutoCloseable resource) throws ErrnoException {}

  /**
   * Returns the values given to a parameter on the kernel's command line, in order: {@code
   * "phram.phram"} for {@code phram.phram=a,0x1,0x2}.
   */
  List<String> parameters(String name);

  /**
   * Reports that a value of a parameter has no effect: as with {@code parse_args} in Linux, the
   * parameter keeps its previous value or its default. The value is listed with the unused
   * parameters, and the reason with the device (rule BOARD-11).
   *
   * @param name as for {@link #parameters}
   * @param value one of those that {@link #parameters} returns
   * @param reason the expected value, and the one used instead
   * @throws PluginFault if the call of the driver has ended, or no such value was given
   * @since 0.1.0
   */
  default void ignoreParameter(String name, String value, String reason) {}

  /**
   * Claims addresses and returns memory for them: zeros, or the power-on contents that the board
   * defines. Stores persist if the board says so; {@code fsync} of one of the driver's devices
   * returns when they are durable.
   *
   * @throws ErrnoException EBUSY if an address of the range or its image file is already claimed,
   *     EINVAL if the image does not fit, EIO, ENOMEM
   */
  MemorySegment claimMemory(AddressRange range) throws ErrnoException;

  /**
   * Claims addresses as {@link #claimMemory(AddressRange)} does, under a name the driver chooses,
   * as with {@code request_mem_region}.
   *
   * @param name shown in {@code /proc/iomem} in place of the names of the device and its node
   */
  default MemorySegment claimMemory(String name, AddressRange range) throws ErrnoException {
    return claimMemory(range);
  }

  /**
   * Returns memory at addresses that the driver has not claimed, as {@code memremap} does. RAM that
   * the board reserves, for a boot loader's picture or a RAM disk that outlives a restart, is used
   * as it is; addresses where nothing answers are claimed as by {@link #claimMemory(String,
   * AddressRange)}.
   *
   * @param name shown in {@code /proc/iomem} for claimed addresses
   * @throws ErrnoException EBUSY if some of it is RAM that is not reserved, or is already claimed;
   *     EINVAL if an image does not fit or would be kept in RAM; EIO, ENOMEM
   * @since 0.1.0
   */
  default MemorySegment memremap(String name, AddressRange range) throws ErrnoException {
    return claimMemory(name, range);
  }

  /**
   * Returns the range of the first reserved memory in a node's {@code memory-region}, as {@code
   * of_reserved_mem_lookup} does; empty if there is none or it could not be reserved.
   *
   * @throws ErrnoException EINVAL if the property is malformed
   * @since 0.1.0
   */
  default Optional<AddressRange> reservedMemory(FirmwareNode node) throws ErrnoException {
    return Optional.empty();
  }

  /**
   * Returns the number that {@code /aliases} gives a node, as {@code of_alias_get_id}: 2 for the
   * node of alias {@code mtd2}.
   *
   * @param stem the alias without its number
   * @since 0.1.0
   */
  default OptionalInt aliasId(FirmwareNode node, String stem) {
    return OptionalInt.empty();
  }

  /**
   * Returns memory for the contents of a device that handles its own addresses, such as the cells
   * of a flash chip behind its command logic. It is filled and kept as that of {@link
   * #claimMemory}, but claims nothing: see {@link #claim}.
   *
   * @param ranges the addresses of the device, in the order of its contents; the memory has no gaps
   * @param erased the initial byte where the board defines no contents
   * @throws ErrnoException EBUSY if its image file is already in use, EINVAL if the image does not
   *     fit, EIO
   */
  MemorySegment contents(List<AddressRange> ranges, byte erased) throws ErrnoException;

  /**
   * Claims addresses that a window of the driver answers.
   *
   * @throws ErrnoException EBUSY as above; EINVAL if the window and the range differ in size
   */
  void claim(AddressRange range, DeviceWindow window) throws ErrnoException;

  /**
   * Claims unused addresses for a device that the board does not place, such as a disk in an array.
   * A window of the driver answers them.
   *
   * @return the addresses, as many as the window has, page-aligned and above 4 GiB
   * @throws ErrnoException EINVAL for a window without addresses, ENOMEM if not enough are free
   */
  AddressRange claim(DeviceWindow window) throws ErrnoException;

  /**
   * Returns the store that the board attaches to the device of a node (an image, a disk), or empty.
   *
   * @throws ErrnoException EIO if it cannot be opened
   */
  Optional<BackingStore> attachment(FirmwareNode node) throws ErrnoException;

  /**
   * Logs a warning about something the driver does without, as {@code dev_warn} does.
   *
   * @param message one line; the log prefixes the place and the name of the driver
   */
  default void warn(String message) {}

  /** Returns memory for the driver. Direct mappings may lie in it. */
  PageSource pages();

  /**
   * Returns the whole physical address space, for a driver like {@code /dev/mem}. From then on a
   * direct mapping of the driver's files may lie anywhere, even where nothing answers (rule
   * CHR-09).
   */
  UserMemory physicalMemory();

  /**
   * Returns the physical address after the last byte of RAM: {@code high_memory} in Linux. Other
   * memory may lie above it.
   */
  long endOfRam();

  /**
   * Registers a range of device numbers; its devices are registered one by one.
   *
   * @throws ErrnoException EBUSY if it overlaps a registered region
   */
  void registerRegion(DeviceRegion region) throws ErrnoException;

  /**
   * Registers a range of device numbers with a dynamic major, as {@code alloc_chrdev_region} and,
   * with 0, {@code register_blkdev} do: the highest free one from 254 to 234 and then from 511 to
   * 384 for character devices, from 254 to 1 for block devices. An open of a number without a
   * device fails with ENXIO.
   *
   * @param name as shown in {@code /proc/devices}
   * @param minors how many numbers there are; the first minor is 0
   * @throws ErrnoException EBUSY if no major is free
   */
  DeviceRegion allocateRegion(DeviceFile.Kind kind, String name, int minors) throws ErrnoException;

  /**
   * Registers a character device with a dynamic number and makes its node in {@code /dev}. All such
   * devices of a driver share one major, allocated as by {@link #allocateRegion} under the driver's
   * name; each gets the lowest free minor.
   *
   * @param name a path below {@code /dev}; {@code %d} in it stands for the lowest number that makes
   *     the name unique, as in {@code "sensor%d"}
   * @return the path
   * @throws ErrnoException EINVAL if the name is not such a path; EBUSY if the name is in use, or
   *     no number is free
   */
  String registerCharacterDevice(String name, CharacterDevice device) throws ErrnoException;

  /**
   * Registers a character device and makes its node in {@code /dev}.
   *
   * @param name a path below {@code /dev}, such as {@code "mtd0"}
   * @param number the device number, which must be free
   * @param device what opens it
   * @throws ErrnoException EINVAL if the name is not such a path; EBUSY if the name or the number
   *     is in use, or the name of a device would also be a directory
   */
  void registerCharacterDevice(String name, DeviceNumber number, CharacterDevice device)
      throws ErrnoException;

  /**
   * Registers a block device with a dynamic number; see {@link #registerCharacterDevice(String,
   * CharacterDevice)}.
   *
   * @return the path below {@code /dev}
   */
  String registerBlockDevice(String name, BlockDevice device) throws ErrnoException;

  /**
   * Registers a block device and makes its node in {@code /dev}.
   *
   * @throws ErrnoException EINVAL if the name is not such a path; EBUSY if the name or the number
   *     is in use, or the name of a device would also be a directory
   */
  void registerBlockDevice(String name, DeviceNumber number, BlockDevice device)
      throws ErrnoException;

  /**
   * Registers a name under which a store can be mounted without a node in {@code /dev}, such as
   * {@code "mtd:boot"}.
   *
   * @param device the device number of files on the store
   * @throws ErrnoException EBUSY if the name is in use
   */
  void registerStore(String name, DeviceNumber device, BackingStore store) throws ErrnoException;

  /**
   * Registers a file in {@code /proc} whose text is generated at each open.
   *
   * @param name neither a number nor a path
   * @throws ErrnoException EINVAL for an invalid name; EBUSY if the kernel or a driver uses it
   */
  void registerProcFile(String name, Supplier<String> text) throws ErrnoException;

  /**
   * Registers a device in {@code /sys/class}: a directory with a file for each attribute, whose
   * text is generated at each open (rule PROC-18).
   *
   * @param deviceClass such as {@code "mtd"}
   * @param name such as {@code "mtd0"}
   * @param attributes texts by the names of files; in Linux each is a line with its newline
   * @throws ErrnoException EINVAL for an invalid name; EBUSY if a driver has registered the device
   */
  default void registerClassDevice(
      String deviceClass, String name, Map<String, Supplier<String>> attributes)
      throws ErrnoException {}
}
