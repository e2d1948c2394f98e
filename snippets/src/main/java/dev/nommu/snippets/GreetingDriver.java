package dev.nommu.snippets;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Consent;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/** A device that is a piece of memory with a greeting in it, which can be mapped in place. */
public final class GreetingDriver implements DeviceDriver {
  /** Creates the driver; the kernel does so once for each machine. */
  public GreetingDriver() {}

  @Override
  public String name() {
    return "greeting";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("example,greeting");
  }

  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    AddressRange range = node.reg().getFirst();
    MemorySegment memory = context.claimMemory(range);
    memory.setString(0, node.string("text").orElse("hello"));
    context.registerCharacterDevice("greeting", flags -> new Greeting(range));
  }

  private record Greeting(AddressRange range) implements DirectlyMappableFile {
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
