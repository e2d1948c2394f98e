package dev.nommu.tck.session;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Consent;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.WritableFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A driver of {@code /dev/slate}: a page of memory.
 *
 * @param maker what a test makes of each file
 */
record Slate(UnaryOperator<Slate.Page> maker) implements DeviceDriver {
  static final String BOARD =
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        slate@10000000 { compatible = "test,slate"; reg = <0x10000000 0x1000>; };
      };
      """;

  @Override
  public String name() {
    return "slate";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("test,slate");
  }

  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    AddressRange range = node.reg().getFirst();
    MemorySegment memory = context.claimMemory(range);
    context.registerCharacterDevice("slate", flags -> maker.apply(new Page(range, memory)));
  }

  /** The file. */
  static class Page implements DirectlyMappableFile, ReadableFile, WritableFile {
    private final AddressRange range;
    private final MemorySegment memory;

    Page(AddressRange range, MemorySegment memory) {
      this.range = range;
      this.memory = memory;
    }

    Page(Page other) {
      this(other.range, other.memory);
    }

    @Override
    public Optional<BackingDeviceInfo> backingDeviceInfo() {
      return Optional.of(BackingDeviceInfo.MEMORY);
    }

    @Override
    public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
      return Placement.within(range, request);
    }

    @Override
    public Consent mmap(MapRequest request, long address) {
      return Consent.ACCEPTED;
    }

    @Override
    public long read(MemorySegment into, long position) {
      long count = Math.clamp(memory.byteSize() - position, 0, into.byteSize());
      MemorySegment.copy(memory, Math.min(position, memory.byteSize()), into, 0, count);
      return count;
    }

    @Override
    public long write(MemorySegment from, long position) throws ErrnoException {
      if (position >= memory.byteSize()) {
        throw new ErrnoException(Errno.ENOSPC, "write at 0x%x: behind the end".formatted(position));
      }
      long count = Math.min(memory.byteSize() - position, from.byteSize());
      MemorySegment.copy(from, 0, memory, position, count);
      return count;
    }
  }

  /** Counts wrong where not all that it is given fits. */
  static final class Overflowing extends Page {
    Overflowing(Page page) {
      super(page);
    }

    @Override
    public long write(MemorySegment from, long position) throws ErrnoException {
      return super.write(from, position) < from.byteSize() ? from.byteSize() + 1 : from.byteSize();
    }
  }

  /** Has the first byte wrong of what does not begin at the start. */
  static final class Forgetting extends Page {
    Forgetting(Page page) {
      super(page);
    }

    @Override
    public long read(MemorySegment into, long position) {
      long count = super.read(into, position);
      if (position > 0 && count > 0) {
        into.set(ValueLayout.JAVA_BYTE, 0, (byte) '?');
      }
      return count;
    }
  }
}
