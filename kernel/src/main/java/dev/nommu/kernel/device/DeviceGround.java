package dev.nommu.kernel.device;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.pages.Territory;
import dev.nommu.kernel.plugin.StoreOwner;

/**
 * Where the stores of a device can be addressed while the device exists.
 *
 * @param territory its memory
 * @param device its name for messages
 */
record DeviceGround(Territory territory, String device) implements StoreOwner.Ground {
  @Override
  public boolean owns(long address, long length) {
    return territory.owns(address, length);
  }

  @Override
  public void requirePresent() throws ErrnoException {
    territory.presence().require(device);
  }
}
