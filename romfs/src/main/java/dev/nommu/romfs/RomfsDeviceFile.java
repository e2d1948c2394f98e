package dev.nommu.romfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;

/** A device node. */
record RomfsDeviceFile(RomfsNode node, Kind kind) implements DeviceFile {
  private static final int MAJOR_BITS = 0xfff;

  @Override
  public long number() {
    return node.offset();
  }

  @Override
  public Attributes attributes() {
    return RomfsFileSystem.attributes(node, 0);
  }

  /** Returns the number; its major number is truncated to the twelve bits of {@code dev_t}. */
  @Override
  public DeviceNumber device() {
    return new DeviceNumber(node.major() & MAJOR_BITS, node.minor());
  }
}
