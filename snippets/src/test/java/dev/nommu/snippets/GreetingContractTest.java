package dev.nommu.snippets;

import dev.nommu.api.DeviceDriver;
import dev.nommu.junit.Board;
import dev.nommu.junit.CharacterDeviceContract;

@Board("greeting.dts")
class GreetingContractTest extends CharacterDeviceContract {
  @Override
  protected DeviceDriver driver() {
    return new GreetingDriver();
  }
}
