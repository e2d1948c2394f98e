package dev.nommu.kernel.device;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.plugin.FencedBlockDevice;
import dev.nommu.kernel.plugin.PluginCall;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Counts the openers of each block device, to detect the last close. Thread-safe. */
public final class BlockDevices {
  private final KernelLog log;
  private final Map<FencedBlockDevice, Openers> openers = new ConcurrentHashMap<>();

  /** Creates a table with no open device. */
  public BlockDevices(KernelLog log) {
    this.log = log;
  }

  /** Opens a block device and counts the opener. */
  public BlockDeviceFile open(FencedBlockDevice device) {
    return openers.computeIfAbsent(device, Openers::new).open();
  }

  /** The openers of one device. A slow device delays its own openers only. */
  private final class Openers {
    private final FencedBlockDevice device;
    private final AtomicBoolean writeProtected = new AtomicBoolean();

    @GuardedBy("this")
    private int count;

    Openers(FencedBlockDevice device) {
      this.device = device;
    }

    synchronized BlockDeviceFile open() {
      count++;
      return new BlockDeviceFile(device, writeProtected, this::close);
    }

    /** An error at the last close of a device is only logged (rule MTDBLK-05). */
    private synchronized void close() {
      count--;
      if (count > 0) {
        return;
      }
      try {
        device.released();
      } catch (ErrnoException failure) {
        PluginCall.print(log, "close of a block device", failure);
      }
    }
  }
}
