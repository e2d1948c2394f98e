package dev.nommu.cramfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;

/**
 * A device node of a mounted image.
 *
 * @param fileSystem the file system it is in
 * @param node the node
 * @param kind block or character device
 */
record CramfsDeviceFile(CramfsFileSystem fileSystem, CramfsNode node, DeviceFile.Kind kind)
    implements DeviceFile {
  @Override
  public long number() {
    return node.number();
  }

  @Override
  public Attributes attributes() {
    return fileSystem.attributes(node);
  }

  @Override
  public DeviceNumber device() {
    return node.device();
  }
}
