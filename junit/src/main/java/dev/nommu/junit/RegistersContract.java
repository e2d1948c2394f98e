package dev.nommu.junit;

import dev.nommu.api.DeviceDriver;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Contract;
import dev.nommu.tck.MadeBoard;
import dev.nommu.tck.Subject;
import dev.nommu.tck.device.Registers;
import java.util.List;

/**
 * The contract of the windows that a driver claims, such as registers, for any load or store of a
 * program. The board is that of {@link Board}, or has 16 MiB of RAM and one node that the driver
 * drives, with 64 KiB of addresses. Mappings of the windows by the driver's character devices are
 * covered by {@link CharacterDeviceContract}.
 */
public abstract class RegistersContract extends PluginContract {
  /** Creates a contract. */
  protected RegistersContract() {}

  /** Returns a new driver, for each machine. */
  protected abstract DeviceDriver driver();

  @Override
  final List<Contract> contracts() throws BoardException {
    return Registers.of(Subject.driver(this::driver, board(MadeBoard.of(driver()))));
  }
}
