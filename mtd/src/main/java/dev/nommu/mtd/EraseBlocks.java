package dev.nommu.mtd;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.ArrayList;
import java.util.List;

/**
 * The erase blocks of a device.
 *
 * @param regions runs of blocks of one size, in order and without gaps
 */
record EraseBlocks(List<EraseRegion> regions) {
  /** Takes an immutable copy. */
  EraseBlocks {
    regions = List.copyOf(regions);
  }

  /**
   * Returns the blocks of a range, each as a region of one block (rule FLASH-06).
   *
   * @param length bytes, 1 or more; the range lies in the device
   * @throws ErrnoException EINVAL if it does not begin and end at block boundaries
   */
  List<EraseRegion> in(long offset, long length) throws ErrnoException {
    if (!isBoundary(offset) || !isBoundary(offset + length)) {
      throw new ErrnoException(
          Errno.EINVAL,
          "0x%x bytes at 0x%x: expected whole erase blocks of %s"
              .formatted(length, offset, regions));
    }
    List<EraseRegion> blocks = new ArrayList<>();
    for (long at = offset; at < offset + length; at += sizeAt(at)) {
      blocks.add(new EraseRegion(at, sizeAt(at), 1));
    }
    return blocks;
  }

  private boolean isBoundary(long offset) {
    return regions.stream().anyMatch(region -> region.isBoundary(offset));
  }

  private long sizeAt(long offset) {
    return regions.stream()
        .filter(region -> region.touches(offset, 1))
        .mapToLong(EraseRegion::blockSize)
        .findFirst()
        .orElseThrow();
  }
}
