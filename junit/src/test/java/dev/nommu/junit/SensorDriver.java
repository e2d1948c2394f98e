package dev.nommu.junit;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Consent;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.api.RegisterWindow;
import dev.nommu.api.RegisterWindow.Register;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Two registers, which programs map and load. */
final class SensorDriver implements DeviceDriver {
  @Override
  public String name() {
    return "sensor";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("example,sensor");
  }

  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    AddressRange range = node.reg().getFirst();
    AtomicInteger samples = new AtomicInteger();
    RegisterWindow registers =
        RegisterWindow.of(
            range.length(),
            Register.readOnly(0x0, "ID", () -> 0x5e45),
            Register.readOnly(0x4, "SAMPLE", samples::incrementAndGet));
    context.claim(range, registers);
    context.registerCharacterDevice("sensor", flags -> new Registers(range));
  }

  private record Registers(AddressRange range) implements DirectlyMappableFile {
    @Override
    public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
      return Placement.within(range, request);
    }

    @Override
    public Consent mmap(MapRequest request, long address) {
      return Consent.ACCEPTED;
    }
  }
}
