package dev.nommu.junit;

import dev.nommu.api.DeviceDriver;
import dev.nommu.chardevfb.MemoryDevices;

/** {@code /dev/null}, {@code zero}, {@code full}, {@code mem} and the random devices. */
final class MemoryDevicesContractTest extends CharacterDeviceContract {
  @Override
  protected DeviceDriver driver() {
    return new MemoryDevices();
  }
}
