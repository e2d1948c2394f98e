package dev.nommu.junit;

import dev.nommu.api.DeviceDriver;

/** One class, one method. */
final class SensorContractTest extends CharacterDeviceContract {
  @Override
  protected DeviceDriver driver() {
    return new SensorDriver();
  }
}
