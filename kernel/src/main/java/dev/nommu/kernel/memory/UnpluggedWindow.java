package dev.nommu.kernel.memory;

import dev.nommu.api.BusFault;
import dev.nommu.api.DeviceWindow;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The addresses of an unplugged device that are still mapped (rule HOT-07).
 *
 * @param size in bytes
 */
record UnpluggedWindow(long size) implements DeviceWindow {
  @Override
  public Optional<MemorySegment> memory() {
    return Optional.empty();
  }

  @Override
  public long load(long offset, int width) {
    throw gone("load", offset);
  }

  @Override
  public void store(long offset, int width, long value) {
    throw gone("store", offset);
  }

  private static BusFault gone(String action, long offset) {
    return new BusFault("%s at 0x%x: the device was unplugged [HOT-07]".formatted(action, offset));
  }
}
