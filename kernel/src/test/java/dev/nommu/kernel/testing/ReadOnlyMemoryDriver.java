package dev.nommu.kernel.testing;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Consent;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import java.util.Optional;
import java.util.Set;

/** A driver for memory that can be mapped and not written: all that there must be of one. */
public final class ReadOnlyMemoryDriver implements DeviceDriver {
  private record Memory(AddressRange range) implements DirectlyMappableFile {
    @Override
    public Optional<BackingDeviceInfo> backingDeviceInfo() {
      return Optional.of(BackingDeviceInfo.ROM);
    }

    @Override
    public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
      return range.contains(range.start() + request.offset(), request.length())
          ? Placement.at(range.start() + request.offset())
          : Placement.DECLINED;
    }

    @Override
    public Consent mmap(MapRequest request, long address) {
      return Consent.ACCEPTED;
    }
  }

  @Override
  public String name() {
    return "romem";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("test,romem");
  }

  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    AddressRange range = node.reg().getFirst();
    context.claimMemory(range);
    context.registerCharacterDevice("romem", new DeviceNumber(241, 0), flags -> new Memory(range));
  }
}
