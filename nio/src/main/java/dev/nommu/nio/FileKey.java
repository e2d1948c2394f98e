package dev.nommu.nio;

import dev.nommu.api.DeviceNumber;
import dev.nommu.kernel.fs.FileStatus;

/**
 * The identity of a file of a machine.
 *
 * @param device the device the file lies on
 * @param inode the number of its inode
 */
record FileKey(DeviceNumber device, long inode) {
  /** Returns the key of a file. */
  static FileKey of(FileStatus status) {
    return new FileKey(status.device(), status.inode());
  }

  /** Returns both, as {@code (dev=0:1,ino=7)}. */
  @Override
  public String toString() {
    return "(dev=%s,ino=%d)".formatted(device, inode);
  }
}
