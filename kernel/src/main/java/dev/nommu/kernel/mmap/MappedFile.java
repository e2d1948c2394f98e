package dev.nommu.kernel.mmap;

import dev.nommu.api.DeviceNumber;

/** The file of a mapping, as maps show it. Thread-safe. */
public interface MappedFile {
  /** Returns the path as a maps file shows it, with " (deleted)" if the name is gone. */
  String path();

  /** Returns the number of the device the inode lies on. */
  DeviceNumber device();

  /** Returns the inode number, unique on its device. */
  long inodeNumber();

  /**
   * Returns an object that is equal for the same inode, and for no other inode while the object is
   * reachable, as {@link java.nio.file.attribute.BasicFileAttributes#fileKey}.
   */
  Object fileKey();

  /** Returns whether its file system keeps its files in the machine's RAM. */
  boolean isInMemory();
}
