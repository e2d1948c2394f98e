package dev.nommu.snippets;

import dev.nommu.api.DeviceDriver;
import dev.nommu.junit.CharacterDeviceContract;

final class ThermometerContractTest extends CharacterDeviceContract {
  @Override
  protected DeviceDriver driver() {
    return new ThermometerDriver();
  }
}
