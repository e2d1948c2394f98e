package dev.nommu.junit;

import dev.nommu.api.DeviceDriver;

/** The registers of a driver, beside its character device. */
final class SensorRegistersContractTest extends RegistersContract {
  @Override
  protected DeviceDriver driver() {
    return new SensorDriver();
  }
}
