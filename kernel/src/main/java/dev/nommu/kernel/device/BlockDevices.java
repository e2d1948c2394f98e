package dev.nommu.kernel.device;

import dev.nommu.api.BlockDevice;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.plugin.PluginCall;
import java.util.HashMap;
import java.util.Map;

/** Which block devices are open how often, so that the last close is told. Thread-safe. */
public final class BlockDevices {
  private final KernelLog log;
  private final Map<BlockDevice, Integer> openers = new HashMap<>();

  /** Creates an account in which nothing is open. */
  public BlockDevices(KernelLog log) {
    this.log = log;
  }

  /** Opens a block device once more. */
  public synchronized BlockDeviceFile open(BlockDevice device) {
    openers.merge(device, 1, Integer::sum);
    return new BlockDeviceFile(device, () -> close(device));
  }

  /** What a device says when it is closed for the last time is only logged (rule MTDBLK-05). */
  private synchronized void close(BlockDevice device) {
    if (openers.merge(device, -1, Integer::sum) > 0) {
      return;
    }
    openers.remove(device);
    try {
      PluginCall.tell(device, "released", device::released);
    } catch (ErrnoException failure) {
      log.print("close of a block device: " + failure.getMessage());
    }
  }
}
