package dev.nommu.kernel.testing;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Consent;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.api.PollEvent;
import dev.nommu.api.PollableFile;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.RegisterWindow;
import dev.nommu.api.RegisterWindow.Register;
import dev.nommu.api.WaitQueue;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Drives nodes {@code "test,pluggable"}: the first range is memory, the second one has a register.
 * Their files {@code /dev/bus/pluggable0} and so on can be mapped, memory first, and a read of one
 * waits for ever.
 */
public final class PluggableDriver implements DeviceDriver {
  /** What a read waits for. */
  public static final String WHAT = "data that never comes";

  /** What the register holds. */
  public static final int ID = 0x1dea;

  /** What happened, in order. */
  public final List<String> calls = new CopyOnWriteArrayList<>();

  /** Is run at the end of each probe. */
  public Runnable probing = () -> {};

  /** Creates a driver without devices. */
  public PluggableDriver() {}

  @Override
  public String name() {
    return "pluggable";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("test,pluggable");
  }

  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    calls.add("probe " + node.path());
    context.onRemove(() -> calls.add("first of " + node.path()));
    List<AddressRange> ranges = node.reg();
    context.claimMemory(ranges.get(0));
    RegisterWindow window =
        RegisterWindow.of(ranges.get(1).length(), Register.readOnly(0, "ID", () -> ID));
    context.claim(ranges.get(1), window);
    context.registerCharacterDevice(
        "bus/pluggable%d", flags -> new Opened(ranges, context.newWaitQueue(WHAT)));
    context.onRemove(() -> calls.add("second of " + node.path()));
    probing.run();
  }

  @Override
  public void close() {
    calls.add("driver closed");
  }

  private final class Opened implements ReadableFile, DirectlyMappableFile, PollableFile {
    private final List<AddressRange> ranges;
    private final WaitQueue queue;

    Opened(List<AddressRange> ranges, WaitQueue queue) {
      this.ranges = ranges;
      this.queue = queue;
    }

    @Override
    public Optional<BackingDeviceInfo> backingDeviceInfo() {
      return Optional.of(BackingDeviceInfo.MEMORY);
    }

    @Override
    public long read(MemorySegment into, long position) throws ErrnoException {
      queue.await(() -> false);
      return 0;
    }

    @Override
    public Placement getUnmappedArea(MapRequest request) {
      AddressRange memory = ranges.get(0);
      boolean registers = request.offset() >= memory.length();
      return Placement.at(
          registers
              ? ranges.get(1).start() + request.offset() - memory.length()
              : memory.start() + request.offset());
    }

    @Override
    public Consent mmap(MapRequest request, long address) {
      return Consent.ACCEPTED;
    }

    @Override
    public Set<PollEvent> poll() {
      return Set.of();
    }

    @Override
    public WaitQueue queue() {
      return queue;
    }

    @Override
    public void close() {
      calls.add("file closed");
    }
  }
}
