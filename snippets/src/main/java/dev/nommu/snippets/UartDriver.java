package dev.nommu.snippets;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import java.util.Set;

/** A serial port of 115200 baud with a loopback plug: it receives what it sends. */
public final class UartDriver implements DeviceDriver {
  /** Creates the driver; the kernel does so once for each machine. */
  public UartDriver() {}

  @Override
  public String name() {
    return "uart";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("example,uart");
  }

  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    Uart uart = new Uart(context);
    context.registerCharacterDevice("uart", flags -> uart);
  }
}
