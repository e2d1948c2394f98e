package dev.nommu.junit;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Consent;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.MapRequest;
import dev.nommu.api.OpenFile;
import dev.nommu.api.Placement;
import dev.nommu.api.RegisterWindow;
import dev.nommu.api.RegisterWindow.Register;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Two registers, which programs map and load. */
final class SensorDriver implements DeviceDriver {
  private final Function<AddressRange, OpenFile> opener;

  SensorDriver() {
    this(Registers::new);
  }

  /** Creates a driver whose files somebody else makes. */
  SensorDriver(Function<AddressRange, OpenFile> opener) {
    this.opener = opener;
  }

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
    context.registerCharacterDevice("sensor", flags -> opener.apply(range));
  }

  /** A file whose mappings show the registers. */
  static class Registers implements DirectlyMappableFile {
    private final AddressRange range;

    Registers(AddressRange range) {
      this.range = range;
    }

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
