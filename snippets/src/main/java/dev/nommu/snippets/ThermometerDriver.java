package dev.nommu.snippets;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.PollEvent;
import dev.nommu.api.PollableFile;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.WaitQueue;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A thermometer that measures ten times a second; a read waits for a new sample. */
public final class ThermometerDriver implements DeviceDriver {
  /** Creates the driver; the kernel does so once for each machine. */
  public ThermometerDriver() {}

  @Override
  public String name() {
    return "thermometer";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("example,thermometer");
  }

  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    WaitQueue queue = context.newWaitQueue("a sample");
    Thermometer thermometer = new Thermometer(queue, new AtomicInteger(19), new AtomicBoolean());
    context.registerCharacterDevice("thermometer", flags -> thermometer);
    context.newTimer("sampling", thermometer::measure).startPeriodic(Duration.ofMillis(100));
  }

  private record Thermometer(WaitQueue queue, AtomicInteger degrees, AtomicBoolean fresh)
      implements ReadableFile, PollableFile {
    void measure() {
      degrees.incrementAndGet();
      fresh.set(true);
      queue.wakeAll();
    }

    @Override
    public long read(MemorySegment into, long position) throws ErrnoException {
      queue.await(fresh::get);
      fresh.set(false);
      into.set(ValueLayout.JAVA_BYTE, 0, degrees.byteValue());
      return 1;
    }

    @Override
    public Set<PollEvent> poll() {
      return fresh.get() ? Set.of(PollEvent.IN) : Set.of();
    }
  }
}
