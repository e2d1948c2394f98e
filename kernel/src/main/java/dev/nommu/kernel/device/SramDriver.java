package dev.nommu.kernel.device;

import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import java.util.List;
import java.util.Set;

/** On-chip memory, as in {@code drivers/misc/sram.c}: it exists, but is not allocated from. */
public final class SramDriver implements DeviceDriver {
  /** Creates the driver. */
  public SramDriver() {}

  @Override
  public String name() {
    return "sram";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("mmio-sram");
  }

  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    List<AddressRange> ranges = node.reg();
    if (ranges.isEmpty()) {
      throw new ErrnoException(
          Errno.EINVAL, node.path() + ": reg: expected addresses, found none (sram.yaml)");
    }
    for (AddressRange range : ranges) {
      context.claimMemory(range);
    }
  }
}
