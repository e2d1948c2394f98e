package org.example.arraydisk;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BlockDevice;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/** An array as a disk, which can be mapped shared: {@code /dev/array0} and so on. */
public final class ArrayDiskDriver implements DeviceDriver {
  /** Creates the driver; the kernel does so once for each machine. */
  public ArrayDiskDriver() {}

  @Override
  public String name() {
    return "array-disk";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("example,array-disk");
  }

  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    MemorySegment bytes = MemorySegment.ofArray(new byte[1 << 16]);
    AddressRange range = context.claim(DeviceWindow.of(bytes));
    context.registerBlockDevice("array%d", BlockDevice.of(bytes, range.start()));
  }
}
