package org.example.sensor;

import dev.nommu.api.DeviceDriver;
import dev.nommu.junit.Board;
import dev.nommu.junit.RegistersContract;

/** Each rule that holds for registers, as a test of its own. */
@Board("board.dts")
final class SensorRegistersTest extends RegistersContract {
  @Override
  protected DeviceDriver driver() {
    return new SensorDriver();
  }
}
