package dev.nommu.kernel.plugin;

import dev.nommu.api.BlockDevice;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.UserMemory;

/** A plugin's block device as the kernel uses it; see {@link FencedStore}. */
public final class FencedBlockDevice extends FencedStore implements BlockDevice {
  private static final int LEAST_BLOCK = 512;

  private final BlockDevice device;
  private final int physicalBlockSize;

  /**
   * Queries the constant properties of a device.
   *
   * @param owner the plugin that registered it
   * @throws ErrnoException EIO if it cannot return them
   */
  FencedBlockDevice(BlockDevice device, StoreOwner owner) throws ErrnoException {
    super(device, owner);
    this.device = device;
    this.physicalBlockSize =
        (int)
            PluginCall.count(
                plugin(), "physicalBlockSize", LEAST_BLOCK, Page.SIZE, device::physicalBlockSize);
  }

  @Override
  public int physicalBlockSize() {
    return physicalBlockSize;
  }

  @Override
  public long ioctl(int command, long argument, UserMemory memory) throws ErrnoException {
    return PluginCall.count(
        plugin(), "ioctl", 0, Long.MAX_VALUE, () -> device.ioctl(command, argument, memory));
  }

  @Override
  public void released() throws ErrnoException {
    PluginCall.tell(plugin(), "released", device::released);
  }
}
