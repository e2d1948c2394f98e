package dev.nommu.blockdev;

import dev.nommu.api.BackingStore;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DeviceRegion;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The driver {@code virtio_blk} together with its transport {@code virtio,mmio}: {@code /dev/vda}
 * and so on, with a dynamic major (254, unless another driver was first), sixteen minors each, in
 * the order the nodes are probed. A transport without a disk on the board stays empty, which is not
 * an error.
 */
public final class VirtioBlockDriver implements DeviceDriver {
  private static final int MINORS = 1 << 20;
  private static final int MINORS_OF_A_DISK = 16;
  private static final int LETTERS = 26;

  private Optional<DeviceRegion> region = Optional.empty();
  private final Set<Integer> disks = new HashSet<>();

  /** All indices below it are taken. */
  private int next;

  /** Creates the driver of a machine without disks. */
  public VirtioBlockDriver() {}

  @Override
  public String name() {
    return "virtio_blk";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("virtio,mmio");
  }

  /**
   * Registers the disk attached to a transport.
   *
   * @throws ErrnoException EIO if the attached disk cannot be opened
   */
  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    Optional<BackingStore> attached = context.attachment(node);
    if (attached.isEmpty()) {
      return;
    }
    DeviceRegion numbers = region(context);
    int disk = lowestFree();
    DeviceNumber number = new DeviceNumber(numbers.first().major(), MINORS_OF_A_DISK * disk);
    context.registerBlockDevice(diskName(disk), number, new VirtioDisk(attached.get()));
    context.onRemove(() -> remove(disk));
    region = Optional.of(numbers);
    disks.add(disk);
  }

  private int lowestFree() {
    while (disks.contains(next)) {
      next++;
    }
    return next;
  }

  private void remove(int disk) {
    disks.remove(disk);
    next = Math.min(next, disk);
  }

  /**
   * Allocates the major number of the disks, even if the board has none.
   *
   * @throws ErrnoException EBUSY if no major is free
   */
  @Override
  public void init(DeviceContext context) throws ErrnoException {
    region = Optional.of(region(context));
  }

  private DeviceRegion region(DeviceContext context) throws ErrnoException {
    return region.isPresent()
        ? region.get()
        : context.allocateRegion(DeviceFile.Kind.BLOCK, "virtblk", MINORS);
  }

  /** Returns the name of the disk with an index from 0: vda to vdz, vdaa and so on. */
  static String diskName(int index) {
    StringBuilder letters = new StringBuilder();
    for (int rest = index; rest >= 0; rest = rest / LETTERS - 1) {
      letters.insert(0, (char) ('a' + rest % LETTERS));
    }
    return "vd" + letters;
  }
}
