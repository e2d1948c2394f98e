package dev.nommu.kernel.testing;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.BlockDevice;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PageSource;
import dev.nommu.api.PointedRange;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The block device {@code /dev/pinning}: sixteen pages, and a count of what is pointed of them. */
public final class PinningDisk implements DeviceDriver, BlockDevice {
  /** How many pages it has. */
  public static final int PAGES = 16;

  private final AtomicInteger points = new AtomicInteger();
  private final AtomicInteger pinned = new AtomicInteger();
  private Optional<PageSource> pages = Optional.empty();
  private long base;

  /** Creates a disk of which nothing is pointed. */
  public PinningDisk() {}

  /** Returns how many ranges are pointed now. */
  public int pinned() {
    return pinned.get();
  }

  /** Returns how many ranges were ever pointed. */
  public int points() {
    return points.get();
  }

  @Override
  public String name() {
    return "pinning";
  }

  @Override
  public Set<String> compatible() {
    return Set.of();
  }

  @Override
  public void init(DeviceContext context) throws ErrnoException {
    pages = Optional.of(context.pages());
    base = context.pages().allocateRun(PAGES);
    context.registerBlockDevice("pinning", new DeviceNumber(240, 0), this);
  }

  @Override
  public long size() {
    return PAGES * TaskCalls.PAGE;
  }

  @Override
  public BackingDeviceInfo backingDeviceInfo() {
    return BackingDeviceInfo.MEMORY;
  }

  @Override
  public void read(MemorySegment into, long offset) {
    into.copyFrom(pages.orElseThrow().memory(base + offset, into.byteSize()));
  }

  @Override
  public void write(MemorySegment from, long offset) {
    pages.orElseThrow().memory(base + offset, from.byteSize()).copyFrom(from);
  }

  @Override
  public Optional<PointedRange> point(long offset, long length) {
    points.incrementAndGet();
    pinned.incrementAndGet();
    return Optional.of(PointedRange.at(base + offset, pinned::decrementAndGet));
  }
}
