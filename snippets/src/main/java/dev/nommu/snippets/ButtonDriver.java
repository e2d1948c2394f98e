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
import java.util.concurrent.atomic.AtomicInteger;

/** A button that is pressed at the times that its node lists, in milliseconds after the start. */
public final class ButtonDriver implements DeviceDriver {
  /** Creates the driver; the kernel does so once for each machine. */
  public ButtonDriver() {}

  @Override
  public String name() {
    return "button";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("example,button");
  }

  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    Button button = new Button(context.newWaitQueue("the button"), new AtomicInteger());
    context.registerCharacterDevice("button", flags -> button);
    for (long millis : node.cells("presses")) {
      context.newTimer("a finger", button::press).startOnce(Duration.ofMillis(millis));
    }
  }

  private record Button(WaitQueue queue, AtomicInteger presses)
      implements ReadableFile, PollableFile {
    void press() {
      presses.incrementAndGet();
      queue.wakeAll();
    }

    @Override
    public long read(MemorySegment into, long position) throws ErrnoException {
      queue.await(() -> presses.get() > 0);
      into.set(ValueLayout.JAVA_BYTE, 0, (byte) presses.getAndSet(0));
      return 1;
    }

    @Override
    public Set<PollEvent> poll() {
      return presses.get() > 0 ? Set.of(PollEvent.IN) : Set.of();
    }
  }
}
