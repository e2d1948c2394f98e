package dev.nommu.ramfs;

import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Inode;
import dev.nommu.api.NewInode;

/** A device node. */
final class RamDevice extends RamInode implements DeviceFile {
  private final NewInode.DeviceFile description;

  RamDevice(RamFileSystem fileSystem, NewInode.DeviceFile description) {
    super(fileSystem, description);
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
