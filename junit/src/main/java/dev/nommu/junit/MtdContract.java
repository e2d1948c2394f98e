package dev.nommu.junit;

import dev.nommu.api.DeviceDriver;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Contract;
import dev.nommu.tck.MadeBoard;
import dev.nommu.tck.Subject;
import dev.nommu.tck.device.Mtds;
import java.util.List;

/**
 * The contract of the memory technology devices of a driver: of each character device {@code mtdN},
 * and of each store that it registers under a name. The board is that of {@link Board}, or has 16
 * MiB of RAM and one node that the driver drives, with 64 KiB of addresses. The devices are erased.
 */
public abstract class MtdContract extends PluginContract {
  /** Creates a contract. */
  protected MtdContract() {}

  /** Returns a new driver, for each machine. */
  protected abstract DeviceDriver driver();

  @Override
  final List<Contract> contracts() throws BoardException {
    return Mtds.of(Subject.driver(this::driver, board(MadeBoard.of(driver()))));
  }
}
