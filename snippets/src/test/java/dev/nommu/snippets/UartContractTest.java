package dev.nommu.snippets;

import dev.nommu.api.DeviceDriver;
import dev.nommu.junit.CharacterDeviceContract;

final class UartContractTest extends CharacterDeviceContract {
  @Override
  protected DeviceDriver driver() {
    return new UartDriver();
  }
}
