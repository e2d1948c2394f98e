package dev.nommu.kernel.liar;

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
import dev.nommu.api.PollEvent;
import dev.nommu.api.PollableFile;
import dev.nommu.api.WaitQueue;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** {@code /dev/rare}, with the slots that no plugin of the project has. */
final class RareDriver implements DeviceDriver {
  @Override
  public String name() {
    return "rare";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("test,rare");
  }

  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    AddressRange range = node.reg().getFirst();
    context.claimMemory(range);
    WaitQueue queue = context.newWaitQueue("something rare");
    context.registerCharacterDevice(
        "rare", new DeviceNumber(240, 0), flags -> new Rare(range, queue));
  }

  private record Rare(AddressRange range, WaitQueue queue)
      implements DirectlyMappableFile, PollableFile {
    @Override
    public Optional<BackingDeviceInfo> backingDeviceInfo() {
      return Optional.of(BackingDeviceInfo.MEMORY);
    }

    @Override
    public Placement getUnmappedArea(MapRequest request) {
      return Placement.at(range.start());
    }

    @Override
    public Consent mmap(MapRequest request, long address) {
      return Consent.accepted(mapping -> {});
    }

    @Override
    public Set<PollEvent> poll() {
      return EnumSet.of(PollEvent.IN);
    }
  }
}
