package org.example.sensor;

import dev.nommu.api.DeviceDriver;
import dev.nommu.junit.Board;
import dev.nommu.junit.CharacterDeviceContract;

/** Each rule that holds for every character device, as a test of its own. */
@Board("board.dts")
final class SensorContractTest extends CharacterDeviceContract {
  @Override
  protected DeviceDriver driver() {
    return new SensorDriver();
  }
}
