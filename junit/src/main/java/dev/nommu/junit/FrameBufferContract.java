package dev.nommu.junit;

import dev.nommu.chardevfb.FrameBufferDeviceDriver;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Contract;
import dev.nommu.tck.MadeBoard;
import dev.nommu.tck.Subject;
import dev.nommu.tck.device.FrameBuffers;
import java.util.List;
import java.util.Set;

/**
 * The contract of the frame buffers of a driver below the core: of each {@code /dev/fbN} of the
 * driver. The board is that of {@link Board}, or has 16 MiB of RAM and one node that the driver
 * drives, with 64 KiB of addresses.
 */
public abstract class FrameBufferContract extends PluginContract {
  /** Creates a contract. */
  protected FrameBufferContract() {}

  /** Returns a new driver, for each machine. */
  protected abstract FrameBufferDeviceDriver driver();

  @Override
  final List<Contract> contracts() throws BoardException {
    return FrameBuffers.of(subject());
  }

  private Subject subject() throws BoardException {
    Set<String> compatible = driver().compatible();
    return Subject.of(
        FrameBufferDeviceDriver.class,
        FrameBufferDeviceDriver::name,
        this::driver,
        board(MadeBoard.of(compatible)));
  }
}
