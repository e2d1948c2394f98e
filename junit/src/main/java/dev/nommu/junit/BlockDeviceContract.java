package dev.nommu.junit;

import dev.nommu.api.DeviceDriver;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Contract;
import dev.nommu.tck.MadeBoard;
import dev.nommu.tck.Subject;
import dev.nommu.tck.device.BlockDevices;
import java.util.List;

/**
 * The contract of the block devices of a driver, as disks and as mapped files. The board is that of
 * {@link Board}, or has 16 MiB of RAM and one node that the driver drives, with 64 KiB of
 * addresses. The contents of the devices are overwritten.
 */
public abstract class BlockDeviceContract extends PluginContract {
  /** Creates a contract. */
  protected BlockDeviceContract() {}

  /** Returns a new driver, for each machine. */
  protected abstract DeviceDriver driver();

  @Override
  final List<Contract> contracts() throws BoardException {
    return BlockDevices.of(Subject.driver(this::driver, board(MadeBoard.of(driver()))));
  }
}
