package dev.nommu.api;

import java.lang.foreign.MemorySegment;

/**
 * A block device. Its {@code /dev} node is read, written and mapped by the kernel through the
 * store's methods.
 *
 * @since 0.1.0
 */
public interface BlockDevice extends BackingStore {
  /**
   * Returns a block device in memory, which can be mapped in place and copied. If the memory is
   * read-only, so is the device.
   *
   * @param memory the bytes of the device, such as those of an array
   * @param address the physical address of the first one, which the driver claimed or got from its
   *     {@link PageSource}
   */
  static BlockDevice of(MemorySegment memory, long address) {
    return new MemoryBlockDevice(memory, address);
  }

  /**
   * Returns the store of file systems mounted from this device: an MTD behind its mtdblock device,
   * otherwise the device itself.
   */
  default BackingStore mountStore() {
    return this;
  }

  /**
   * Returns the smallest write, in bytes, that needs no read first, as {@code physical_block_size};
   * it never changes.
   *
   * @return a power of two from 512 to 4096
   */
  default int physicalBlockSize() {
    return 512;
  }

  /**
   * Carries out an ioctl that the block layer does not handle.
   *
   * @return 0 or more
   * @throws ErrnoException ENOTTY if the command is unknown, EFAULT for a bad address
   */
  default long ioctl(int command, long argument, UserMemory memory) throws ErrnoException {
    throw new ErrnoException(Errno.ENOTTY, "ioctl 0x%x: unknown to this device".formatted(command));
  }

  /**
   * Called when the last open file of the device is closed.
   *
   * @throws ErrnoException EIO; the device is closed all the same
   */
  default void released() throws ErrnoException {}
}
