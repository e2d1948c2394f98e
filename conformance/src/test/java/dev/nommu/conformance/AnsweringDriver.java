package dev.nommu.conformance;

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
import dev.nommu.api.ReadableFile;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.Set;

/**
 * A driver for tests: {@code /dev/answering} is memory that answers as the property {@code answer}
 * of its node says, and grants copies if the node has the property {@code copy}.
 */
public final class AnsweringDriver implements DeviceDriver {
  @Override
  public String name() {
    return "answering";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("test,answering");
  }

  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    AddressRange range = node.reg().getFirst();
    MemorySegment bytes = context.claimMemory(range);
    AnsweringFile file =
        new AnsweringFile(range, bytes, Answer.of(node), copies(node), CallLog.in(context));
    context.registerCharacterDevice("answering", new DeviceNumber(240, 0), flags -> file);
  }

  /** Returns what a node permits: everything if it grants copies, else the default. */
  static Optional<BackingDeviceInfo> copies(FirmwareNode node) {
    return node.has("copy") ? Optional.of(BackingDeviceInfo.MEMORY) : Optional.empty();
  }

  private record AnsweringFile(
      AddressRange range,
      MemorySegment bytes,
      Answer answer,
      Optional<BackingDeviceInfo> backingDeviceInfo,
      CallLog log)
      implements ReadableFile, DirectlyMappableFile {
    @Override
    public long read(MemorySegment into, long position) {
      log.add("read");
      long count = Math.clamp(range.length() - position, 0, into.byteSize());
      MemorySegment.copy(bytes, position, into, 0, count);
      return count;
    }

    @Override
    public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
      log.add("getUnmappedArea");
      return answer.to(request, range);
    }

    @Override
    public Consent mmap(MapRequest request, long address) {
      return log.consent();
    }
  }
}
