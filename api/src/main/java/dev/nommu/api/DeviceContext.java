package dev.nommu.api;

import java.lang.foreign.MemorySegment;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The services the kernel offers a driver while it sets up a device. When its {@code probe} or
 * {@code init} has ended, nothing more can be claimed or registered through it: EIO, which names
 * the driver. Its pages, clock and profile stay, unless the call failed. May be called
 * concurrently.
 *
 * @since 0.1.0
 */
public interface DeviceContext {
  /** Returns which of two disagreeing rules holds on this machine. */
  Profile profile();

  /** Returns what time it is on the machine. */
  InstantSource clock();

  /**
   * Returns a queue in which operations of the driver's files can wait. May be called at any time.
   *
   * @param what what is waited for, for people who ask what a task waits for: "a sample"
   */
  WaitQueue newWaitQueue(String what);

  /**
   * Returns a timer that is not started yet. May be called at any time.
   *
   * @param name for messages
   * @param callback is called when its time has come, on the machine's one thread for timers, with
   *     no lock of the kernel held: it guards what it shares with the operations of files, wakes a
   *     queue, starts a timer, and does not wait. If it throws, the log says so and the timer is
   *     cancelled.
   */
  MachineTimer newTimer(String name, Runnable callback);

  /**
   * Has something closed when the device goes, as {@code devm_add_action}: when it is unplugged,
   * when this call fails, and at the latest when the machine ends. They are closed in reverse
   * order. By then the device cannot be opened any more, and its windows are not asked; an
   * operation that began before may still run. Exceptions thrown by the closing are logged.
   *
   * @param resource such as a socket, a thread's end, or a number of the driver's own tables
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
   * Reports that a value of a parameter has no effect: as with {@code parse_args} of Linux, the
   * parameter keeps the value before it, or its default. The value is listed with the parameters
   * that nothing heeds, and the reason at the device (rule BOARD-11).
   *
   * @param name as {@link #parameters} takes it
   * @param value one of those that {@link #parameters} returns
   * @param reason what was expected, and what holds instead
   * @throws PluginFault if the call of the driver has ended, or no such value was given
   * @since 0.1.0
   */
  default void ignoreParameter(String name, String value, String reason) {}

  /**
   * Claims addresses and gets memory for them, zero but for what the board says is in the device
   * when the power comes on. Stores persist where the board says so; {@code fsync} of one of the
   * driver's devices returns when that is done.
   *
   * @throws ErrnoException EBUSY if something else owns an address of the range or the image it is
   *     kept in, EINVAL if the image does not fit, EIO, ENOMEM
   */
  MemorySegment claimMemory(AddressRange range) throws ErrnoException;

  /**
   * Claims addresses as {@link #claimMemory(AddressRange)}, under a name of the driver's, as {@code
   * request_mem_region}.
   *
   * @param name what {@code /proc/iomem} shows; without it the names of the device and its node
   */
  default MemorySegment claimMemory(String name, AddressRange range) throws ErrnoException {
    return claimMemory(range);
  }

  /**
   * Returns memory at addresses that a driver uses without a claim to them, as {@code memremap}.
   * RAM that the board reserves, for a picture that a boot loader has left there or a RAM disk that
   * outlives a restart, is used as it is; addresses at which nothing answers are claimed as by
   * {@link #claimMemory(String, AddressRange)}.
   *
   * @param name what {@code /proc/iomem} shows for addresses that are claimed
   * @throws ErrnoException EBUSY if some of it is RAM that is not reserved, which the kernel hands
   *     out, or something else owns it; EINVAL if an image does not fit or is to be kept in RAM;
   *     EIO, ENOMEM
   * @since 0.1.0
   */
  default MemorySegment memremap(String name, AddressRange range) throws ErrnoException {
    return claimMemory(name, range);
  }

  /**
   * Returns the addresses of the reserved memory that {@code memory-region} of a node names first,
   * as {@code of_reserved_mem_lookup}; empty if it names none, or none that could be reserved.
   *
   * @throws ErrnoException EINVAL if the property is malformed
   * @since 0.1.0
   */
  default Optional<AddressRange> reservedMemory(FirmwareNode node) throws ErrnoException {
    return Optional.empty();
  }

  /**
   * Returns the number that {@code /aliases} gives a node, as {@code of_alias_get_id}: 2 for a node
   * that {@code mtd2} stands for.
   *
   * @param stem the alias without its number
   * @since 0.1.0
   */
  default OptionalInt aliasId(FirmwareNode node, String stem) {
    return OptionalInt.empty();
  }

  /**
   * Returns memory for what is in a device that answers for its addresses itself, such as the cells
   * of a flash chip behind the logic that takes its commands. It holds what the board says, and is
   * kept, as that of {@link #claimMemory}, but claims nothing: see {@link #claim}.
   *
   * @param ranges the addresses of the device; what is in it lies in them one after the other, and
   *     without a gap in the memory
   * @param erased what is in it where the board says nothing
   * @throws ErrnoException EBUSY if something else owns the image it is kept in, EINVAL if the
   *     image does not fit, EIO
   */
  MemorySegment contents(List<AddressRange> ranges, byte erased) throws ErrnoException;

  /**
   * Claims addresses that are answered by a window of the driver's own.
   *
   * @throws ErrnoException EBUSY as above; EINVAL if the window's size is not the range's
   */
  void claim(AddressRange range, DeviceWindow window) throws ErrnoException;

  /**
   * Claims addresses that nothing on the board uses, for a device that the board does not place: an
   * array that is a disk, for instance. They are answered by a window of the driver's own.
   *
   * @return the addresses, as many as the window has; they begin with a page, above 4 GiB
   * @throws ErrnoException EINVAL for a window without addresses, ENOMEM if there are not so many
   */
  AddressRange claim(DeviceWindow window) throws ErrnoException;

  /**
   * Returns what the board puts behind the device of a node (an image, a disk), or empty.
   *
   * @throws ErrnoException EIO if it cannot be opened
   */
  Optional<BackingStore> attachment(FirmwareNode node) throws ErrnoException;

  /**
   * Tells the person who reads the kernel's log that something is wrong and goes on without it, as
   * {@code dev_warn}.
   *
   * @param message one line; the log puts the place and the name of the driver before it
   */
  default void warn(String message) {}

  /** Returns memory for the driver. Direct mappings may lie in it. */
  PageSource pages();

  /**
   * Returns the whole physical address space, for a driver like {@code /dev/mem}. From then on a
   * direct mapping of the driver's files may lie anywhere, also where nothing answers (rule
   * CHR-09).
   */
  UserMemory physicalMemory();

  /**
   * Returns the physical address behind the last byte of RAM: {@code high_memory} of Linux. Other
   * memory may lie above it.
   */
  long endOfRam();

  /**
   * Registers a range of device numbers; its devices are registered one by one.
   *
   * @throws ErrnoException EBUSY if a number of it is in a region that is registered already
   */
  void registerRegion(DeviceRegion region) throws ErrnoException;

  /**
   * Registers a range of device numbers of a major that is given out, as {@code
   * alloc_chrdev_region} and, with 0, {@code register_blkdev}: the highest free one from 254 to 234
   * and then from 511 to 384 for character devices, from 254 to 1 for block devices. An open of a
   * number without a device fails with ENXIO.
   *
   * @param name what {@code /proc/devices} says
   * @param minors how many numbers there are; the first minor is 0
   * @throws ErrnoException EBUSY if no major is free
   */
  DeviceRegion allocateRegion(DeviceFile.Kind kind, String name, int minors) throws ErrnoException;

  /**
   * Registers a character device with a number that is given out, and makes its node in {@code
   * /dev}. All such devices of a driver have one major, as of {@link #allocateRegion}, with the
   * driver's name, and the lowest free minor in turn.
   *
   * @param name a path below {@code /dev}; {@code %d} in it stands for the lowest number with which
   *     the name is free, as in {@code "sensor%d"}
   * @return the path
   * @throws ErrnoException EINVAL if the name is not such a path; EBUSY if the name is taken, or no
   *     number is free
   */
  String registerCharacterDevice(String name, CharacterDevice device) throws ErrnoException;

  /**
   * Registers a character device and makes its node in {@code /dev}.
   *
   * @param name a path below {@code /dev}, such as {@code "mtd0"}
   * @param number the device number, which must be free
   * @param device what opens it
   * @throws ErrnoException EINVAL if the name is not such a path; EBUSY if the name or the number
   *     is taken, or one of two devices would have to be a directory
   */
  void registerCharacterDevice(String name, DeviceNumber number, CharacterDevice device)
      throws ErrnoException;

  /**
   * Registers a block device with a number that is given out; see {@link
   * #registerCharacterDevice(String, CharacterDevice)}.
   *
   * @return the path below {@code /dev}
   */
  String registerBlockDevice(String name, BlockDevice device) throws ErrnoException;

  /**
   * Registers a block device and makes its node in {@code /dev}.
   *
   * @throws ErrnoException EINVAL if the name is not such a path; EBUSY if the name or the number
   *     is taken, or one of two devices would have to be a directory
   */
  void registerBlockDevice(String name, DeviceNumber number, BlockDevice device)
      throws ErrnoException;

  /**
   * Registers a name under which a store can be mounted without a node in {@code /dev}, such as
   * {@code "mtd:boot"}.
   *
   * @param device the number that is shown for files on the store
   * @throws ErrnoException EBUSY if the name is taken
   */
  void registerStore(String name, DeviceNumber device, BackingStore store) throws ErrnoException;

  /**
   * Registers a file in {@code /proc} with the text it has each time it is opened.
   *
   * @param name no number and no path
   * @throws ErrnoException EINVAL for a name that cannot be; EBUSY if the kernel or a driver has it
   */
  void registerProcFile(String name, Supplier<String> text) throws ErrnoException;

  /**
   * Registers a device in {@code /sys/class}: a directory with a file for each attribute, whose
   * text is made each time it is opened (rule PROC-18).
   *
   * @param deviceClass such as {@code "mtd"}
   * @param name such as {@code "mtd0"}
   * @param attributes texts by the names of files; in Linux each is a line with its end
   * @throws ErrnoException EINVAL for a name that cannot be; EBUSY if a driver has the device
   */
  default void registerClassDevice(
      String deviceClass, String name, Map<String, Supplier<String>> attributes)
      throws ErrnoException {}
}
