package dev.nommu.snippets;

import dev.nommu.api.DeviceDriver;
import dev.nommu.junit.CharacterDeviceContract;

final class ButtonContractTest extends CharacterDeviceContract {
  @Override
  protected DeviceDriver driver() {
    return new ButtonDriver();
  }
}
