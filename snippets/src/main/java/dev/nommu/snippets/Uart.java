package dev.nommu.snippets;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MachineTimer;
import dev.nommu.api.PollEvent;
import dev.nommu.api.PollableFile;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.WaitQueue;
import dev.nommu.api.WritableFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * A serial port with buffers of 16 bytes in each direction, read and written one byte at a time.
 */
final class Uart implements ReadableFile, WritableFile, PollableFile {
  private static final Duration TIME_OF_A_BYTE = Duration.ofNanos(86_806);
  private final ArrayBlockingQueue<Byte> sending = new ArrayBlockingQueue<>(16);
  private final ArrayBlockingQueue<Byte> received = new ArrayBlockingQueue<>(16);
  private final WaitQueue changed;
  private final MachineTimer line;

  Uart(DeviceContext context) {
    changed = context.newWaitQueue("the serial line");
    line = context.newTimer("a byte on the serial line", this::carry);
  }

  private void carry() {
    Byte next = sending.poll();
    if (next != null) {
      received.offer(next); // without room it is lost: an overrun
      line.startOnce(TIME_OF_A_BYTE);
      changed.wakeAll();
    }
  }

  @Override
  public long read(MemorySegment into, long position) throws ErrnoException {
    changed.await(() -> !received.isEmpty());
    into.set(ValueLayout.JAVA_BYTE, 0, received.remove());
    return 1;
  }

  @Override
  public long write(MemorySegment from, long position) throws ErrnoException {
    changed.await(() -> sending.remainingCapacity() > 0);
    sending.add(from.get(ValueLayout.JAVA_BYTE, 0));
    line.startOnce(TIME_OF_A_BYTE);
    return 1;
  }

  @Override
  public Set<PollEvent> poll() {
    Set<PollEvent> out = sending.remainingCapacity() > 0 ? Set.of(PollEvent.OUT) : Set.of();
    Set<PollEvent> both =
        out.isEmpty() ? Set.of(PollEvent.IN) : Set.of(PollEvent.IN, PollEvent.OUT);
    return received.isEmpty() ? out : both;
  }

  @Override
  public WaitQueue queue() {
    return changed;
  }
}
