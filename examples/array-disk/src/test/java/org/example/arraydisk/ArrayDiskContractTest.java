package org.example.arraydisk;

import dev.nommu.api.DeviceDriver;
import dev.nommu.junit.BlockDeviceContract;
import dev.nommu.junit.Board;

/** Each rule that holds for every block device, as a test of its own. */
@Board("board.dts")
final class ArrayDiskContractTest extends BlockDeviceContract {
  @Override
  protected DeviceDriver driver() {
    return new ArrayDiskDriver();
  }
}
