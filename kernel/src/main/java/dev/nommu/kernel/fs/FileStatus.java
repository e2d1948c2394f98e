package dev.nommu.kernel.fs;

import dev.nommu.api.Attributes;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.FileKind;
import java.util.Optional;

/**
 * What {@code stat} says.
 *
 * @param device the device the inode lies on
 * @param inode the number of the inode
 * @param kind its kind
 * @param special the device that a device node stands for; empty for every other kind
 * @param attributes everything else
 */
public record FileStatus(
    DeviceNumber device,
    long inode,
    FileKind kind,
    Optional<DeviceNumber> special,
    Attributes attributes) {
  /** Returns kind and permissions in one number, as {@code st_mode}. */
  public int mode() {
    return kind.modeBits() | attributes.permissions();
  }
}
