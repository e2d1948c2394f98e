package dev.nommu.blockdev;

import dev.nommu.api.BlockDevice;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DeviceRegion;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.PageSource;
import java.util.Set;

/**
 * The ramdisk driver {@code brd}: {@code /dev/ram0} and so on, major 1. No node describes ramdisks;
 * the kernel's command line does:
 *
 * <ul>
 *   <li>{@code brd.rd_nr}: their number, 16 by default
 *   <li>{@code brd.rd_size}: the size of each in KiB, 4096 by default
 *   <li>{@code brd.contiguous=1}: the memory of each disk is allocated at once and in one run, and
 *       can be mapped shared. Linux has no such parameter; the document requires it of a
 *       memory-backed block device, which "must be able to provide a contiguous run of pages
 *       without truncate being called"
 * </ul>
 */
public final class RamDiskDriver implements DeviceDriver {
  private static final int MAJOR = 1;

  /** Creates the driver; it has no state. */
  public RamDiskDriver() {}

  @Override
  public String name() {
    return "brd";
  }

  @Override
  public Set<String> compatible() {
    return Set.of();
  }

  /**
   * Registers the ramdisks.
   *
   * @throws ErrnoException EINVAL if a parameter is malformed; EFBIG if a contiguous disk is larger
   *     than the longest run of pages, ENOMEM if there is no such run; no ramdisks are registered
   *     then
   */
  @Override
  public void init(DeviceContext context) throws ErrnoException {
    context.registerRegion(
        DeviceRegion.ofMajor(DeviceFile.Kind.BLOCK, "ramdisk", MAJOR, Errno.ENXIO));
    RamDiskParameters parameters = RamDiskParameters.of(context);
    for (int minor = 0; minor < parameters.disks(); minor++) {
      String name = "ram" + minor;
      Capacity capacity = new Capacity(name, parameters.bytes());
      context.registerBlockDevice(
          name, new DeviceNumber(MAJOR, minor), disk(capacity, parameters.layout(), context));
    }
  }

  private static BlockDevice disk(
      Capacity capacity, RamDiskParameters.Layout layout, DeviceContext context)
      throws ErrnoException {
    return switch (layout) {
      case SCATTERED -> new RamDisk(capacity, context.pages());
      case CONTIGUOUS -> contiguous(capacity, context.pages());
    };
  }

  /**
   * Returns a disk that "allocated all its memory as a contiguous array upfront", as the document
   * puts it: memory-backed, mapped shared like a file on ramfs (rule BLK-05).
   *
   * @throws ErrnoException EFBIG if it is larger than the longest run of pages; ENOMEM
   */
  static BlockDevice contiguous(Capacity capacity, PageSource source) throws ErrnoException {
    long pages = Page.count(capacity.bytes());
    if (pages > source.maximumRun()) {
      throw new ErrnoException(
          Errno.EFBIG,
          "%s: contiguous ramdisk of %d pages: the longest run has %d"
              .formatted(capacity.name(), pages, source.maximumRun()));
    }
    long address = source.allocateRun(pages);
    return BlockDevice.of(source.memory(address, capacity.bytes()), address);
  }
}
