package dev.nommu.ramfs;

import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Inode;
import dev.nommu.api.NewInode;

/** A device node. */
final class RamDevice extends RamInode implements DeviceFile {
  private final NewInode.Device description;

  RamDevice(RamFileSystem fileSystem, NewInode.Device description) {
    super(fileSystem, description.permissions());
    this.description = description;
  }

  @Override
  public Kind kind() {
    return description.kind();
  }

  @Override
  public DeviceNumber device() {
    return description.device();
  }

  @Override
  Inode self() {
    return this;
  }

  @Override
  long size() {
    return 0;
  }
}
