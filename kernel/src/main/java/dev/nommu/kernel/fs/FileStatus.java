package dev.nommu.kernel.fs;

import dev.nommu.api.Attributes;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.FileKind;
import java.util.Optional;

/**
 * The result of {@code stat}.
 *
 * @param device the device that holds the inode
 * @param inode the number of the inode
 * @param kind its kind
 * @param special the device that a device node refers to; empty for every other kind
 * @param attributes all other attributes
 */
public record FileStatus(
    DeviceNumber device,
    long inode,
    FileKind kind,
    Optional<DeviceNumber> special,
    Attributes attributes) {
  /** Returns kind and permissions in one number, as in {@code st_mode}. */
  public int mode() {
    return kind.modeBits() | attributes.permissions();
  }
}
